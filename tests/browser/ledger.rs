//! 调研成果转化台账: from a filter to its figures, their documents and the exported tables.

use crate::driver::{Chromium, Tab};
use crate::{journey, site};
use base64::Engine as _;
use chromiumoxide::cdp::browser_protocol::browser::{SetDownloadBehaviorBehavior, SetDownloadBehaviorParams};
use jianyan::audience::{Audience, Drafts};
use jianyan::build::{self, Options, Silent};
use jianyan::message::Lang;
use jianyan::output::Memory;
use jianyan::site::Site;
use std::path::Path;
use std::process::Command;

const READY: &str = "document.querySelector('[data-filter]') && !document.querySelector('[data-filter]').hidden";

/// Keeps what the page would save: the name, and the bytes in base 64.
const CATCH: &str = "HTMLAnchorElement.prototype.click = function () {
    window.saved = null;
    fetched = this.download;
    const reader = new FileReader();
    reader.onload = () => { window.saved = [fetched, reader.result.split(',')[1]]; };
    reader.readAsDataURL(window.lastBlob);
  };
  var fetched = '';
  const create = URL.createObjectURL;
  URL.createObjectURL = blob => { window.lastBlob = blob; return create.call(URL, blob); };
  true";

/// The figures of the page, by their keys.
async fn figures(tab: &Tab) -> Vec<(String, String)> {
    tab.value("[...document.querySelectorAll('[data-figure]')].map(e => [e.dataset.figure, e.textContent])")
        .await
}

async fn figure(tab: &Tab, key: &str) -> String {
    figures(tab).await.into_iter().find(|(name, _)| name == key).unwrap().1
}

async fn saved(tab: &Tab, format: &str) -> (String, Vec<u8>) {
    tab.click(&format!("[data-export={format}]")).await;
    tab.until("window.saved").await;
    let (name, bytes): (String, String) = tab.value("window.saved").await;
    (name, base64::engine::general_purpose::STANDARD.decode(bytes).unwrap())
}

fn cli(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_jianyan"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["--now", "2026-11-20", "--lang", "zh", "ledger"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Goes back, once the answer to this has left the page.
async fn back(tab: &Tab) {
    tab.value::<bool>("setTimeout(() => history.back()), true").await;
}

/// Chooses a value as a reader does.
async fn choose(tab: &Tab, field: &str, value: &str) {
    let script = format!(
        "(() => {{ const field = document.querySelector('[data-filter]').elements[{field:?}]; field.value = {value:?};
         field.dispatchEvent(new Event('change', {{ bubbles: true }})); return field.value }})()"
    );
    assert_eq!(tab.value::<String>(&script).await, value);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ledger_is_filtered_traced_and_exported() {
    journey(|tab, base| async move {
        tab.go(&format!("{base}boards/ledger.html")).await;
        tab.until(READY).await;
        tab.value::<bool>(CATCH).await;
        // The period is the site's, as on every other page, until a reader takes it off.
        assert_eq!(figure(&tab, "adopted").await, "12篇");
        choose(&tab, "since", "").await;
        assert_eq!(figure(&tab, "adopted").await, "13篇");
        choose(&tab, "since", "2022-01-01").await;
        assert_eq!(figure(&tab, "adopted").await, "12篇");
        assert_eq!(figure(&tab, "people").await, "2086余人");
        assert_eq!(figure(&tab, "amount").await, "497.0万元");
        choose(&tab, "department", "综合业务部（研究室）").await;
        assert_eq!(figure(&tab, "adopted").await, "2篇");
        assert_eq!(figure(&tab, "endorsed").await, "2件");

        // What is exported is what the command line writes for the same filter.
        let filter = [
            "--events",
            "--since",
            "2022-01-01",
            "--department",
            "综合业务部（研究室）",
            "--format",
            "csv",
        ];
        let (name, bytes) = saved(&tab, "csv").await;
        assert_eq!(name, "调研成果转化台账-2022-01-01.csv");
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            String::from_utf8(cli(&filter)).unwrap()
        );

        // A figure leads to its documents and lines.
        tab.click("[data-basis=adopted]").await;
        tab.until("!document.querySelector('#ledger-basis').hidden").await;
        let basis: String = tab.value("document.querySelector('#ledger-basis').textContent").await;
        for words in [
            "计算依据：已转化 2 篇",
            "医药购销领域乱象调查.md 第 36 行",
            "快递运输领域乱象调查.md 第 39 行",
        ] {
            assert!(basis.contains(words), "{words}: {basis}");
        }
        assert!(
            tab.value::<bool>(
                "document.activeElement.id === 'ledger-basis' && location.hash.includes('basis=adopted')"
            )
            .await
        );
        let sources: Vec<String> = tab
            .value("[...document.querySelectorAll('#ledger-basis .place a')].map(e => e.getAttribute('href'))")
            .await;
        for source in sources {
            let path = percent_encoding::percent_decode_str(source.trim_start_matches("../"))
                .decode_utf8()
                .unwrap()
                .into_owned();
            assert!(site::folder().join(&path).is_file(), "{path}");
        }
        tab.click("#ledger-basis li a").await;
        tab.until("document.querySelector('article.body')").await;
        back(&tab).await;
        tab.until(&format!(
            "{READY} && document.querySelector('[data-figure=adopted]').textContent === '2篇'"
        ))
        .await;
        // A link within the page leaves the filter as it is.
        tab.click("a[href='#ledger-rules']").await;
        tab.until("location.hash === '#ledger-rules'").await;
        assert_eq!(figure(&tab, "adopted").await, "2篇");
        back(&tab).await;
        tab.until("location.hash.includes('department')").await;
        // Steps of the filter are steps of the history; the first was the site's period alone.
        tab.click("[data-filter] [type=reset]").await;
        tab.until("document.querySelector('[data-figure=adopted]').textContent === '12篇'")
            .await;
        back(&tab).await;
        tab.until("document.querySelector('[data-figure=adopted]').textContent === '2篇'")
            .await;
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_names_a_filter_and_nothing_found_says_so() {
    journey(|tab, base| async move {
        tab.go(&format!(
            "{base}boards/ledger.html#since=2023-01-01&until=2023-12-31&status=adopted&basis=unverified"
        ))
        .await;
        tab.until(READY).await;
        assert_eq!(
            tab.value::<usize>("document.querySelectorAll('[data-rows] tr').length")
                .await,
            4
        );
        assert_eq!(figure(&tab, "adopted").await, "4篇");
        let text: String = tab.value("document.querySelector('#ledger-basis').textContent").await;
        assert!(text.contains("假劣农资案件背后的监管漏洞"), "{text}");
        let count: String = tab.value("document.querySelector('[data-count]').textContent").await;
        assert!(
            count.starts_with("4 条转化事件，涉及 4 篇报告；其中 1 条没有佐证材料"),
            "{count}"
        );
        let command: String = tab.value("document.querySelector('[data-command]').textContent").await;
        assert_eq!(
            command,
            "jianyan ledger --since 2023-01-01 --until 2023-12-31 --status adopted --evidence 佐证.zip"
        );
        choose(&tab, "level", "national").await;
        let shown: String = tab.value("document.querySelector('.ledger-events').innerText").await;
        assert!(shown.contains("该条件下暂无转化记录"), "{shown}");
        assert_eq!(figure(&tab, "adopted").await, "0篇");
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_workbook_that_the_browser_makes_is_one() {
    use calamine::{Data, Reader};
    let chromium = Chromium::start().await;
    let tab = chromium
        .open(&format!("{}boards/ledger.html#since=2022-01-01", site::file_url()))
        .await;
    tab.until(READY).await;
    let folder = tempfile::tempdir().unwrap();
    let into_folder = SetDownloadBehaviorParams::builder()
        .behavior(SetDownloadBehaviorBehavior::Allow)
        .download_path(folder.path().to_str().unwrap());
    tab.page.execute(into_folder.build().unwrap()).await.unwrap();
    tab.value::<bool>("document.querySelector('[data-export=xlsx]').click(), true")
        .await;
    // The browser puts the name there first and the bytes after it.
    let file = folder.path().join("调研成果转化台账-2022-01-01.xlsx");
    let whole = || {
        std::fs::read(&file)
            .ok()
            .filter(|bytes| bytes.windows(4).any(|mark| mark == b"PK\x05\x06"))
    };
    let mut bytes = None;
    for _ in 0..1200 {
        bytes = bytes.or_else(whole);
        if bytes.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let bytes = bytes.expect("the workbook is saved");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes.clone())).unwrap();
    assert_eq!(book.sheet_names(), ["台账", "合计"]);
    let events = book.worksheet_range("台账").unwrap();
    // Cell by cell what the command line writes, dates and numbers as such.
    let csv = String::from_utf8(cli(&["--events", "--since", "2022-01-01", "--format", "csv"])).unwrap();
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(events.rows().count(), lines.len());
    for (row, line) in events.rows().zip(&lines).skip(1) {
        let Data::DateTime(date) = &row[0] else {
            panic!("{row:?}")
        };
        let (year, month, day, ..) = date.to_ymd_hms_milli();
        assert!(
            line.starts_with(&format!("{year}-{month:02}-{day:02},{}", row[1])),
            "{line}"
        );
        assert!(
            line.ends_with(&format!(",{}", row[15])) && matches!(row[15], Data::Float(_)),
            "{line}"
        );
    }
    let totals = book.worksheet_range("合计").unwrap();
    let value = |name: &str| totals.rows().find(|row| row[0] == Data::String(name.into())).unwrap()[1].clone();
    assert_eq!(
        (value("已转化"), value("受益人数"), value("挽回损失")),
        (Data::Float(12.0), Data::Float(2086.0), Data::Float(4_970_000.0))
    );
    assert_eq!(value("条件"), Data::String("2022-01-01 起".into()));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet).unwrap();
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter ref=\"A1:P"));
    tab.assert_quiet_within(&site::file_url());
    chromium.stop().await;
}

/// A site of 5,000 reports, of which only the ledger is written.
fn large(folder: &Path) {
    let corpus = folder.join("corpus");
    std::fs::create_dir(&corpus).unwrap();
    for number in 0..5000_u32 {
        let (year, month) = (2018 + number % 8, 1 + number % 12);
        let text = format!(
            "---\nkind: report\ntitle: 关于某地第{number}号问题的调研报告\ndate: {year}-{month:02}-05\nunit: 第{}人民检察院\n\
             departments: [第{}检察部, 研究室]\nauthors: [第{}某, 第{}某]\nlines: [民事, 公益诉讼]\ngenre: 调研报告\nadoptions:\n  \
             - {{date: {year}-{month:02}-20, form: instruction, level: county, authority: 中共某县委, effect: ordered, document: 某委批〔{year}〕{number}号, evidence: 研究室档案 {number}}}\n  \
             - {{date: {year}-{month:02}-28, form: norm, level: city, authority: 某市人民政府办公室, effect: issued, evidence: 研究室档案 {number}}}\n---\n正文。\n",
            number % 20,
            number % 9,
            number % 300,
            number % 301
        );
        std::fs::write(corpus.join(format!("R{number:04}.md")), text).unwrap();
    }
    let options = Options {
        corpus,
        audience: Audience::Internal,
        drafts: Drafts::Hidden,
        lang: None,
        now: "2026-11-20".parse().unwrap(),
    };
    let loaded = build::load(&options, &Silent).unwrap();
    let pages = Site::new(&loaded.settings, loaded.audience, Lang::Zh, loaded.now, &loaded.entries);
    let memory = Memory::default();
    pages.ledger(&memory).unwrap();
    pages.assets(&memory).unwrap();
    for (path, bytes) in memory.into_files() {
        let path = folder.join("site").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// The times that it prints are for those who work on the page; a machine's load is not a fault of the page.
#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_reports_are_filtered() {
    let folder = tempfile::tempdir().unwrap();
    large(folder.path());
    let chromium = Chromium::start().await;
    let tab = chromium
        .open(&format!("file://{}/site/boards/ledger.html", folder.path().display()))
        .await;
    tab.until(READY).await;
    assert_eq!(figure(&tab, "adopted").await, "5000篇");
    // From the choice to rows that are laid out.
    let measure = "(() => {
        const form = document.querySelector('[data-filter]');
        const choices = [['level', 'city'], ['level', ''], ['department', '研究室'], ['form', 'norm'], ['since', '2022-01-01'],
          ['department', ''], ['form', ''], ['person', '第7某'], ['person', ''], ['status', 'adopted'], ['since', ''], ['status', '']];
        return choices.map(([field, value]) => {
          const start = performance.now();
          form.elements[field].value = value;
          form.elements[field].dispatchEvent(new Event('change', { bubbles: true }));
          document.body.getBoundingClientRect();
          return performance.now() - start;
        });
      })()";
    let times: Vec<f64> = tab.value(measure).await;
    println!("filters on 5,000 reports, ms: {times:.1?}");
    assert_eq!(figure(&tab, "adopted").await, "5000篇");
    choose(&tab, "person", "第7某").await;
    assert_eq!(figure(&tab, "adopted").await, "33篇");
    chromium.stop().await;
}
