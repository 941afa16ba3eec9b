//! Date, unit and batch as the head and the foot of a text say them, where its front matter is silent.

use super::batch;
use super::date::{Day, Precision};
use super::guess::date_in;

/// Lines of the head that are looked at, and of the foot.
const HEAD: usize = 14;
const FOOT: usize = 4;
/// Characters of a line that says when and by whom.
const LONGEST: usize = 90;

/// Words of a line that dates its text.
const DATING: [&str; 8] = ["发布", "公布", "印发", "通过", "修订", "修正", "会议上", "批准"];
/// Words behind which a date is another's: of when a text begins to hold.
const COMING: &str = "施行";

/// Offices whose names stand in the head of what they issue.
const ISSUERS: [&str; 6] = [
    "最高人民法院",
    "最高人民检察院",
    "全国人民代表大会常务委员会",
    "全国人民代表大会",
    "国务院",
    "中央纪律检查委员会",
];
/// Ends of the names of offices.
const OFFICES: [&str; 9] = [
    "人民法院",
    "人民检察院",
    "人民政府",
    "委员会",
    "公安部",
    "司法部",
    "国务院",
    "公安局",
    "办公室",
];

/// What the head and the foot of a text say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Opening {
    /// The day, whole.
    pub date: Option<Day>,
    /// The offices.
    pub units: Vec<String>,
    /// The batch of cases that it names as its own.
    pub batch: Option<String>,
}

/// Reads a body below its title.
pub(super) fn read(title: &str, body: &str) -> Opening {
    let lines = shown(body);
    let is_head =
        |line: &&&str| line.chars().count() <= LONGEST && !line.starts_with("第一条") && !line.starts_with('【');
    let head: Vec<&str> = lines.iter().take(HEAD).take_while(is_head).copied().collect();
    let foot: Vec<&str> = lines.iter().rev().take(FOOT).copied().collect();
    let mut units = of_title(title);
    if units.is_empty() {
        units = of_head(&head);
    }
    if units.is_empty() {
        units = foot
            .iter()
            .filter(|line| is_office(line))
            .map(|line| (*line).to_owned())
            .collect();
    }
    let dated = head.iter().filter(|line| is_dated(line)).filter_map(|line| day(line));
    let date = dated.max().or_else(|| foot.iter().find_map(|line| alone(line)));
    let batch = batch::named(std::iter::once(title).chain(head));
    Opening { date, units, batch }
}

/// The lines of a body that a page shows, without marks at their ends; comments and headings are left out.
fn shown(body: &str) -> Vec<&str> {
    let mut comment = false;
    let plain = body.lines().filter_map(|line| {
        if comment || line.trim_start().starts_with("<!--") {
            comment = !line.contains("-->");
            return None;
        }
        let line = line.trim().trim_matches(['*', '—', '-', '>', ' ', '\u{3000}']);
        let skipped = line.is_empty() || line.starts_with(['#', '<', '|', '`', '!', '[']) || line.contains("%%");
        (!skipped).then_some(line)
    });
    plain.collect()
}

/// Whether a line says when its text was made: 2021年2月19日发布, or the day alone.
fn is_dated(line: &str) -> bool {
    alone(line).is_some() || DATING.iter().any(|word| line.contains(word)) && !line.contains(COMING)
}

/// The day that a line names, whole.
fn day(line: &str) -> Option<Day> {
    date_in(line).filter(|day| day.precision == Precision::Day)
}

/// The day that a line is.
fn alone(line: &str) -> Option<Day> {
    let bare = line.trim_matches(['（', '）', '(', ')', ' ']);
    Day::parse(bare).filter(|day| day.precision == Precision::Day)
}

fn is_office(line: &str) -> bool {
    /// What doesn't name a place by itself.
    const PLACES: [&str; 6] = ["省", "市", "县", "区", "自治区", "本院"];
    let length = line.chars().count();
    let of = OFFICES.iter().find_map(|office| line.strip_suffix(office));
    (4..=24).contains(&length)
        && line.chars().all(char::is_alphabetic)
        && of.is_some_and(|place| !PLACES.contains(&place))
}

/// The offices that a title begins with: 最高人民法院、最高人民检察院关于….
fn of_title(title: &str) -> Vec<String> {
    let Some((offices, _)) = title.split_once("关于") else {
        return Vec::new();
    };
    let offices: Vec<&str> = offices.split(['、', ' ']).map(str::trim).collect();
    if offices.iter().all(|office| is_office(office)) {
        offices.into_iter().map(str::to_owned).collect()
    } else {
        Vec::new()
    }
}

/// The offices that the head names as those that made the text: 最高人民法院发布, 福建省人民政府省长 赵某.
fn of_head(head: &[&str]) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    for line in head.iter().filter(|line| is_dated(line) || line.ends_with("发布")) {
        let mut rest = *line;
        while let Some((at, office)) = first_issuer(rest) {
            if !units.iter().any(|known| known == office) {
                units.push(office.to_owned());
            }
            rest = &rest[at + office.len()..];
        }
    }
    if units.is_empty() {
        units.extend(head.iter().find_map(|line| of_speaker(line)));
    }
    units
}

/// The first of the offices in a text, the longer name first where two begin together.
fn first_issuer(text: &str) -> Option<(usize, &'static str)> {
    ISSUERS
        .iter()
        .filter_map(|office| Some((text.find(office)?, *office)))
        .min_by_key(|(at, office)| (*at, std::cmp::Reverse(office.len())))
}

/// The office of who gives a report: 福建省人民政府省长 赵某, 某省人民检察院检察长 王某.
fn of_speaker(line: &str) -> Option<String> {
    const POSTS: [&str; 6] = ["省长", "市长", "县长", "主席", "检察长", "院长"];
    let (before, name) = line.split_once([' ', '\u{3000}'])?;
    let office = POSTS.iter().find_map(|post| before.strip_suffix(post))?;
    let office = office.strip_suffix("代理").unwrap_or(office);
    (is_office(office) && name.trim().chars().count() <= 6).then(|| office.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str, body: &str) -> (Option<String>, Vec<String>) {
        let found = read(title, body);
        (found.date.map(|day| day.to_string()), found.units)
    }

    #[test]
    fn an_office_has_a_name_of_its_own() {
        for (line, is) in [
            ("福建省人民政府", true),
            ("最高人民法院", true),
            ("省人民政府", false),
            ("自治区人民政府", false),
            ("《最高人民法院", false),
            ("第十二届检察委员会第73次委员会", false),
        ] {
            assert_eq!(is_office(line), is, "{line}");
        }
    }

    #[test]
    fn heads_and_feet_say_when_and_by_whom() {
        for (title, body, date, units) in [
            (
                "中华人民共和国反洗钱法",
                "# 中华人民共和国反洗钱法\n\n2006年10月31日 第十届全国人民代表大会常务委员会第二十四次会议通过\n\n2024年11月8日 第十四届全国人民代表大会常务委员会第十二次会议修订）\n\n第一条 为了…\n",
                Some("2024-11-08"),
                ["全国人民代表大会常务委员会"].as_slice(),
            ),
            (
                "最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释",
                "2018年2月23日 最高人民法院审判委员会第1734次会议\n\n2018年2月11日 最高人民检察院第十二届检察委员会第73次会议通过\n\n2018年3月2日 施行\n",
                Some("2018-02-11"),
                &["最高人民法院", "最高人民检察院"],
            ),
            (
                "甲案（指导案例154号）",
                "（最高人民法院审判委员会讨论通过2021年2月19日发布）\n\n裁判要点\n",
                Some("2021-02-19"),
                &["最高人民法院"],
            ),
            (
                "2026年福建省政府工作报告",
                "——2026年1月27日在福建省第十四届人民代表大会第四次会议上\n\n福建省人民政府省长 赵某\n\n各位代表：\n",
                Some("2026-01-27"),
                &["福建省人民政府"],
            ),
            (
                "关于道路的调研",
                "正文很长，写了很多内容。\n\n澄溪县人民检察院\n\n2024年3月5日\n",
                Some("2024-03-05"),
                &["澄溪县人民检察院"],
            ),
            (
                "甲案",
                "<!-- 2020年1月2日 最高人民法院发布 -->\n\n2015年10月20日，郑某购买果冻。\n",
                None,
                &[],
            ),
            ("本院关于道路的报告", "正文。\n", None, &[]),
        ] {
            let (found, by) = of(title, body);
            assert_eq!(
                (found.as_deref(), by.as_slice()),
                (date, &*units.iter().map(|unit| (*unit).to_owned()).collect::<Vec<_>>()),
                "{title}"
            );
        }
    }
}
