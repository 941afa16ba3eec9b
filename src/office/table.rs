//! Values separated by commas or tabs.

use super::budget::OF_LINE;
use super::said::{Filled, Grid};
use super::{Budget, Fault, Said, format};
use crate::corpus::decode::decode;

/// Reads a table of values; what stands in quotes is one value.
pub(super) fn read(name: &str, bytes: &[u8], budget: &Budget) -> Result<Said, Fault> {
    let decoded = decode(bytes.to_vec()).map_err(|_| Fault::Encoding)?;
    let text = decoded.text.trim_start_matches('\u{FEFF}');
    let first = text.lines().next().unwrap_or_default();
    let separator = match () {
        () if format::ending(name) == "tsv" || first.contains('\t') => '\t',
        () if first.matches(';').count() > first.matches(',').count() => ';',
        () => ',',
    };
    let mut grid = Grid {
        sheet: None,
        cells: Vec::new(),
    };
    let (mut row, mut column) = (1, 1);
    let mut value = String::new();
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    let mut put = |row, column, value: &mut String| {
        let text = std::mem::take(value).trim().to_owned();
        if !text.is_empty() {
            budget.take(OF_LINE + text.len())?;
            grid.cells.push(Filled {
                row,
                column,
                rows: 1,
                text,
                hidden: false,
            });
        }
        Ok(())
    };
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => value.extend(characters.next()),
            '"' if quoted || value.trim().is_empty() => quoted = !quoted,
            _ if quoted && character == '\n' => value.push(' '),
            _ if quoted => value.push(character),
            '\n' => {
                put(row, column, &mut value)?;
                (row, column) = (row + 1, 1);
            }
            other if other == separator => {
                put(row, column, &mut value)?;
                column += 1;
            }
            other => value.push(other),
        }
    }
    put(row, column, &mut value)?;
    Ok(Said {
        lines: grid.lines(),
        unread: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Place;

    #[test]
    fn values_are_cells_with_headers() {
        let text = "姓名,\"备注, 说明\"\r\n王某,\"甲\n乙 \"\"丙\"\"\"\r\n";
        let said = read("a.csv", text.as_bytes(), &Budget::of(b"")).unwrap();
        let lines: Vec<_> = said
            .lines
            .iter()
            .map(|line| match &line.place {
                Place::Cell(cell) => (line.text.as_str(), cell.address(), cell.column_header.as_deref()),
                _ => ("", String::new(), None),
            })
            .collect();
        assert_eq!(
            lines,
            [
                ("姓名", "A1".to_owned(), None),
                ("备注, 说明", "B1".to_owned(), None),
                ("王某", "A2".to_owned(), Some("姓名")),
                ("甲 乙 \"丙\"", "B2".to_owned(), Some("备注, 说明"))
            ]
        );
    }
}
