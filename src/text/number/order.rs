//! Numbers of orders: 国务院令第359号, 中华人民共和国主席令第八十三号.

use super::{Number, numbered, running_prefix, series};

/// Letters right before 令 that end the name of who gives orders by number: a 通缉令 has none.
const GIVERS: [char; 10] = ['院', '席', '部', '委', '局', '署', '会', '府', '行', '办'];

/// The numbers of orders in a normal form, left to right: `国务院令359号`.
///
/// They stand apart from [`super::find`]: they are cited, and no document of a procuratorate has one.
pub(crate) fn orders(normal: &str) -> Vec<Number> {
    let found = normal.match_indices('令').filter_map(|(at, word)| {
        if !normal[..at].ends_with(GIVERS) {
            return None;
        }
        let start = running_prefix(&normal[..at]);
        let start = at - after_through(&normal[start..at]).len();
        // 和 within 共和国 introduces no number.
        let (start, giver) = match normal[..start].strip_suffix("中华人民共和") {
            Some(before) => (before.len(), normal[start..at].strip_prefix('国')?),
            None => (start, &normal[start..at]),
        };
        let series = series::read(normal, start, at + word.len())?;
        Some(numbered(series, |digits| format!("{giver}令{digits}号")))
    });
    found.flatten().collect()
}

/// Without 经 of 经国务院令第3号公布, which is none of 经济 or 经贸.
fn after_through(giver: &str) -> &str {
    match giver.strip_prefix('经') {
        Some(rest) if !rest.starts_with(['济', '贸']) => rest,
        _ => giver,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_have_a_giver_and_a_number() {
        let of = |text: &str| orders(text).into_iter().map(|it| it.canonical).collect::<Vec<_>>();
        assert_eq!(
            of("2001年5月1日 中华人民共和国国务院令第12号公布,根据水务部令第八号"),
            ["国务院令12号", "水务部令8号"]
        );
        assert_eq!(
            of("经水务部令第12号公布,经贸委令第3号"),
            ["水务部令12号", "经贸委令3号"]
        );
        assert!(of("通缉令第3号、逮捕令、责令第4号楼、部令第5条").is_empty());
    }
}
