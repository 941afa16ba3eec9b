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

  /** A text in normal form; for each place in it, and for its end, the place in the raw text. What one cluster of
      that became ends with it. */
  const mapped = text => {
    let normal = SIMPLE.test(text) ? normalize(text) : '';
    if (normal.length === text.length) return { normal, place: at => at };
    const starts = [];
    normal = '';
    text.replace(CLUSTER, (cluster, index) => {
      const own = normalize(cluster);
      for (let i = 0; i < own.length; i++) starts.push(index);
      normal += own;
    });
    return {
      normal,
      place(at, end) {
        while (end && at < starts.length && starts[at] === starts[at - 1]) at++;
        return at < starts.length ? starts[at] : text.length;
      }
    };
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
  const find = (text, { needles, spans, numbers, laws }) => {
    const { normal, place } = mapped(text), ranges = [];
    const add = (from, to, { word, kind }, weight) => ranges.push({ from: place(from), to: place(to, true), word, kind, weight: weight || 1 });
    for (const [needle, what] of needles) {
      for (let at = -1; (at = normal.indexOf(needle, at + 1)) >= 0;) {
        const end = at + needle.length;
        if (!(what.whole[0] && inside(normal, at)) && !(what.whole[1] && inside(normal, end))) add(at, end, what);
      }
    }
    for (const [number, what] of numbers) {
      number.lastIndex = 0;
      for (let match; (match = number.exec(normal));) add(match.index, number.lastIndex, what);
    }
    if (spans.size) {
      for (const { text: token, start, end } of articles(normal)) {
        const asked = laws.filter(law => law.endsWith(token));
        const cited = asked.some(law => names(normal.slice(0, start), law.slice(0, -token.length)));
        if (spans.has(token) && (cited || !asked.length)) add(start, end, spans.get(token), cited && CITED);
      }
    }
    return ranges.sort((a, b) => a.from - b.from || a.to - b.to || a.word - b.word);
  };

  /** The first window that holds the most different words: its ends, and the sum of their weights. */
  const best = ranges => ranges.reduce((most, range, i) => {
    const seen = new Map();
    let to = range.to;
    for (let j = i; j < ranges.length && (j === i || ranges[j].to - range.from <= WIDTH); j++) {
      seen.set(ranges[j].word, Math.max(ranges[j].weight, seen.get(ranges[j].word) || 0));
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

  const SIGNS = '[()〔〕[\\]【】第号\\s-]';

  /** A number however it is written, from its canonical form. */
  const numberAs = number => {
    const runs = number.replace(/[()〔〕[\]【】第号\s-]+/g, ' ').trim().match(/\d+|[^\d\s]+/g) || [], digits = run => /\d/.test(run);
    return new RegExp(`[(〔[【]?(?<!\\d)${runs.map((run, i) => (i ? SIGNS + (digits(run) && digits(runs[i - 1]) ? '+' : '*') : '') + run).join('')}(?!\\d)号?`, 'g');
  };

  /** What is looked for in texts, in turn until something is found: articles where their law is cited, what was typed
      (of related documents with its tokens), the tokens. Each has its word's number and kind. */
  const wanted = (plan, tier) => {
    const needles = new Map(), spans = new Map(), numbers = [], laws = plan.marks.map(word => word.term).filter(Boolean);
    const add = (map, key, what) => { if (!map.has(key)) map.set(key, what); };
    let last = 0;
    for (const { texts, articles, number, synonym, first } of plan.marks) {
      const kind = synonym ? 'synonym' : 'exact';
      texts.forEach(({ text, whole }, i) => {
        const word = synonym ? first : first + i;
        add(needles, text, { kind, whole, word });
        last = Math.max(last, word + 1);
      });
      for (const article of articles) add(spans, article.text, { kind, word: first });
      if (number) numbers.push([numberAs(number), { kind, word: first }]);
    }
    const tokens = new Map(plan.tokens.map((token, i) => [token.text, { kind: 'related', whole: [true, true], word: last + i }]));
    if (tier === 'related') for (const [text, what] of tokens) add(needles, text, what);
    const none = new Map(), all = [{ needles, spans, numbers, laws: [], least: 1 }, { needles: tokens, spans: none, numbers: [], laws: [], least: 1 }];
    return laws.length ? [{ ...all[0], laws, least: CITED }].concat(all) : all;
  };

  /** Blocks with something of what is looked for, the best first: those with the most of it, then headings and what
      stands beside the body last. */
  const look = (blocks, what) => blocks.map(block => {
    const ranges = find(block.text, what), view = best(ranges);
    return { ...block, ranges, view, rank: 2 * view.count - (!block.anchor || block.text === block.section) };
  }).filter(block => block.view.count >= what.least).sort((a, b) => b.rank - a.rank);

  const shown = ({ section, anchor, text, ranges, view }) => ({ section, anchor, ...cut(text, ranges, view) });

  /** The best passage of a document, the first of the best, or how the document begins: section, anchor, parts, kinds.
      `seats` are the files that may hold it, each with the most that it can weigh; `file` gives one. `more` tells
      that others hold something. */
  jianyan.snippet = async (plan, tier, seats, file) => {
    const { m, files } = await file(seats[0][0]);
    let found = null, others = 0;
    for (const what of wanted(plan, tier)) {
      for (const [number, weight] of seats) {
        if (number >= files || found && found.view.count >= weight) break;
        const all = look((await file(number)).blocks, what);
        others += all.length;
        if (all.length && (!found || all[0].rank > found.rank)) found = all[0];
      }
      if (found) return { m, more: others > 1 || seats.some(([number, weight]) => number !== seats[0][0] && weight >= 1), ...shown(found) };
    }
    const { blocks } = await file(0), start = blocks.find(block => block.text !== block.section) || blocks[0] || { section: '', anchor: '', text: m.title };
    return { m, more: false, ...shown({ ...start, ranges: [], view: { from: 0, to: 0 } }) };
  };

  /** At most `count` passages of some blocks, the best first. */
  jianyan.snippets = (plan, tier, blocks, count) => {
    for (const what of wanted(plan, tier)) {
      const found = look(blocks, what);
      if (found.length) return found.slice(0, count).map(shown);
    }
    return [];
  };
})(jianyan);
