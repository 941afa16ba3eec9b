/* Tables for Excel and WPS, made in the browser: CSV, and XLSX as a zip without compression.
   Cells are texts, numbers, { day: '2023-05-06' } or { atLeast: 2086 }; src/cli/table.rs writes the same CSV. */
var jianyan = jianyan || {};
(jianyan => {
  'use strict';

  /** What a spreadsheet may compute, whatever nobody sees before it. */
  const FORMULA = /^(?=[\t\r])|(^|[;\t])(?=[\s\p{Cf}\u034F\u115F\u1160\u3164\uFFA0\uFE00-\uFE0F\u{E0100}-\u{E01EF}]*[=+\-@＝＋－＠])/gu;
  const CONTROLS = /(?![\t\n\r])\p{Cc}/gu;

  const plain = cell => typeof cell !== 'object' ? String(cell) : 'day' in cell ? cell.day : cell.atLeast + '余';

  /** A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV Injection). Where a program
      separates by `;` or tabs, quotation marks in the midst of its cell don't count. */
  function quoted(cell) {
    const text = plain(cell).replace(CONTROLS, '');
    const guarded = text.replace(FORMULA, (_, before = '') => before + "'");
    return /[,;"\t\n\r]/.test(guarded) ? `"${guarded.replace(/"/g, '""')}"` : guarded;
  }

  /** RFC 4180 behind the mark by which Excel and WPS know UTF-8. */
  const csv = rows => '\uFEFF' + rows.map(row => row.map(quoted).join(',') + '\r\n').join('');

  // ---- XLSX (ECMA-376) ----

  const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/';
  const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.';
  /** Styles by their place in styles.xml. */
  const HEADING = 1, DATE = 2, TEXT = 3, AT_LEAST = 4;

  /** XML knows no control characters. */
  const escaped = text => text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

  /** A column's letters: 0 is A, 26 is AA. */
  const letters = column => (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + column % 26);

  /** Days since 30 December 1899, as spreadsheets count from March 1900 on. */
  const serial = day => Math.round(Date.parse(day + 'T00:00:00Z') / 86400000) + 25569;

  function cellXml(cell, reference, style) {
    const open = `<c r="${reference}" s="${style}"`;
    if (typeof cell === 'number') return `${open}><v>${cell}</v></c>`;
    if (typeof cell === 'object' && 'atLeast' in cell) return `<c r="${reference}" s="${AT_LEAST}"><v>${cell.atLeast}</v></c>`;
    if (typeof cell === 'object') return `<c r="${reference}" s="${DATE}"><v>${serial(cell.day)}</v></c>`;
    return cell === '' ? `${open}/>` : `${open} t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
  }

  /** Width of a column in characters: that of its widest cell, within bounds; Han take two places. */
  function width(rows, column) {
    const places = cell => Array.from(plain(cell)).reduce((sum, one) => sum + (one > '\u2E7F' ? 2 : 1), 0);
    return Math.max(8, Math.min(46, 2 + Math.max(...rows.slice(0, 500).map(row => places(row[column])))));
  }

  function sheetXml(rows) {
    const columns = rows[0].map((_, column) =>
      `<col min="${column + 1}" max="${column + 1}" width="${width(rows, column)}" customWidth="1"/>`);
    const lines = rows.map((row, i) => `<row r="${i + 1}">` + row.map((cell, column) =>
      cellXml(cell, letters(column) + (i + 1), i ? TEXT : HEADING)).join('') + '</row>');
    return `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">` +
      '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
      `<cols>${columns.join('')}</cols><sheetData>${lines.join('')}</sheetData>` +
      `<autoFilter ref="A1:${letters(rows[0].length - 1)}${rows.length}"/>` +
      '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>';
  }

  /** A cell's format: number format, font, fill, alignment. */
  const xf = (number, font, fill, alignment) =>
    `<xf numFmtId="${number}" fontId="${font}" fillId="${fill}" borderId="0" applyNumberFormat="1" applyFont="1" applyFill="1"` +
    (alignment ? ` applyAlignment="1"><alignment ${alignment}/></xf>` : '/>');

  const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>` +
    '<numFmt numFmtId="165" formatCode="0&quot;余&quot;"/></numFmts>' +
    '<fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts>' +
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE9F0F8"/></patternFill></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    `<cellStyleXfs count="1">${xf(0, 0, 0)}</cellStyleXfs><cellXfs count="5">` + xf(0, 0, 0) + xf(0, 1, 2) +
    xf(164, 0, 0, 'horizontal="left" vertical="top"') + xf(0, 0, 0, 'vertical="top" wrapText="1"') + xf(165, 0, 0, 'vertical="top"') +
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

  /** The parts of a workbook with these sheets: { name, rows }, the first row its headings. */
  function workbook(sheets) {
    const each = make => sheets.map((sheet, i) => make(i + 1, sheet)).join('');
    const relation = (id, type, target) => `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
    const parts = {
      '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}sheet.main+xml"/>` +
        `<Override PartName="/xl/styles.xml" ContentType="${TYPE}styles+xml"/>` +
        each(i => `<Override PartName="/xl/worksheets/sheet${i}.xml" ContentType="${TYPE}worksheet+xml"/>`) + '</Types>',
      '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}relationships">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
      'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
        each((i, { name }) => `<sheet name="${escaped(name)}" sheetId="${i}" r:id="rId${i}"/>`) + '</sheets><definedNames>' +
        each((i, { name, rows }) => `<definedName name="_xlnm._FilterDatabase" localSheetId="${i - 1}" hidden="1">` +
          `'${escaped(name)}'!$A$1:$${letters(rows[0].length - 1)}$${rows.length}</definedName>`) + '</definedNames></workbook>',
      'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}relationships">` +
        each(i => relation(i, 'worksheet', `worksheets/sheet${i}.xml`)) + relation(sheets.length + 1, 'styles', 'styles.xml') + '</Relationships>',
      'xl/styles.xml': STYLES
    };
    sheets.forEach(({ rows }, i) => { parts[`xl/worksheets/sheet${i + 1}.xml`] = sheetXml(rows); });
    return parts;
  }

  // ---- the zip around it (PKWARE APPNOTE, method 0) ----

  const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit++) n = n & 1 ? n >>> 1 ^ 0xEDB88320 : n >>> 1;
    return n;
  });

  function crc(bytes) {
    let sum = ~0;
    for (const byte of bytes) sum = CRC[(sum ^ byte) & 255] ^ sum >>> 8;
    return ~sum >>> 0;
  }

  /** Little-endian bytes of [value, size] pairs. */
  const packed = pairs => Uint8Array.from(pairs.flatMap(([value, size]) =>
    Array.from({ length: size }, (_, i) => Math.floor(value / 2 ** (8 * i)) & 255)));

  /** A zip of files by name; `bytesOf` makes UTF-8 of a text. The date of all is 1 January 1980. */
  function zip(files, bytesOf) {
    const chunks = [], directory = [];
    let offset = 0;
    const push = (list, bytes) => { list.push(bytes); return bytes.length; };
    for (const [name, text] of Object.entries(files)) {
      const title = bytesOf(name), bytes = bytesOf(text);
      const common = [[20, 2], [0x800, 2], [0, 2], [0, 2], [33, 2], [crc(bytes), 4], [bytes.length, 4], [bytes.length, 4], [title.length, 2], [0, 2]];
      directory.push(packed([[0x02014B50, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]]), title);
      for (const part of [packed([[0x04034B50, 4], ...common]), title, bytes]) offset += push(chunks, part);
    }
    const size = directory.reduce((sum, part) => sum + part.length, 0), count = directory.length / 2;
    return [...chunks, ...directory,
      packed([[0x06054B50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [offset, 4], [0, 2]])];
  }

  /** Gives a reader sheets as a file: the first as CSV, or all of them as a workbook. */
  function save(format, name, sheets) {
    const encoder = new TextEncoder(), link = document.createElement('a'), isCsv = format === 'csv';
    const chunks = isCsv ? [csv(sheets[0].rows)] : zip(workbook(sheets), part => encoder.encode(part));
    const type = isCsv ? 'text/csv' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    link.href = URL.createObjectURL(new Blob(chunks, { type }));
    link.download = `${name}.${format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  jianyan.sheet = { csv, workbook, zip, save };
})(jianyan);
