//! What the query language promises, seen on the page: quotations, articles and numbers in lists, filters as people write them.

use super::{filler, found, opened, put, put_of, search, text};
use crate::TOTAL;
use crate::walk::Walk;
use std::path::Path;

/// Documents for these walks.
pub(super) fn put_all(corpus: &Path) {
    put(
        corpus,
        "调研报告/散落",
        "受理5件，另12件。\n\n另有甲类；乙类。5类30人。\n\n首段尾\n\n末段头\n\n| 三件 | 四件 |\n| --- | --- |\n| 一 | 二 |\n",
    );
    put_of(
        corpus,
        "调研报告/相连",
        "2024-03-05",
        "tags: [水杉, 银杏]\n",
        "占12.5个百分点，涉甲、乙二人。5·30专案用2.1.3版。\n\n28日，闭馆修缮。\n",
    );
    // Other laws' articles of the same numbers stand before and all around.
    let lure = "民法典第二百六十六条、第二十一条与此无关。\n\n".repeat(6) + &filler(150);
    let cited = "依照刑法第二百六十四条、第二百六十六条处理。\n\n适用刑法第二十条至第二十三条。\n\n参照检例第142—146号办理。\n\n";
    put(corpus, "调研报告/引文", &(lure + cited + &filler(150)));
    // Marks that are part of what is typed, and no word of it.
    put(
        corpus,
        "调研报告/数字引文",
        "依照刑法第263条、第267条量刑。\n\n驻校联络点与联络点的分工。\n\n澄检建〔2020〕4号、（2022）澄0123刑初45号已归档。\n",
    );
    for year in 2008..2020 {
        put_of(
            corpus,
            &format!("调研报告/年轮{year}"),
            &format!("{year}-03-15"),
            "",
            "年轮宽窄不一。\n",
        );
    }
}

/// What is quoted, and a decimal, a version or a date with points, stands side by side within one block, cell or value.
pub(super) async fn quoted(tab: &mut impl Walk, base: &str) {
    for (query, total) in [
        ("\"12.5\"", 1),
        ("12.5", 1),
        ("\"5·30\"", 1),
        ("\"甲、乙\"", 1),
        ("2.1.3", 1),
        ("\"首段尾末段头\"", 0),
        ("\"三件四件\"", 0),
        ("\"三件 四件\"", 0),
        ("\"水杉银杏\"", 0),
        ("\"水杉\"", 1),
        ("\"四件\"", 1),
    ] {
        found(tab, &search(base, query), total).await;
        let ids: String = tab
            .value("[...document.querySelectorAll('#results [data-tier=strict]')].map(card => card.dataset.id).join()")
            .await;
        let wanted = ["", "调研报告/相连"][usize::from(total > 0)];
        assert_eq!(
            ids,
            if query == "\"四件\"" {
                "调研报告/散落"
            } else {
                wanted
            },
            "{query}"
        );
    }
}

/// An article or a number that a list or a range names is shown, opened and marked there.
pub(super) async fn listed(tab: &mut impl Walk, base: &str) {
    for (query, mark, block) in [
        ("刑法第266条", "第二百六十六条", "依照刑法第二百六十四条、"),
        ("刑法第21条", "第二十条至第二十三条", "适用刑法"),
        ("第22条", "第二十条至第二十三条", "适用刑法"),
        ("检例第144号", "检例第142—146号", "参照"),
        ("刑法第267条第1款", "第267条", "依照刑法第263条、"),
    ] {
        found(tab, &search(base, query), 1).await;
        assert_eq!(text(tab, "#results .snippet mark").await, mark, "{query}");
        assert!(
            text(tab, "#results .snippet").await.contains(&format!("{block}{mark}")),
            "{query}"
        );
        opened(tab).await;
        let at: String = tab
            .value("document.querySelector('main mark.current').closest('p').textContent.trim()")
            .await;
        assert!(at.starts_with(&format!("{block}{mark}")), "{query} opened {at}");
        // Where an article is a link, a mark has a part in it.
        let current: String = tab
            .value("[...document.querySelectorAll('main mark.current')].map(one => one.textContent).join('')")
            .await;
        assert_eq!(current, mark, "{query}");
    }
}

/// A lone character behind a number is marked, too.
pub(super) async fn beside_numbers(tab: &mut impl Walk, base: &str) {
    found(tab, &search(base, "日，闭馆"), 1).await;
    opened(tab).await;
    let marks: String = tab
        .value("[...document.querySelector('main mark.current').closest('p').querySelectorAll('mark')].map(one => one.textContent).join('')")
        .await;
    assert_eq!(marks, "日闭馆");
}

/// A synonym that is part of what is typed is marked, too.
pub(super) async fn inside_what_is_typed(tab: &mut impl Walk, base: &str) {
    found(tab, &search(base, "校园联络点"), 1).await;
    opened(tab).await;
    let marks: String = tab
        .value("[...document.querySelectorAll('main mark')].map(one => one.textContent).join()")
        .await;
    assert_eq!(marks, "联络点,联络点");
}

/// Filters, operators and the years beside the results.
pub(super) async fn language(tab: &mut impl Walk, base: &str) {
    for (query, total) in [
        ("标题:长文", 1),
        ("标题:仓廪", 0),
        ("法条:第266条", 1),
        ("法条:刑法266", 1),
        ("法条:中华人民共和国刑法", 2),
        ("刑法第266条第1款", 1),
        ("编号:第144号", 1),
        ("编号:检例第144", 1),
        ("文号:〔2020〕4号", 1),
        ("文号:[2020]第4号", 1),
        ("案号:第45号", 1),
        ("年份:2012-2013", 2),
        ("年份:2012年3月", 1),
        ("标题:长文 OR 类别:案例", 2),
        ("苔藓 OR", 35),
        ("编号:\"\" 苔藓", 35),
    ] {
        found(tab, &search(base, query), total).await;
        let bare: bool = tab
            .value("[...document.querySelectorAll('#results .snippet')].some(one => !one.textContent.trim())")
            .await;
        assert!(!bare, "{query}: a hit without a snippet");
        let said = text(tab, "[data-notes]").await;
        assert_eq!(said.contains("“OR”"), query.ends_with("OR"), "{query}: {said}");
    }
    // A query as long as an attentive reader's patience.
    let long = "年轮宽窄不一，".repeat(2_600);
    let took: f64 = tab
        .value(&format!(
            "(window.took = 0, window.from = performance.now(), jianyan.search({long:?}, {{}}).then(() => {{ took = performance.now() - from }}), 0)"
        ))
        .await;
    assert!(took < 1.0);
    tab.until("window.took").await;
    let took: f64 = tab.value("window.took").await;
    assert!(took < 2_000.0, "a query of 18,200 characters took {took} ms");
    // Each year that has a label shows it whole, on one line, and none over another.
    found(tab, &search(base, "年轮"), 12).await;
    tab.until("document.querySelectorAll('.histogram .label').length === 12")
        .await;
    let labels: Vec<(f64, f64, f64)> = tab
        .value(
            "[...document.querySelectorAll('.histogram .label')].filter(label => getComputedStyle(label).visibility === 'visible').map(label => { \
             const range = document.createRange(); range.selectNodeContents(label); const box = range.getBoundingClientRect(), own = label.getBoundingClientRect(); \
             const open = getComputedStyle(label).overflow === 'visible'; \
             return [box.height, open ? box.left : Math.max(box.left, own.left), open ? box.right : Math.min(box.right, own.right)] })",
        )
        .await;
    assert!(labels.len() >= 2, "{labels:?}");
    let whole = labels
        .iter()
        .all(|(height, left, right)| *height < 20.0 && right - left > 20.0);
    let apart = labels.windows(2).all(|pair| pair[0].2 <= pair[1].1);
    let edge: f64 = tab
        .value("document.querySelector('.histogram').getBoundingClientRect().right")
        .await;
    assert!(
        whole && apart && labels.iter().all(|label| label.2 <= edge + 1.0),
        "{labels:?} within {edge}"
    );
    assert!(tab.value::<f64>(TOTAL).await > 0.0);
}
