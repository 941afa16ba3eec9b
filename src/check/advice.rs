//! What recommendations usually lack. The parts are those that 《人民检察院检察建议工作规定》 (2019) asks
//! for in its article 16: facts, problems, suggestions with their grounds, the periods for an objection and
//! for the reply.

use crate::corpus::Source;
use crate::diagnostic::Severity;
use crate::reading::{Passage, Reading, What};
use crate::record::fields::Reader;
use crate::record::front::Places;
use crate::record::{Recommendation, number};
use std::ops::Range;

/// Characters of a body from which it is the whole document and not a note.
const WHOLE: usize = 300;

/// Tells what a recommendation lacks that has been issued or is about to be.
pub(super) fn check(
    source: &Source,
    reading: &Reading,
    recommendation: &Recommendation,
    places: &Places,
    reader: &Reader,
) {
    let check = Check {
        source,
        reading,
        places,
        reader,
    };
    check.number(recommendation);
    check.addressee(recommendation);
    check.counterparts(recommendation);
    check.periods();
}

struct Check<'a, 'p, 't> {
    source: &'a Source,
    reading: &'a Reading,
    places: &'a Places<'p>,
    reader: &'a Reader<'t>,
}

impl Check<'_, '_, '_> {
    fn place(&self, key: &str) -> Range<usize> {
        let start = self.source.front.as_ref().map_or(0, |front| front.start);
        self.places.find_nearest(&[key]).unwrap_or(start..start)
    }

    fn tell(&self, code: &'static str, key: &str, args: &[(&'static str, &str)]) {
        self.reader.tell(Severity::Warning, code, &self.place(key), args);
    }

    fn number(&self, recommendation: &Recommendation) {
        let known = recommendation.number.as_ref();
        let Some(known) = known.filter(|known| number::is_number(known)) else {
            if recommendation.issued.is_some() {
                self.tell("missing-number", "issued", &[]);
            }
            return;
        };
        let Some(place) = self.places.find(&["number"]) else {
            return;
        };
        let written = self.source.text[place].trim_matches(['"', '\'']);
        if number::has_other_brackets(written) {
            self.tell("number-brackets", "number", &[("number", written), ("right", known)]);
        }
    }

    fn addressee(&self, recommendation: &Recommendation) {
        match &recommendation.addressee {
            None if recommendation.issued.is_some() => self.tell("missing-addressee", "issued", &[]),
            Some(name) if is_short(name) => self.tell("short-addressee", "addressee", &[("addressee", name)]),
            _ => {}
        }
    }

    /// A problem has its suggestion where something is to be fixed; to a court it is one ground of several.
    fn counterparts(&self, recommendation: &Recommendation) {
        if matches!(recommendation.type_.as_deref(), Some("再审" | "纠正违法")) {
            return;
        }
        let (problems, suggestions) = (recommendation.problems.len(), recommendation.suggestions.len());
        if problems > suggestions {
            let (problems, suggestions) = (problems.to_string(), suggestions.to_string());
            let args = [("problems", &*problems), ("suggestions", &*suggestions)];
            self.tell("fewer-suggestions", "problems", &args);
        }
    }

    /// The periods stand in the text, however it is parted.
    fn periods(&self) {
        let shown = |passage: &&Passage| !matches!(passage.what, What::Target | What::Hidden);
        let texts: Vec<&Passage> = self.reading.body().iter().filter(shown).collect();
        let length: usize = texts.iter().map(|passage| passage.text.text().chars().count()).sum();
        if length < WHOLE {
            return;
        }
        if !texts.iter().any(|passage| passage.text.text().contains("异议")) {
            self.tell("missing-objection-period", "kind", &[]);
        }
        let replies = texts
            .iter()
            .flat_map(|passage| passage.text.text().lines())
            .any(|line| {
                let within = ["内", "之前", "以前", "前"].iter().any(|word| line.contains(word));
                let counted = ["月", "日", "期限"].iter().any(|word| line.contains(word));
                (line.contains("回复") || line.contains("答复")) && within && counted
            });
        if !replies {
            self.tell("missing-reply-period", "kind", &[]);
        }
    }
}

/// Whether an office is named without its place: 县民政局, 民政局. 某县民政局 is in full.
fn is_short(name: &str) -> bool {
    const PLACES: [char; 9] = ['省', '市', '县', '区', '州', '盟', '旗', '镇', '乡'];
    const OFFICES: [&str; 12] = [
        "局",
        "委员会",
        "政府",
        "法院",
        "检察院",
        "办公室",
        "大队",
        "支队",
        "派出所",
        "卫健委",
        "发改委",
        "街道办",
    ];
    let office = OFFICES.iter().any(|office| name.ends_with(office));
    let placed = name
        .char_indices()
        .any(|(at, character)| at > 0 && PLACES.contains(&character));
    let masked = name.contains(['某', '×']) || name.starts_with("国家") || name.starts_with("最高");
    office && !placed && !masked
}

#[cfg(test)]
mod tests {
    use super::is_short;

    #[test]
    fn an_office_is_named_with_its_place() {
        for name in ["县民政局", "民政局", "市卫健委", "人民法院"] {
            assert!(is_short(name), "{name}");
        }
        for name in [
            "澄溪县民政局",
            "某镇人民政府",
            "澜州市澄溪区城市管理局",
            "某某物业公司",
            "国家烟草专卖局",
        ] {
            assert!(!is_short(name), "{name}");
        }
    }
}
