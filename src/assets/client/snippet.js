/* The passage that a result shows: the block and the window of it with the most of the query, marked. */
var jianyan = jianyan || {};
(jianyan => {
  'use strict';
  const { normal: normalize, articles, CJK } = jianyan.analyzer;
  const WIDTH = 120, LEAD = 24;
  const CLUSTER = /[^\p{M}\uFF9E\uFF9F][\p{M}\u00AD\u200B-\u200D\u2060\uFEFF\uFF9E\uFF9F]*|[^]/gu;
  /** Characters whose normal form is one character, whatever stands around them. */
  const SIMPLE = /^[\n -~\u2014\u201C\u201D\u3000-\u3029\u4E00-\u9FFF\uFF01-\uFF5E]*$/;
  const LETTER = `(?:(?![${CJK}])[\\p{L}\\p{N}])`, INSIDE = new RegExp(`(?<=${LETTER})${LETTER}`, 'uy');

  /** A text in normal form; for each place in it, and for its end, the place in the raw text. */
  const mapped = text => {
    if (SIMPLE.test(text)) return { normal: normalize(text), place: at => at };
    const starts = [];
    let normal = '';
    text.replace(CLUSTER, (cluster, index) => {
      const own = normalize(cluster);
      for (let i = 0; i < own.length; i++) starts.push(index);
      normal += own;
    });
    return { normal, place: at => at < starts.length ? starts[at] : text.length };
  };

  /** Whether a place is inside of a run of letters and digits. */
  const inside = (text, at) => {
    INSIDE.lastIndex = at;
    return INSIDE.test(text);
  };

  /** Ranges of a text in which one of the needles stands: whole units, or article spans. */
  const find = (text, needles, spans) => {
    const { normal, place } = mapped(text), ranges = [];
    const add = (from, to, needle) => ranges.push({ from: place(from), to: place(to), needle });
    for (const needle of needles) {
      for (let at = -1; (at = normal.indexOf(needle, at + 1)) >= 0;) {
        if (!inside(normal, at) && !inside(normal, at + needle.length)) add(at, at + needle.length, needle);
      }
    }
    if (spans.size) for (const article of articles(normal)) if (spans.has(article.text)) add(article.start, article.end, article.text);
    return ranges.sort((a, b) => a.from - b.from);
  };

  /** The range from which a window holds the most different needles, and how many. */
  const best = ranges => ranges.reduce((most, range, i) => {
    const seen = new Set();
    for (let j = i; j < ranges.length && ranges[j].to - range.from <= WIDTH - LEAD; j++) seen.add(ranges[j].needle);
    return seen.size > most.count ? { count: seen.size, from: range.from } : most;
  }, { count: 0, from: 0 });

  /** A window of a text: plain and marked parts in turn. */
  const cut = (text, ranges, from) => {
    const low = at => (text.charCodeAt(at) & 0xFC00) === 0xDC00;
    let at = Math.max(0, from - LEAD), end = Math.min(text.length, at + WIDTH);
    if (low(at)) at--;
    if (low(end)) end--;
    const parts = [at ? '…' : ''];
    for (const range of ranges) {
      const start = Math.max(at, range.from), stop = Math.min(end, range.to);
      if (stop <= start) continue;
      if (start > at || parts.length === 1) {
        parts[parts.length - 1] += text.slice(at, start);
        parts.push(text.slice(start, stop), '');
      } else {
        parts[parts.length - 2] += text.slice(start, stop);
      }
      at = stop;
    }
    parts[parts.length - 1] += text.slice(at, end) + (end < text.length ? '…' : '');
    return parts;
  };

  /** What a result shows of a passage file: section, anchor, and the parts of its best block. */
  jianyan.snippet = (plan, passage) => {
    const places = passage.b.concat([['', '', passage.x || []]]);
    const blocks = [].concat(...places.map(([section, anchor, texts]) => texts.map(text => [section, anchor, text])));
    const words = new Set([].concat(...plan.marks.map(word => word.pieces.map(units => units.map(unit => unit.text).join('')))));
    const spans = new Set([].concat(...plan.marks.map(word => word.articles.map(article => article.text))));
    const tokens = new Set(plan.tokens.map(token => token.text));
    let shown = { block: blocks[0] || ['', '', ''], ranges: [], view: { count: 0, from: 0 } };
    for (const needles of [words, tokens]) {
      for (const block of shown.view.count ? [] : blocks) {
        const ranges = find(block[2], needles, spans), view = best(ranges);
        if (view.count > shown.view.count) shown = { block, ranges, view };
      }
    }
    const { block: [section, anchor, text], ranges, view } = shown;
    return { section, anchor, parts: cut(text, ranges, view.from) };
  };
})(jianyan);
