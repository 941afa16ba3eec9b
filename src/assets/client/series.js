/* Numbers as drafts write them, and the articles that they list. src/markdown/citation/series.rs is the twin; the words are those of
   `jianyan.cites`. */
(jianyan => {
  'use strict';
  const { normal, articles } = jianyan.analyzer, patterns = {}, lists = jianyan.cites || JSON.parse(document.querySelector('[data-tables]').dataset.tables);
  /** A pattern in which capital letters name lists of words. */
  const re = (source, flags = '') => patterns[source + flags] || (patterns[source + flags] = new RegExp(source.replace(/[A-Z]{3,}/g, name => `(?:${name === 'GAP' ? BLANK : lists[name] || NUMERAL})`), flags + 'u'));
  /** White space, and what nobody sees. */
  const BLANK = '[\\s\\p{Cf}\u034F\u115F\u1160\u3164\uFFA0\uFE00-\uFE0F\\u{E0100}-\\u{E01EF}]*';
  const NUMERAL = '[\\d０-９〇零○◯一二两三四五六七八九十百千万亿廿卅卌]+';
  /** The value of digits or of a Chinese numeral. */
  const value = text => {
    const plain = normal(text).replace(/,/g, '').replace(/两/g, '二').replace(/[○◯]|(?<=\D)0(?=\D)/g, '〇').replace(/[廿卅卌]/g, tens => '二三四'['廿卅卌'.indexOf(tens)] + '十'), [read] = articles(`第${plain}条`);
    return /^\d+$/.test(plain) ? +plain : read ? parseInt(read.text.slice(1), 10) : NaN;
  };
  const last = list => list[list.length - 1];

  /** Reads a sticky pattern at a place: the match, with its `end`. */
  const at = (pattern, text, from) => {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    return match && Object.assign(match, { end: pattern.lastIndex });
  };

  // ---- articles ----

  const ARTICLE = re('第?GAP([1１][,，][\\d０-９]{3}(?=GAP条(?!例))|NUM)', 'y'), UNIT = re('GAP条(?!例)', 'y'), SUB = re('GAP(?:[（(](之)GAP(NUM)[）)]|(之?)GAP(?:[（(](NUM)[）)]|(NUM)))', 'y'), WIDEST = 500;
  const INSERTED = re('GAP之GAP(?:[（(](NUM)[）)]|(NUM))(?=GAP条(?!例))', 'y'), PARTS = re('(?:GAP第?[（(]?GAPNUM[）)]?[款项目])+', 'y'), SPLIT = re('GAP[款项目]', 'y');
  const HYPHENED = re('GAP[-－‐‑−—–]+GAP(NUM)', 'y'), CLOSED = re('GAP[条款项目年月日]', 'y'), MEMBER = re('(NUM)(?=$|[^\\p{L}\\p{N}]|[的规之和及与])', 'y');
  const JOINT = re('GAP(?:(或者|以及|[、，,/／和及与或])|[至到~～〜]+|([-－‐‑−—–]+))GAP', 'y');

  /** The number after 之, and where it ends. */
  const inserted = (text, from, listed) => {
    const match = at(SUB, text, from), rest = match && text.slice(match.end), number = match && value(match[2] || match[4] || match[5]), plain = match && (match[1] || match[3]);
    const is = match && (plain || listed) && !(number === 1 && /^[般些样致定切旦直方面种个部并律]/.test(rest)) && (plain || !/^\s*[条款项章]/.test(rest));
    return is ? { number, end: match.end } : null;
  };

  /** The number behind a hyphen after 条 (第91条-1), where it is not the end of a range. */
  const behind = (text, from, article) => {
    const match = at(HYPHENED, text, from), number = match && value(match[1]);
    return match && number < article && !at(CLOSED, text, match.end) ? { number, end: match.end } : null;
  };

  /** The last number of 之一、二, where nothing else can be meant: 之一、二审 is none. */
  const next = (text, gap, before) => {
    const match = /^[、和及与]$/.test(gap[1]) && at(MEMBER, text, gap.end), number = match && value(match[1]);
    return match && before < number && number < before + 20 ? { number, end: match.end } : null;
  };

  /** Articles side by side from a place on: number, number after 之, start and end (of its range for what that leaves out). */
  const series = (text, from) => {
    const all = [];
    let waiting = [], joint = null, before = null, end = 0;
    const fill = (to, of, stop) => {
      for (let n = before[of] + 1; n < to && to - before[of] <= WIDEST; n++) (of ? all : waiting).push([of ? before[0] : n, of && n, before[2], stop]);
    };
    for (let here = from, match; (match = at(ARTICLE, text, here)); here = joint.end) {
      const number = value(match[1]), ranges = joint && !joint[1], inner = at(INSERTED, text, match.end);
      let after = inner ? inner.end : match.end;
      if (joint && at(SPLIT, text, match.end)) break;
      if (ranges && number <= before[0]) {
        if (joint[2] && waiting.length) {
          before[1] = number;
          before[3] = after;
        } else {
          // 第264-1至264-3条, 第120条之一至第120条之六
          const hyphen = !inner && at(HYPHENED, text, after), closes = at(UNIT, text, hyphen ? hyphen.end : after);
          const own = number < before[0] ? null : inner ? closes && { number: value(inner[1] || inner[2]), end: closes.end }
            : hyphen ? { number: value(hyphen[1]), end: closes ? closes.end : hyphen.end } : closes && inserted(text, closes.end);
          if (!own || own.number <= before[1]) break;
          all.push(...waiting.splice(0));
          fill(own.number, 1, own.end);
          all.push(before = [number, own.number, before[2], end = own.end]);
          joint = at(JOINT, text, end);
          if (!joint || joint[1]) break;
          continue;
        }
      } else {
        if (ranges) fill(number, 0, (at(UNIT, text, after) || { end: after }).end);
        waiting.push(before = [number, inner ? value(inner[1] || inner[2]) : 0, here, after]);
      }
      const unit = at(UNIT, text, after);
      if (unit) {
        before[3] = end = after = unit.end;
        all.push(...waiting.splice(0));
        // In 第一百三十三条及之一 the article itself is one of the list.
        let first = inserted(text, after) || behind(text, after, before[0]), gap = first ? null : at(JOINT, text, after);
        if (!first && gap && gap[1]) first = inserted(text, gap.end);
        for (let own = first; own; own = gap && (inserted(text, gap.end, !gap[1]) || next(text, gap, before[1]))) {
          const range = gap && !gap[1];
          if (range && own.number <= before[1]) break;
          if (range) fill(own.number, 1, own.end);
          if (!gap && !ranges) all.pop();
          all.push(before = [number, own.number, gap && !range ? gap.end : before[2], own.end]);
          end = after = own.end;
          gap = at(JOINT, text, after);
        }
      }
      const parts = at(PARTS, text, after), over = parts && at(JOINT, text, parts.end);
      joint = at(JOINT, text, after) || over && !over[1] && over;
      if (!joint || joint[1] && !waiting.length) break;
    }
    return all.length ? { all, end } : null;
  };

  jianyan.reading = { lists, re, value, last, at, series, PARTS, WIDEST };
})(jianyan);
