//! The bytes of a file as groups, words and text.

/// A piece of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word` with its number.
    Word(&'a str, Option<i32>),
    /// `\~`, by its second byte.
    Symbol(u8),
    /// `\'b0`: a byte of text.
    Byte(u8),
    /// Bytes of text.
    Text(&'a [u8]),
    /// What `\bin` holds.
    Binary(&'a [u8]),
}

/// The pieces of a file.
pub(super) struct Tokens<'a>(pub &'a [u8]);

impl<'a> Tokens<'a> {
    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        taken
    }

    fn after_backslash(&mut self) -> Option<Token<'a>> {
        let first = *self.0.first()?;
        if first == b'\'' {
            let hex = self.0.get(1..3).and_then(|hex| std::str::from_utf8(hex).ok());
            let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
            self.take(if byte.is_some() { 3 } else { 1 });
            return Some(byte.map_or(Token::Text(&[]), Token::Byte));
        }
        if !first.is_ascii_alphabetic() {
            self.take(1);
            return Some(Token::Symbol(first));
        }
        let letters = self.0.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = std::str::from_utf8(self.take(letters)).unwrap_or_default();
        let sign = usize::from(self.0.first() == Some(&b'-'));
        let digits = self
            .0
            .iter()
            .skip(sign)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let number = match digits {
            0 => None,
            digits => std::str::from_utf8(self.take(sign + digits))
                .ok()
                .and_then(|number| number.parse().ok()),
        };
        if self.0.first() == Some(&b' ') {
            self.take(1);
        }
        if word == "bin" {
            let count = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            return Some(Token::Binary(self.take(count)));
        }
        Some(Token::Word(word, number))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        match *self.0.first()? {
            b'{' => {
                self.take(1);
                Some(Token::Open)
            }
            b'}' => {
                self.take(1);
                Some(Token::Close)
            }
            b'\\' => {
                self.take(1);
                self.after_backslash()
            }
            // Line ends and zeros are no text.
            b'\r' | b'\n' | 0 => {
                self.take(1);
                Some(Token::Text(&[]))
            }
            _ => {
                let ends = |byte: &u8| matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                let length = self.0.iter().position(ends).unwrap_or(self.0.len());
                Some(Token::Text(self.take(length)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_taken_apart() {
        let all: Vec<Token> = Tokens(b"{\\rtf1\\u-3\\'b0a \\bin2 {}\\~\\b x\\'zz\\").collect();
        assert_eq!(
            all,
            [
                Token::Open,
                Token::Word("rtf", Some(1)),
                Token::Word("u", Some(-3)),
                Token::Byte(0xB0),
                Token::Text(b"a "),
                Token::Binary(b"{}"),
                Token::Symbol(b'~'),
                Token::Word("b", None),
                Token::Text(b"x"),
                Token::Text(b""),
                Token::Text(b"zz"),
            ]
        );
    }
}
