//! Workbooks for Excel and WPS: real dates and numbers, a frozen header, a filter on every column.

use super::error::CliError;
use crate::message::Catalogue;
use crate::record::date::Precision;
use crate::site::{Cell, Sheet};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

impl From<XlsxError> for CliError {
    fn from(error: XlsxError) -> Self {
        CliError::Xlsx(error.to_string())
    }
}

/// A workbook of named sheets; the same sheets give the same bytes.
pub(super) fn workbook(sheets: &[(&str, &Sheet)], words: &Catalogue) -> Result<Vec<u8>, CliError> {
    let mut workbook = Workbook::new();
    // The library would write the time at which it runs.
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    for (name, sheet) in sheets {
        write(workbook.add_worksheet().set_name(*name)?, sheet, words)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn write(worksheet: &mut Worksheet, sheet: &Sheet, words: &Catalogue) -> Result<(), XlsxError> {
    let heading = Format::new().set_bold().set_background_color(Color::RGB(0x00E9_F0F8));
    let top = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    let at_least = words.format("figure.at_least", &[("n", String::new())]);
    for (column, text) in (0..).zip(&sheet.header) {
        worksheet.write_string_with_format(0, column, text, &heading)?;
        let cells = sheet
            .rows
            .iter()
            .take(500)
            .filter_map(|row| row.get(usize::from(column)));
        let width = cells
            .map(|cell| cell.text(words).width())
            .chain([text.width()])
            .max()
            .unwrap_or(0);
        worksheet.set_column_width(column, (width + 2).clamp(8, 46) as f64)?;
    }
    for (row, cells) in (1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(text) => worksheet.write_string_with_format(row, column, text, &top)?,
                Cell::Day(day) if day.precision == Precision::Day => {
                    let date = ExcelDateTime::from_ymd(
                        day.date.year().unsigned_abs(),
                        day.date.month().unsigned_abs(),
                        day.date.day().unsigned_abs(),
                    )?;
                    let format = Format::new()
                        .set_align(FormatAlign::Top)
                        .set_align(FormatAlign::Left)
                        .set_num_format("yyyy-mm-dd");
                    worksheet.write_datetime_with_format(row, column, date, &format)?
                }
                Cell::Day(_) => worksheet.write_string_with_format(row, column, cell.text(words), &top)?,
                Cell::Number(number) => worksheet.write_number_with_format(row, column, *number as f64, &top)?,
                Cell::Sum { sum, money } => {
                    let value = if *money {
                        sum.value as f64 / 100.0
                    } else {
                        sum.value as f64
                    };
                    let number = if *money && sum.value % 100 != 0 { "0.00" } else { "0" };
                    // A lower bound stays a number; its mark is in the format.
                    let mark = if sum.at_least {
                        format!("\"{at_least}\"")
                    } else {
                        String::new()
                    };
                    let format = Format::new()
                        .set_align(FormatAlign::Top)
                        .set_num_format(format!("{number}{mark}"));
                    worksheet.write_number_with_format(row, column, value, &format)?
                }
            };
        }
    }
    // Printed on A4 across, as wide as the paper, the heading on every page.
    worksheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    worksheet.set_repeat_rows(0, 0)?;
    worksheet.set_footer("&C&P / &N");
    worksheet.set_freeze_panes(1, 0)?;
    if let (Ok(last_row), Ok(columns)) = (u32::try_from(sheet.rows.len()), u16::try_from(sheet.header.len()))
        && columns > 0
    {
        worksheet.autofilter(0, 0, last_row, columns - 1)?;
    }
    Ok(())
}
