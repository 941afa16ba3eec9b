//! The search box helps: suggestions by the ARIA pattern, recent searches, ideas where nothing is found.

use crate::driver::Tab;
use crate::{TOTAL, journey};

const OPTIONS: &str = "[...document.querySelectorAll('[role=option]')]";
const BOX: &str = "input[type=search]";

async fn options(tab: &Tab) -> Vec<String> {
    tab.value(&format!("{OPTIONS}.map(option => option.textContent)")).await
}

fn requests(tab: &Tab, part: &str) -> usize {
    let requests = tab.watch.requests.lock().unwrap();
    requests.iter().filter(|url| url.contains(part)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn initials_find_a_value_and_the_keyboard_takes_it() {
    journey(|tab, _| async move {
        tab.until(&format!("document.activeElement === document.querySelector({BOX:?})")).await;
        assert_eq!(requests(&tab, "assets/suggest.js"), 0, "nothing is loaded at the start");
        tab.insert("wcn").await;
        tab.until(&format!("{OPTIONS}.some(option => option.textContent.startsWith('未成年人保护标签'))"))
            .await;
        let state = "[box.getAttribute('role'), box.getAttribute('aria-expanded'), document.getElementById(box.getAttribute('aria-controls')).getAttribute('role'), box.hasAttribute('aria-activedescendant')]";
        let state = format!("(box => {state})(document.querySelector({BOX:?}))");
        assert_eq!(tab.value::<(String, String, String, bool)>(&state).await, ("combobox".into(), "true".into(), "listbox".into(), false));

        tab.press(BOX, "ArrowDown").await;
        tab.press(BOX, "ArrowDown").await;
        tab.press(BOX, "ArrowUp").await;
        let active = format!("document.getElementById(document.querySelector({BOX:?}).getAttribute('aria-activedescendant'))");
        tab.until(&format!("{active} === {OPTIONS}[0] && {active}.getAttribute('aria-selected') === 'true'")).await;
        tab.press(BOX, "Enter").await;
        tab.until(&format!("{TOTAL} >= 1")).await;
        let asked: String = tab.value(&format!("document.querySelector({BOX:?}).value")).await;
        assert!(asked.starts_with("标签:未成年人"), "{asked}");
        assert!(options(&tab).await.is_empty(), "the list is closed");
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn enter_and_escape_of_a_plain_search_are_left_alone() {
    journey(|tab, base| async move {
        tab.go(&format!("{base}lists/index.html")).await;
        tab.click(BOX).await;
        tab.insert("diming").await;
        tab.until(&format!("{OPTIONS}.length >= 3")).await;
        tab.press(BOX, "Escape").await;
        tab.until(&format!(
            "{OPTIONS}.length === 0 && document.querySelector({BOX:?}).value === 'diming'"
        ))
        .await;
        tab.press(BOX, "Enter").await;
        tab.until(&format!(
            "{TOTAL} === 0 && document.querySelector({BOX:?}).value === 'diming'"
        ))
        .await;
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_suggested_while_an_input_method_composes() {
    use chromiumoxide::cdp::browser_protocol::input::ImeSetCompositionParams;
    journey(|tab, _| async move {
        tab.click(BOX).await;
        tab.page
            .execute(ImeSetCompositionParams::new("wen", 3, 3))
            .await
            .unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        assert!(options(&tab).await.is_empty(), "a composition is no word");
        tab.insert("文身").await;
        tab.until(&format!("{OPTIONS}.length >= 2")).await;
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn recent_searches_are_kept_until_one_forgets_them() {
    journey(|tab, base| async move {
        tab.insert("文身").await;
        tab.until(&format!("{TOTAL} >= 5")).await;
        tab.press(BOX, "Enter").await;
        tab.go(&format!("{base}lists/index.html")).await;
        tab.click(BOX).await;
        tab.until(&format!("{OPTIONS}.length === 1")).await;
        assert_eq!(options(&tab).await, ["文身最近检索"]);
        tab.click(".suggest-foot input").await;
        tab.until(&format!("{OPTIONS}.length === 0")).await;
        let kept: bool = tab
            .value("Object.keys(localStorage).some(key => key.startsWith('jianyan.recent'))")
            .await;
        assert!(!kept, "what is forgotten is gone");

        // Switched off, nothing is kept.
        tab.insert("地名").await;
        tab.until(&format!("{OPTIONS}.length >= 2")).await;
        tab.press(BOX, "Enter").await;
        tab.until(&format!("{TOTAL} >= 1")).await;
        tab.go(&format!("{base}lists/index.html")).await;
        tab.click(BOX).await;
        tab.until("document.querySelector('.suggest-foot input') && !document.querySelector('.suggest-foot').hidden")
            .await;
        assert!(options(&tab).await.is_empty());
        assert!(
            !tab.value::<bool>("document.querySelector('.suggest-foot input').checked")
                .await
        );
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_spelling_is_found_where_nothing_is() {
    journey(|tab, _| async move {
        let ideas: Vec<(String, String, usize, String)> = tab
            .value("jianyan.help('认罪认法 kind:report').then(ideas => ideas.map(({ q, why, n, text }) => [q, why, n, text]))")
            .await;
        let (q, why, n, text) = &ideas[0];
        assert_eq!((q.as_str(), why.as_str()), ("认罪认罚 kind:report", "sound"), "{ideas:?}");
        assert!(*n > 0 && text.starts_with("认罪认罚（"), "{ideas:?}");
        assert_eq!(requests(&tab, "assets/help.js"), 1);
        tab
    })
    .await;
}
