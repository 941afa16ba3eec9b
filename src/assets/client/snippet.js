/* The passages that a result shows: the blocks and the windows of them with the most of the query, marked.
   src/query/snippet is its twin. */
var jianyan = jianyan || {};
(jianyan => {
  'use strict';
  const { normal: normalize, articles, CJK } = jianyan.analyzer;
  /** Characters of a window; how far before it the end of a sentence is looked for; what is shown where none is. */
  const WIDTH = 120, BEFORE = 40, LEAD = 15;
  const CLUSTER = /[^\p{M}\uFF9E\uFF9F][\p{M}\p{Cf}\u115F\u1160\u3164\uFFA0\uFF9E\uFF9F]*|[^]/gu;
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

  /** Ranges of a text in which one of the needles stands, each with its kind: whole units, or article spans; of the
      articles of `laws` only those that the text cites from them. */
  const find = (text, { needles, spans, laws }) => {
    const { normal, place } = mapped(text), ranges = [];
    const add = (from, to, needle, kind, weight) => ranges.push({ from: place(from), to: place(to), needle, kind, weight: weight || 1, at: ranges.length });
    for (const [needle, { kind, whole }] of needles) {
      for (let at = -1; (at = normal.indexOf(needle, at + 1)) >= 0;) {
        const end = at + needle.length;
        if (!(whole[0] && inside(normal, at)) && !(whole[1] && inside(normal, end))) add(at, end, needle, kind);
      }
    }
    if (spans.size) {
      for (const { text: token, start, end } of articles(normal)) {
        const asked = laws.filter(law => law.endsWith(token));
        const cited = asked.some(law => names(normal.slice(0, start), law.slice(0, -token.length)));
        if (spans.has(token) && (cited || !asked.length)) add(start, end, token, spans.get(token), cited && CITED);
      }
    }
    return ranges.sort((a, b) => a.from - b.from || a.at - b.at);
  };

  /** The window that holds the most different needles: its ends, and the sum of their weights. */
  const best = ranges => ranges.reduce((most, range, i) => {
    const seen = new Map();
    let to = range.to;
    for (let j = i; j < ranges.length && ranges[j].to - range.from <= WIDTH; j++) {
      seen.set(ranges[j].needle, Math.max(ranges[j].weight, seen.get(ranges[j].needle) || 0));
      to = Math.max(to, ranges[j].to);
    }
    const count = [...seen.values()].reduce((sum, weight) => sum + weight, 0);
    return count > most.count ? { count, from: range.from, to } : most;
  }, { count: 0, from: 0, to: 0 });

  const SENTENCE = /[。！？；!?;\n](?=[^。！？；!?;\n]*$)/;

  /** Where to cut a text around a window: at the ends of sentences where they are near. */
  const bounds = (text, { from, to }) => {
    const whole = at => (text.charCodeAt(at) & 0xFC00) === 0xDC00 ? at - 1 : at, near = Math.max(0, from - BEFORE);
    const before = SENTENCE.exec(text.slice(near, from));
    let start = before ? near + before.index + 1 : near && whole(Math.max(0, from - LEAD));
    let end = Math.max(whole(start + WIDTH), to);
    if (end < text.length) {
      const after = SENTENCE.exec(text.slice(to, end));
      if (after) end = to + after.index + 1;
    }
    while (/\s/.test(text[start])) start++;
    return { start, end: start + text.slice(start, end).trimEnd().length };
  };

  /** A window of a text: plain and marked parts in turn, and the kinds of the marked ones. */
  const cut = (text, ranges, view) => {
    const { start, end } = bounds(text, view), parts = [text.slice(0, start).trim() ? '…' : ''], kinds = [];
    let at = start;
    for (const { from, to, kind } of ranges) {
      const low = Math.max(at, from), high = Math.min(end, to);
      if (high <= low) continue;
      if (low > at || !kinds.length) {
        parts[parts.length - 1] += text.slice(at, low);
        parts.push(text.slice(low, high), '');
        kinds.push(kind);
      } else {
        parts[parts.length - 2] += text.slice(low, high);
      }
      at = high;
    }
    parts[parts.length - 1] += text.slice(at, end) + (text.slice(end).trim() ? '…' : '');
    return { parts, kinds };
  };

  /** What is looked for in texts: words and article spans, each with its kind (typed words are exact, members of their
      groups synonyms), the laws that were asked for, and the tokens that stand for words of which none is there. */
  const wanted = plan => {
    const needles = new Map(), spans = new Map(), kindOf = word => word.synonym ? 'synonym' : 'exact';
    const add = (map, text, kind) => { if (!map.has(text)) map.set(text, kind); };
    for (const word of plan.marks) {
      for (const { text, whole } of word.texts) add(needles, text, { kind: kindOf(word), whole });
      for (const article of word.articles) add(spans, article.text, kindOf(word));
    }
    // Terms of `laws`, such as 刑法#264条: shown is what cites them, or else any article of that number.
    const tokens = new Map(plan.tokens.map(token => [token.text, { kind: 'related', whole: [true, true] }]));
    return { needles, spans, laws: plan.marks.map(word => word.term).filter(Boolean), tokens };
  };

  /** What a result shows of some blocks: at most `count` windows, of a block each, the best first: section,
      anchor, parts, kinds. `others` is how many more blocks hold something. */
  jianyan.snippets = (plan, blocks, count) => {
    const { needles, spans, laws, tokens } = wanted(plan);
    const look = what => blocks.map((block, at) => {
      const ranges = find(block.text, what);
      return { ...block, at, ranges, view: best(ranges) };
    }).filter(block => block.view.count).sort((a, b) => b.view.count - a.view.count || a.at - b.at);
    let found = laws.length ? look({ needles, spans, laws }).filter(block => block.view.count >= CITED) : [];
    if (!found.length) found = look({ needles, spans, laws: [] });
    if (!found.length) found = look({ needles: tokens, spans, laws: [] });
    if (!found.length) found = [{ section: '', anchor: '', text: '', ...blocks[0], ranges: [], view: { from: 0, to: 0 } }];
    const shown = found.slice(0, count).map(({ section, anchor, text, ranges, view }) => ({ section, anchor, ...cut(text, ranges, view) }));
    return { shown, others: found.length - shown.length };
  };
})(jianyan);
