//! Recognises a case of a minor's crime: its record is sealed, and it must never be public.

use crate::check::bare::bare;
use crate::check::{accused, birth, said};
use crate::reading::{Passage, Reading, What};
use crate::record::keys;

/// Words that say it in a title, a summary, a result, a tag or a cause.
const TELLING: [&str; 12] = [
    "附条件不起诉",
    "犯罪记录封存",
    "犯罪记录予以封存",
    "封存犯罪记录",
    "涉罪未成年",
    "未成年犯罪嫌疑人",
    "未成年嫌疑人",
    "未成年被告人",
    "未成年罪犯",
    "未成年人犯罪案",
    "未成年犯",
    "少年犯",
];
/// Keys of which a value is about the case itself.
const KEYS: [&str; 5] = ["title", "summary", "result", "tags", "causes"];
/// Words before the name of someone who is accused.
const ACCUSED: [&str; 8] = [
    "被告人",
    "嫌疑人",
    "被不起诉人",
    "罪犯",
    "上诉人",
    "同案犯",
    "作案人",
    "行为人",
];
/// Words that begin to speak of someone else.
const OTHERS: [&str; 7] = ["被害人", "被害", "受害", "证人", "女友", "明知", "监护人"];
/// Years of someone whose crime is a minor's.
const YEARS: [&str; 12] = [
    "12", "13", "14", "15", "16", "17", "十二", "十三", "十四", "十五", "十六", "十七",
];
/// Words of being younger than that.
const UNDER: [&str; 8] = [
    "不满18",
    "未满18",
    "不满十八",
    "未满十八",
    "不足18",
    "不足十八",
    "未成年",
    "不到18",
];
/// Words for the time of a deed, which only who did it can have an age at.
const DEEDS: [&str; 6] = ["作案时", "犯罪时", "犯案时", "实施犯罪时", "作案年龄", "犯罪时年龄"];
/// Crimes, as they stand in the title of a case.
const CRIMES: [&str; 28] = [
    "盗窃",
    "抢劫",
    "抢夺",
    "诈骗",
    "敲诈",
    "故意",
    "寻衅",
    "聚众",
    "强奸",
    "猥亵",
    "贩卖",
    "运输",
    "贩毒",
    "毒品",
    "放火",
    "爆炸",
    "肇事",
    "危险驾驶",
    "帮助信息",
    "掩饰",
    "赌",
    "拘禁",
    "绑架",
    "强迫",
    "毁坏",
    "伪造",
    "涉嫌",
    "犯罪",
];
/// Characters after an accused person's name in which his age stands.
const REACH: usize = 40;
/// Characters between the time of a deed and the age at it.
const NEAR: usize = 6;
/// Parts of a clause about somebody in which his age stands.
const PARTS: usize = 6;
/// Characters before a decision in which the person stands whom it is about.
const BEFORE: usize = 24;

/// Whether a case is one of a minor's crime, by what the record says of it or by the age of an
/// accused in the text. A minor who is the victim doesn't make it one.
pub(super) fn is_minors_crime(reading: &Reading) -> bool {
    let head = reading.head().iter().filter(|passage| is_about_the_case(passage));
    let titles = reading.body().iter().filter(|passage| passage.what == What::Heading(1));
    let told = head.chain(titles).any(|passage| {
        let text = bare(passage.text.text());
        TELLING.iter().any(|word| text.contains(word)) || text.contains("(未成年人)") || says(&text)
    });
    let said = said::sayings(reading.body());
    let by_title = accused::by_title(reading);
    let summaries = reading.head().iter().filter(|passage| is_about_the_case(passage));
    let of_accused = || {
        let summaries = summaries.map(|passage| bare(passage.text.text()));
        summaries
            .chain(said.iter().cloned())
            .any(|text| says_of(&text, &by_title))
    };
    told || said.iter().any(|text| says(text)) || of_accused() || birth::is_of_a_minor(&said, &by_title)
}

fn is_about_the_case(passage: &Passage) -> bool {
    let key = passage.cues.last();
    passage.what == What::Title || key.is_some_and(|key| KEYS.iter().any(|known| keys::may_mean(key, known)))
}

/// Whether a text says that somebody who is accused was a minor.
fn says(text: &str) -> bool {
    text.contains("被附条件不起诉人")
        || sentences(text).any(|sentence| {
            is_young_at_a_deed(sentence)
                || is_young_and_charged(sentence)
                || is_decided(sentence)
                || has_young_accused(sentence)
                || has_minor_who_offends(sentence)
        })
}

/// Whether a text says of those whom the title accuses that they were minors: 李某系未成年人, 李某（未成年）, 李某，时年17岁.
fn says_of(text: &str, accused: &[String]) -> bool {
    sentences(text)
        .flat_map(|sentence| accused::clauses(sentence, accused))
        .any(|clause| is_young_then(clause) || clause.split([',', '(', ')', ':']).take(PARTS).any(is_minor))
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', '!', '?', ';'])
}

/// What follows each place of a word.
fn after<'t>(text: &'t str, words: &[&str]) -> Vec<&'t str> {
    let all = words
        .iter()
        .flat_map(|word| text.match_indices(word).map(move |(at, word)| &text[at + word.len()..]));
    all.collect()
}

/// The first characters of a text.
fn first(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

/// The last characters of a text.
fn last(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().nth(count.saturating_sub(1));
    start.map_or(text, |(start, _)| &text[start..])
}

/// Where the ages of a minor stand in a text, each with what follows it.
fn ages(text: &str) -> Vec<(usize, &str)> {
    let digit = |it: char| it.is_ascii_digit() || "一二三四五六七八九十〇零".contains(it);
    let places = YEARS.iter().flat_map(|years| text.match_indices(years));
    let whole = places.filter(|(at, _)| !text[..*at].ends_with(digit));
    let with_unit = whole.filter_map(|(at, years)| {
        let rest = &text[at + years.len()..];
        let rest = rest.strip_prefix('周').unwrap_or(rest);
        rest.strip_prefix('岁').map(|rest| (at, rest))
    });
    with_unit.collect()
}

/// 作案时16周岁, 作案时年龄:16周岁: wherever it stands. What a law says of everybody of an age is not about a person.
fn is_young_at_a_deed(sentence: &str) -> bool {
    after(sentence, &DEEDS).into_iter().any(|rest| {
        let near = ages(rest)
            .into_iter()
            .filter(|&(at, _)| rest[..at].chars().count() <= NEAR);
        let mut of_a_person = near.filter(|(_, rest)| {
            // 已满十六周岁不满十八周岁
            let upper = rest.strip_prefix(['不', '未']).and_then(|rest| rest.strip_prefix('满'));
            let rest = upper.map_or(*rest, |upper| {
                upper.trim_start_matches(|it: char| it.is_ascii_digit() || "一二三四五六七八九十周岁".contains(it))
            });
            let of_others = ["的人", "的未成年", "的,"].iter().any(|of| rest.starts_with(of));
            !of_others && (upper.is_none() || !rest.starts_with('的'))
        });
        of_a_person.next().is_some() || is_under_age(rest) || is_short_of_age(rest)
    })
}

/// 距十八周岁尚有3日, 还差五天满18周岁
fn is_short_of_age(rest: &str) -> bool {
    let near = first(rest, 2 * NEAR).trim_start_matches(['尚', '还', '仅', '只', ',']);
    near.starts_with(['距', '离', '差']) && ["18", "十八", "成年"].iter().any(|age| near.contains(age))
}

/// 系未成年人, 不满十八周岁, right after a word for a time. What a law says of everybody so young is not about a person.
fn is_under_age(rest: &str) -> bool {
    let between = |it: char| "均都系是尚还也属为年龄仅,:".contains(it);
    let rest = rest.trim_start_matches(between);
    let after = UNDER.iter().find_map(|under| rest.strip_prefix(under));
    after.is_some_and(|after| {
        let after = after.trim_start_matches(['周', '岁', '人']);
        !after.starts_with('的') && !after.contains("刑罚的") && !after.contains("的,应当")
    })
}

/// 张某案发时不满十八岁,被不起诉: an age at the time of a case is a victim's as well, unless he answers for it.
fn is_young_and_charged(sentence: &str) -> bool {
    const ANSWERS: [&str; 12] = [
        "被不起诉",
        "不起诉决定",
        "相对不起诉",
        "被判处",
        "被取保候审",
        "被刑事拘留",
        "被逮捕",
        "批准逮捕",
        "归案",
        "投案",
        "被抓获",
        "自首",
    ];
    let has = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    !has(&OTHERS)
        && !has(&ACCUSED)
        && !has(&["受害", "对方", "儿童", "幼女"])
        && has(&ANSWERS)
        && after(sentence, &["案发时", "案发当时"]).into_iter().any(|rest| {
            let rest = rest.trim_start_matches(|it: char| "年龄仅为系,:".contains(it));
            is_under_age(rest)
                || ages(rest)
                    .first()
                    .is_some_and(|(at, after)| *at == 0 && !after.starts_with('的'))
        })
}

/// 对李某作出附条件不起诉决定: about a person, whose name stands before it.
fn is_decided(sentence: &str) -> bool {
    sentence.match_indices("附条件不起诉").any(|(at, _)| {
        let before = last(&sentence[..at], BEFORE);
        let to = before.rsplit_once('对').map_or("", |(_, to)| to);
        let name = ["依法", "作出", "决定", "宣告", "适用", "拟", "作"]
            .iter()
            .fold(to.to_owned(), |name, word| name.replace(word, ""));
        before.contains('某') || (2..=4).contains(&name.chars().count()) && !name.contains(['人', '者', '案', '其'])
    })
}

fn has_young_accused(sentence: &str) -> bool {
    after(sentence, &ACCUSED).into_iter().any(|rest| {
        let clause = first(rest, REACH);
        // The accused's own clause ends where someone else comes.
        let end = OTHERS
            .iter()
            .filter_map(|other| clause.find(other))
            .fold(clause.len(), usize::min);
        let clause = &clause[..end];
        is_young_then(clause) || is_described_as_young(clause)
    })
}

/// An age with 时 before it, so that it is the age at the deed: 时年十六岁, 犯罪时不满十八周岁.
fn is_young_then(clause: &str) -> bool {
    let then = |at: usize| last(&clause[..at], 4).contains('时');
    let under = UNDER.iter().flat_map(|under| clause.match_indices(under));
    let under = under.map(|(at, word)| (at, clause[at + word.len()..].trim_start_matches(['周', '岁'])));
    ages(clause)
        .into_iter()
        .chain(under)
        .any(|(at, rest)| then(at) && !rest.starts_with('的'))
}

/// An age among what is said of the accused himself, between commas or in brackets: (未成年人), 男,17岁, 系未成年人.
fn is_described_as_young(clause: &str) -> bool {
    let mut parts = clause.split([',', '(', ')', ':']);
    let names = parts.next().unwrap_or_default();
    let is_short = |part: &str| part.chars().count() <= 2 * NEAR;
    let (names, said) = match UNDER.iter().filter_map(|under| names.find(under)).min() {
        Some(at) => names.split_at(at),
        None => (names, ""),
    };
    let names = names.trim_end_matches(['均', '都', '系', '是', '为', '尚', '还', '也']);
    let named = names
        .split(['、', '和', '及', '与'])
        .all(|name| name.chars().count() <= 4 || name.contains('·'));
    named && (is_minor(said) || parts.take_while(|part| is_short(part)).any(is_minor))
}

/// Whether a part of a clause says of whom the clause is about that he is a minor.
fn is_minor(part: &str) -> bool {
    let bare = [
        "案发时",
        "案发当时",
        "作案时",
        "实施犯罪时",
        "犯罪时",
        "行为时",
        "当时",
        "年龄",
        "均",
        "都",
        "系",
        "是",
        "为",
        "尚",
        "还",
        "也",
        "属",
        "已满",
        "已",
        "年",
        "仅",
        "现",
    ]
    .iter()
    .fold(part, |part, word| part.strip_prefix(word).unwrap_or(part));
    let rest = UNDER.iter().find_map(|under| bare.strip_prefix(under));
    let rest = rest.map(|rest| rest.trim_start_matches(['人', '周', '岁']));
    rest.or_else(|| ages(bare).into_iter().find(|(at, _)| *at == 0).map(|(_, rest)| rest))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['、', '学', '无']))
}

/// 未成年人李某盗窃案, 涉罪未成年人李某.
fn has_minor_who_offends(sentence: &str) -> bool {
    const OFFENDERS: [&str; 5] = [
        "涉罪未成年人",
        "未成年犯罪嫌疑人",
        "未成年嫌疑人",
        "未成年被告人",
        "未成年罪犯",
    ];
    let named = after(sentence, &OFFENDERS)
        .into_iter()
        .any(|rest| first(rest, 4).contains('某'));
    let offends = |rest: &str| {
        let near = first(rest, REACH / 4);
        let crime = CRIMES.iter().filter_map(|crime| near.find(crime)).min();
        crime.is_some_and(|at| near[..at].contains('某') && !near[..at].contains(['被', '遭', '受', '权', '诉']))
    };
    named || after(sentence, &["未成年人"]).into_iter().any(offends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Source;

    fn minors_crime(front: &str, body: &str) -> bool {
        let front = format!("kind: case\ntitle: 某案\n{front}");
        let source = Source::of("a".into(), "a.md".into(), format!("---\n{front}---\n{body}"));
        is_minors_crime(&Reading::of(&source))
    }

    #[test]
    fn a_minor_who_is_accused_is_recognised() {
        for body in [
            "被告人某某，男，作案时17周岁，学生。",
            "犯罪嫌疑人甲某（时年十六岁）到案。",
            "被告人某某犯罪时不满十八周岁，应当从轻。",
            "被附条件不起诉人某某。",
            "被告人某某，作案时**17**周岁。",
            "被告人某某，作案时\n17周岁。",
            "被附条件\u{200b}不起诉人某某。",
            "被告人某某，男，作案时 16 周岁。",
            "被告人某某，男，作案时１６&nbsp;周岁。",
            "被告人某某，作案时未满18岁。",
            "被告人某某，案发时系未成年人。",
            "张某，作案时系未成年人。",
            "犯罪时未满十八周岁。",
            "张某系在校学生，案发时不满十八岁，被不起诉",
            "张某案发时17岁，后被判处拘役。",
            "犯罪嫌疑人张某，2008年5月出生，2024年3月盗窃。",
            "犯罪嫌疑人张某，男，2008年5月6日生，学生。\n\n2024年3月至4月间，张某多次盗窃。",
            "被告人某某（未成年人）盗窃。",
            "被告人某某，男，17岁，学生。",
            "被告人甲某、乙某均系未成年人。",
            "被告人某某，犯罪时尚未成年。",
            "被告人某某，男，未滿18週歲。",
            "三名被告人均不满十八周岁。",
            "对某某作出附条件不起诉决定。",
            "对李明作出附条件不起诉决定。",
            "涉罪未成年人某某到案。",
            "| 被告人 | 作案时年龄 |\n| -- | -- |\n| 某某 | 16周岁 |\n",
            "| 被告人 | 年龄 | 案由 |\n| -- | -- | -- |\n| 某某 | 16岁 | 盗窃 |\n",
            "| 被告人 | 某某 |\n| -- | -- |\n| 年龄 | 十六周岁 |\n",
            "- 被告人：某某\n- 年龄：16周岁\n",
        ] {
            assert!(minors_crime("", body), "{body}");
        }
        for front in [
            "tags: [附条件不起诉]\n",
            "result: 相关犯罪记录封存，不，涉罪未成年人帮教。\n",
            "summary: 附条件**不起诉**。\n",
            "摘要: 被告人某某作案时16周岁。\n",
            "causes: [盗窃（未成年人）]\n",
        ] {
            assert!(minors_crime(front, ""), "{front}");
        }
        for title in [
            "未成年人某某盗窃案",
            "某某（作案时16周岁）盗窃案",
            "某附条件\u{200b}不起诉案",
        ] {
            let text = format!("# {title}\n");
            let source = Source::body_only("a".into(), "a.md".into(), text);
            assert!(is_minors_crime(&Reading::of(&source)), "{title}");
        }
    }

    #[test]
    fn whom_the_title_accuses_needs_no_word_for_his_role() {
        let of = |title: &str, body: &str| {
            let text = format!("---\nkind: case\ntitle: {title}\n---\n{body}\n");
            is_minors_crime(&Reading::of(&Source::of("a".into(), "a.md".into(), text)))
        };
        for body in [
            "李某系未成年人，盗窃财物。",
            "李某，男，时年17岁，多次盗窃。",
            "李某，男，2007年3月1日出生，2023年5月盗窃。",
            "案发时，李某尚未成年。",
            "李某犯罪时已满十六周岁不满十八周岁。",
            "李某实施犯罪时系在校高中生，16岁。",
            "李某作案时距十八周岁尚有3日。",
            "李某（未成年）盗窃电动车。",
            "李某（男，16周岁）盗窃。",
            "李某、王某均系未成年人。",
            "李某，男，1990年出生。同案的王某甲（17岁）另行处理。",
            "2023年5月，李某（时年十六周岁，在校学生）翻窗入室。",
        ] {
            assert!(of("李某、王某甲等三人盗窃案", body), "{body}");
        }
        assert!(of("案例一：李某某涉嫌诈骗案", "李某某，作案时年仅17岁。"));
        assert!(of("某案", "犯罪时已满十六周岁不满十八周岁。"));
        for body in [
            "李某容留未成年人，情节严重。",
            "李某强奸张某，张某时年13岁。",
            "李某强奸张某，时年13岁。",
            "李某（男，36岁）与王某（17岁）相识。",
            "李某甲系未成年人，是李某的侄子。",
            "李某的儿子（16岁）在场。",
            "李某，1985年5月出生，2024年3月强奸。",
            "被害人李某，16岁。",
            "李某向未满18周岁的学生售酒。",
            "李某猥亵13岁女童。",
            "李某与女友（17岁）同住。",
        ] {
            assert!(!of("李某强奸案", body), "{body}");
        }
        for title in ["李某被故意伤害案", "李某诉王某案", "王某申诉案"] {
            assert!(!of(title, "李某系未成年人。"), "{title}");
        }
    }

    #[test]
    fn a_minor_who_is_harmed_is_not() {
        for body in [
            "被告人某某与被害人（女，案发时13周岁）相识。",
            "被告人某某，男，1985年出生。被害人时年12岁。",
            "在办理涉罪未成年人案件中发现文身问题。",
            "有期徒刑十五年，罚金。被告人时年42岁。",
            "被告人某某时年二十三岁。",
            "被告人某某向未满18周岁的学生售酒。",
            "被告人某某组织未成年人陪侍。",
            "被告人某某明知对方系未成年人。",
            "被告人某某殴打乙某，乙某系未成年人。",
            "被告人某某强奸时年13岁的乙某。",
            "未成年人某某被故意伤害，检察院支持起诉。",
            "全市共作出附条件不起诉决定12件。",
            "作案时已满十六周岁的人，应当负刑事责任。",
            "犯罪时不满十八周岁，被判处五年有期徒刑以下刑罚的，应当封存。",
            "对犯罪时不满十八周岁的人从轻处罚。",
            "作案时是否未成年需要核实。",
            "李某案发时不满十四岁，被告人王某被判处有期徒刑。",
            "被告人张某，1985年5月出生，2024年3月盗窃。",
            "被告人张某，2000年5月出生，2015年3月因盗窃被处罚，2024年3月又盗窃。",
            "被告人张某，2000年5月出生。2015年以来，该县治安好转。2024年3月，张某盗窃。",
            "被害人李某，2012年5月出生，2024年3月被盗窃。",
        ] {
            assert!(!minors_crime("lines: [未成年人]\n", body), "{body}");
        }
        for title in ["未成年人某某抚养费纠纷支持起诉案", "某某侵害未成年人案"] {
            assert!(!minors_crime(&format!("result: {title}\n"), ""), "{title}");
        }
    }
}
