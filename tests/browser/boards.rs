//! Journeys through the boards: from a figure to what it counts, and deadlines on the reader's day.

use crate::journey;

#[tokio::test(flavor = "multi_thread")]
async fn from_the_menu_to_a_figure_to_its_documents() {
    journey(|tab, base| async move {
        tab.click("[data-menu] summary").await;
        tab.click("[data-menu] a[href$='overview.html']").await;
        tab.until("document.querySelector('[data-year=\"2024\"]')").await;
        let adopted: String = tab.value("document.querySelector('[data-year=\"2024\"] a[href*=ledger]').textContent").await;
        tab.click("[data-year='2024'] a[href*=ledger]").await;
        tab.until(&format!(
            "document.querySelector('[data-ledger] [data-figure=adopted] .number').textContent === '{adopted}' \
             && document.querySelector('[name=since]').value === '2024-01-01' && document.querySelector('[name=status]').value === 'adopted'"
        ))
        .await;
        // A bar leads to the working of its own figure.
        tab.go(&format!("{base}boards/overview.html")).await;
        tab.click("#funnel ~ svg a[href$='funnel-implemented'] rect").await;
        tab.until("document.querySelector('#funnel-implemented:target li a')").await;
        // The menu closes like one.
        tab.click("[data-menu] summary").await;
        tab.press("[data-menu] summary", "Escape").await;
        tab.until("!document.querySelector('[data-menu]').open").await;
        tab
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_overdue_is_counted_on_the_readers_day() {
    journey(|tab, base| async move {
        tab.page
            .evaluate_on_new_document(
                "Date = class extends Date { constructor(...of) { of.length ? super(...of) : super(2027, 0, 2, 9) } }",
            )
            .await
            .unwrap();
        tab.go(&format!("{base}boards/replies.html")).await;
        tab.until("document.querySelector('[data-as-of]').textContent === '截至 2027-01-02'").await;
        let days: Vec<String> = tab.value("[...document.querySelectorAll('[data-days]')].map(cell => cell.textContent)").await;
        assert_eq!(days, ["逾期 427 天", "逾期 80 天", "剩 3 天"]);
        let counts: Vec<String> = tab.value("[...document.querySelectorAll('[data-count]')].map(figure => figure.textContent)").await;
        assert_eq!(counts, ["2", "1", "0"], "overdue, due within seven days, later");
        let badges: Vec<String> = tab
            .value("[...document.querySelectorAll('[data-owed] [data-when]:not([hidden])')].map(badge => badge.textContent)")
            .await;
        assert_eq!(badges, ["逾期未回复", "7 日内到期"]);
        tab
    })
    .await;
}
