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

  /** What the citation of an asked article counts: more than all words of a query together. */
  const CITED = 1000;
  const DIGITS = '\\d〇零一二三四五六七八九十百千\\s', NUMBER = `[${DIGITS}]+`, JOINT = `[${DIGITS}、,和及以与或者至到—~第款项目()前中的-]*`;

  /** Whether a text that an article follows names this law last: 《刑法》(2020年修正)第二编, 刑法第263条、.
      src/markdown/citation.rs reads laws more closely; here the name is known. */
  const names = (before, law) => {
    const name = law.replace(/[()]/g, '\\$&'), bracket = '(?:\\([^()]*\\))?';
    return new RegExp(`(?:《(?:中华人民共和国)?${name}${bracket}》|(?<!《[^》]*)${name})\\s*${bracket}的?(?:第${NUMBER}[章节编])*\\s*` +
      `(?:第${NUMBER}条(?:之${NUMBER})?${JOINT})*$`, 'u').test(before.slice(-300));
  };

  /** Ranges of a text in which one of the needles stands: whole units, or article spans; of the articles of `laws` only
      those that the text cites from them. */
  const find = (text, needles, spans, laws) => {
    const { normal, place } = mapped(text), ranges = [];
    const add = (from, to, needle, weight) => ranges.push({ from: place(from), to: place(to), needle, weight: weight || 1 });
    for (const needle of needles) {
      for (let at = -1; (at = normal.indexOf(needle, at + 1)) >= 0;) {
        if (!inside(normal, at) && !inside(normal, at + needle.length)) add(at, at + needle.length, needle);
      }
    }
    if (spans.size) {
      for (const { text: token, start, end } of articles(normal)) {
        const asked = laws.filter(law => law.endsWith(token));
        const cited = asked.some(law => names(normal.slice(0, start), law.slice(0, -token.length)));
        if (spans.has(token) && (cited || !asked.length)) add(start, end, token, cited && CITED);
      }
    }
    return ranges.sort((a, b) => a.from - b.from);
  };

  /** The range from which a window holds the most different needles, and the sum of their weights. */
  const best = ranges => ranges.reduce((most, range, i) => {
    const seen = new Map();
    for (let j = i; j < ranges.length && ranges[j].to - range.from <= WIDTH - LEAD; j++) {
      seen.set(ranges[j].needle, Math.max(ranges[j].weight, seen.get(ranges[j].needle) || 0));
    }
    const count = Array.from(seen.values()).reduce((sum, weight) => sum + weight, 0);
    return count > most.count ? { count, from: range.from } : most;
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
    // Terms of `laws`, such as 刑法#264条: shown is what cites them, or else any article of that number.
    const laws = [].concat(...[].concat(...plan.marks.map(word => word.ways)).map(tests => tests.map(test => test.tokens[0].text)))
      .filter(text => text.indexOf('#') > 0);
    const nothing = { block: blocks[0] || ['', '', ''], ranges: [], view: { count: 0, from: 0 } };
    const look = (needles, laws) => blocks.reduce((most, block) => {
      const ranges = find(block[2], needles, spans, laws), view = best(ranges);
      return view.count > most.view.count ? { block, ranges, view } : most;
    }, nothing);
    let shown = laws.length ? look(words, laws) : nothing;
    if (shown.view.count < CITED) shown = look(words, []);
    if (!shown.view.count) shown = look(tokens, []);
    const { block: [section, anchor, text], ranges, view } = shown;
    return { section, anchor, parts: cut(text, ranges, view.from) };
  };
})(jianyan);
