//! Inline text as Markdown: what would be markup and isn't meant as such is escaped, nothing else.

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Prose,
    Line,
    Cell,
}

/// A text that is being written.
pub(super) struct Words {
    place: Place,
    out: String,
}

impl Words {
    /// A paragraph.
    pub(super) fn prose() -> Self {
        Self::at(Place::Prose)
    }

    /// A heading: all on one line.
    pub(super) fn line() -> Self {
        Self::at(Place::Line)
    }

    /// A cell of a table.
    pub(super) fn cell() -> Self {
        Self::at(Place::Cell)
    }

    fn at(place: Place) -> Self {
        Self {
            place,
            out: String::new(),
        }
    }

    /// Adds markup as it is.
    pub(super) fn mark(&mut self, mark: &str) {
        self.out.push_str(mark);
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        let characters: Vec<char> = text.chars().filter(|character| !character.is_control()).collect();
        for (at, &character) in characters.iter().enumerate() {
            let before = at
                .checked_sub(1)
                .map(|at| characters[at])
                .or_else(|| self.out.chars().next_back());
            let rest = &characters[at + 1..];
            if self.is_markup(character, before, rest) {
                self.out.push('\\');
            }
            self.out.push(character);
        }
    }

    fn is_markup(&self, character: char, before: Option<char>, rest: &[char]) -> bool {
        let next = rest.first().copied();
        let in_word = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
        match character {
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
            '`' | '*' => true,
            '_' => !(in_word(before) && in_word(next)),
            '~' => next == Some('~') || before == Some('~') || rest.contains(&'~'),
            '[' => next == Some('^') || closes_link(rest),
            ']' => matches!(next, Some('(' | '[' | ':')),
            '!' => next == Some('['),
            '<' => next.is_none_or(|next| next.is_ascii_alphabetic() || "/!?".contains(next)),
            '&' => next.is_none_or(|next| next == '#' || next.is_ascii_alphabetic()) && rest.contains(&';'),
            '%' => before == Some('%'),
            '|' => self.place == Place::Cell,
            _ => false,
        }
    }

    /// Adds code.
    pub(super) fn code(&mut self, code: &str) {
        let longest = code
            .split(|character| character != '`')
            .map(str::len)
            .max()
            .unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        let room = if code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']) {
            " "
        } else {
            ""
        };
        let code = match self.place {
            Place::Cell => code.replace('|', "\\|"),
            _ => code.to_owned(),
        };
        self.out += &format!("{fence}{room}{code}{room}{fence}");
    }

    /// Adds a line break that means nothing.
    pub(super) fn soft_break(&mut self) {
        self.out.push(if self.place == Place::Prose { '\n' } else { ' ' });
    }

    /// Adds a line break that is meant.
    pub(super) fn hard_break(&mut self) {
        self.out
            .push_str(if self.place == Place::Prose { "\\\n" } else { "<br>" });
    }

    /// The text, with what would begin a block at the start of a line escaped.
    pub(super) fn finish(self) -> String {
        let text = self.out.trim();
        if self.place != Place::Prose {
            return text.to_owned();
        }
        text.lines().map(begun).collect::<Vec<_>>().join("\n")
    }
}

fn closes_link(rest: &[char]) -> bool {
    let close = rest.iter().position(|&character| character == ']');
    close.is_some_and(|at| matches!(rest.get(at + 1), Some('(' | '[' | ':')))
}

/// A line that begins no block.
fn begun(line: &str) -> String {
    let line = line.trim_start_matches([' ', '\t']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = |at: usize| line[at..].chars().next();
    let blank = |it: Option<char>| it.is_none_or(char::is_whitespace);
    if (1..=9).contains(&digits) && matches!(after(digits), Some('.' | ')')) && blank(after(digits + 1)) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    let marks = line.len() - line.trim_start_matches('#').len();
    let heading = (1..=6).contains(&marks) && blank(after(marks));
    let bullet = line.starts_with(['-', '+']) && blank(after(1));
    let rule = line.starts_with("--") || line.starts_with("==") || line.trim_end() == "=";
    let other = line.starts_with(['>', '|']) || line.starts_with("~~~");
    if heading || bullet || rule || other {
        format!("\\{line}")
    } else {
        line.to_owned()
    }
}
