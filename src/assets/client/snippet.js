/* The passage that a result shows: the block and the window of it with the most of the query, marked. */
var jianyan = jianyan || {};
(jianyan => {
  'use strict';
  const { normal: normalize, sequences, articles } = jianyan.analyzer;
  const WIDTH = 120, LEAD = 24;
  const CLUSTER = /[^\p{M}\uFF9E\uFF9F][\p{M}\u00AD\u200B-\u200D\u2060\uFEFF\uFF9E\uFF9F]*|[^]/gu;

  /** A text in normal form; for each place in it, and for its end, the place in the raw text. */
  const mapped = text => {
    const starts = [];
    let normal = '';
    text.replace(CLUSTER, (cluster, index) => {
      const own = normalize(cluster);
      for (let i = 0; i < own.length; i++) starts.push(index);
      normal += own;
    });
    starts.push(text.length);
    return { normal, starts };
  };

  /** Ranges of a text in which one of the needles stands: runs of units, or article tokens. */
  const find = (text, needles, spans) => {
    const { normal, starts } = mapped(text), ranges = [];
    const add = (from, to, needle) => ranges.push({ from: starts[from], to: starts[to], needle });
    for (const units of sequences(normal)) {
      units.forEach((unit, i) => needles.forEach((needle, n) => {
        if (needle.every((text, k) => units[i + k] && units[i + k].text === text)) add(unit.start, units[i + needle.length - 1].end, n);
      }));
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

  const unitsOf = sequences => sequences.map(units => units.map(unit => unit.text));

  /** What a result shows of a passage file: section, anchor, and the parts of its best block. */
  jianyan.snippet = (plan, passage) => {
    const blocks = passage.b.concat((passage.x || []).map(text => ['', '', text]));
    const words = [].concat(...plan.marks.map(word => unitsOf(word.pieces)));
    const spans = new Set([].concat(...plan.marks.map(word => word.articles.map(article => article.text))));
    const tokens = [].concat(...plan.tokens.map(token => unitsOf(sequences(token.text))));
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
