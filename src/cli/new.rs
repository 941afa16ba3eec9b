//! `jianyan new`

use super::Ending;
use super::args::NewArgs;
use super::common::Common;
use super::error::CliError;
use super::terminal;
use crate::audience::Drafts;
use crate::author;
use crate::message::{Catalogue, Lang};
use crate::record::date::Day;
use crate::record::{Kind, Vocabulary};
use crate::settings;
use std::io::{self, BufRead, IsTerminal, Write};

/// Writes the file; its path goes to standard output, so that an editor can be given it. On a terminal
/// it asks for what the command line doesn't say.
pub(super) fn run(common: &Common, arguments: &NewArgs) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    let (mut settings, _) = settings::read(&common.corpus);
    let today = Day::exact(common.options(Drafts::Hidden).now);
    let on_terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
    let (kind, title, date) = match (arguments.kind, &arguments.title) {
        (Some(kind), Some(title)) => (kind, title.clone(), arguments.date.unwrap_or(today)),
        _ if !on_terminal => return Err(CliError::Missing),
        (kind, title) => {
            let mut desk = Desk {
                input: io::stdin().lock(),
                output: terminal::Escaped::new(io::stderr()),
                lang,
            };
            let fail = |error| CliError::File("stdin".into(), error);
            let given = Given {
                kind,
                title: title.clone(),
                date: arguments.date,
                unit: settings.unit.clone(),
            };
            let answers = ask(&mut desk, given, today).map_err(fail)?.ok_or(CliError::Missing)?;
            settings.unit = answers.unit;
            (answers.kind, answers.title, answers.date)
        }
    };
    let path = author::create(&common.corpus, kind, &title, date, &settings)?;
    terminal::print_line(path.display());
    terminal::tell(Catalogue::of(lang).get("new.next"));
    Ok(Ending::Good)
}

/// What is known before anything is asked.
struct Given {
    kind: Option<Kind>,
    title: Option<String>,
    date: Option<Day>,
    unit: Option<String>,
}

/// What is known in the end.
struct Answers {
    kind: Kind,
    title: String,
    date: Day,
    unit: Option<String>,
}

/// Where questions are put and answers come from.
struct Desk<R, W> {
    input: R,
    output: W,
    lang: Lang,
}

/// Asks for kind, title, date and unit as far as they aren't known. `None` where the input ends.
fn ask<R: BufRead, W: Write>(desk: &mut Desk<R, W>, given: Given, today: Day) -> io::Result<Option<Answers>> {
    let words = Catalogue::of(desk.lang);
    let names = Kind::ALL.iter().zip(1..);
    let list: Vec<String> = names
        .map(|(kind, number)| format!("{number} {}", kind.names().1))
        .collect();
    let kind = |text: &str| match text.parse::<usize>() {
        Ok(number) => number.checked_sub(1).and_then(|at| Kind::ALL.get(at)).copied(),
        Err(_) => Kind::read(text),
    };
    let question = words.format("new.ask.kind", &[("list", list.join("  "))]);
    let Some(kind) = desk.until(given.kind, &question, kind)? else {
        return Ok(None);
    };
    let titled = |text: &str| text.chars().any(char::is_alphanumeric).then(|| text.to_owned());
    let Some(title) = desk.until(given.title, words.get("new.ask.title"), titled)? else {
        return Ok(None);
    };
    let question = words.format("new.ask.date", &[("today", today.to_string())]);
    let dated = |text: &str| if text.is_empty() { Some(today) } else { Day::parse(text) };
    let Some(date) = desk.until(given.date, &question, dated)? else {
        return Ok(None);
    };
    let any = |text: &str| Some(text.to_owned());
    let unit = desk
        .until(given.unit, words.get("new.ask.unit"), any)?
        .filter(|unit| !unit.is_empty());
    Ok(Some(Answers {
        kind,
        title,
        date,
        unit,
    }))
}

impl<R: BufRead, W: Write> Desk<R, W> {
    /// Asks until an answer can be read. `None` where the input ends.
    fn until<T>(
        &mut self,
        given: Option<T>,
        question: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> io::Result<Option<T>> {
        if given.is_some() {
            return Ok(given);
        }
        loop {
            write!(self.output, "{question}")?;
            self.output.flush()?;
            let mut line = String::new();
            if self.input.read_line(&mut line)? == 0 {
                writeln!(self.output)?;
                return Ok(None);
            }
            match read(line.trim()) {
                Some(answer) => return Ok(Some(answer)),
                None => writeln!(self.output, "{}", Catalogue::of(self.lang).get("new.ask.again"))?,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The answers to what is typed, and how often it was asked again.
    fn asked(kind: Option<Kind>, title: Option<&str>, typed: &str) -> (Option<Answers>, usize) {
        let mut output = Vec::new();
        let mut desk = Desk {
            input: typed.as_bytes(),
            output: &mut output,
            lang: Lang::Zh,
        };
        let given = Given {
            kind,
            title: title.map(str::to_owned),
            date: None,
            unit: None,
        };
        let answers = ask(&mut desk, given, Day::of(2024, Some(3), Some(5)).unwrap()).unwrap();
        let again = Catalogue::of(Lang::Zh).get("new.ask.again");
        (answers, String::from_utf8(output).unwrap().matches(again).count())
    }

    #[test]
    fn what_is_missing_is_asked_until_it_can_be_read() {
        let (answers, again) = asked(None, None, "9\n2\n\n某某盗窃案\n三月\n2024年2月1日\n某县人民检察院\n");
        let answers = answers.unwrap();
        assert_eq!((answers.kind, answers.title.as_str()), (Kind::Case, "某某盗窃案"));
        assert_eq!(
            (answers.date.to_string().as_str(), answers.unit.as_deref()),
            ("2024-02-01", Some("某县人民检察院"))
        );
        assert_eq!(again, 3);
    }

    #[test]
    fn what_is_known_is_not_asked_and_enter_takes_what_is_offered() {
        let (answers, again) = asked(Some(Kind::Report), None, "关于河道的调研\n\n\n");
        let answers = answers.unwrap();
        assert_eq!(
            (answers.date.to_string().as_str(), answers.unit, again),
            ("2024-03-05", None, 0)
        );
        assert!(asked(None, None, "检察建议\n").0.is_none());
    }
}
