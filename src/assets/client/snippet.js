/* The passages that a result shows: the blocks and the windows of them with the most of the query, marked.
   src/query/snippet is its twin. */
var jianyan = jianyan || {};
(jianyan => {
  'use strict';
  const { normal: normalize, inside } = jianyan.analyzer;
  /** Characters of a window; how far before it the end of a sentence is looked for; what is shown where none is. */
  const WIDTH = 120, BEFORE = 40, LEAD = 15;
  const CLUSTER = /[^\p{M}ﾞﾟ][\p{M}\p{Cf}\u115F\u1160\u3164\uFFA0ﾞﾟ]*|[^]/gu;
  /** Characters whose normal form is one character, whatever stands around them; no blanks side by side. */
  const SIMPLE = /^(?![^]*[ \u3000]{2})[\n -~—“”\u3000-〩一-鿿！-～]*$/;

  /** A text in normal form, blanks side by side as one; for each place in it, and for its end, the place in the raw text.
      What one cluster of that became ends with it. */
  const mapped = text => {
    let normal = SIMPLE.test(text) ? normalize(text) : '';
    if (normal.length === text.length) return { normal, place: at => at };
    const starts = [];
    normal = '';
    text.replace(CLUSTER, (cluster, index) => {
      const own = normalize(cluster);
      if (own === ' ' && normal.endsWith(own)) return;
      for (let i = 0; i < own.length; i++) starts.push(index);
      normal += own;
    });
    // A capital sigma is read by the word that it ends.
    const whole = normalize(text);
    return {
      normal: whole.length === normal.length ? whole : normal,
      place(at, end) {
        while (end && at < starts.length && starts[at] === starts[at - 1]) at++;
        return at < starts.length ? starts[at] : text.length;
      }
    };
  };

  /** Ranges of a block in which one of the needles stands, each with its word and kind; `others` finds what isn't text. */
  const find = (block, { needles, others }) => {
    const { normal, place } = block.mapped || (block.mapped = mapped(block.text)), ranges = [];
    const add = (from, to, { word, kind }, weight) => ranges.push({ from: place(from), to: place(to, true), word, kind, weight: weight || 1 });
    for (const [needle, what] of needles) {
      for (let at = -1; (at = normal.indexOf(needle, at + 1)) >= 0;) {
        const end = at + needle.length;
        if (!(what.whole[0] && inside(normal, at)) && !(what.whole[1] && inside(normal, end))) add(at, end, what);
      }
    }
    if (others) others(normal, add);
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
    return [start, start + text.slice(start, end).trimEnd().length];
  };

  /** A window of a text: plain and marked parts in turn, and the kinds of the marked ones. */
  const cut = (text, ranges, view) => {
    const [start, end] = bounds(text, view), parts = [], kinds = [];
    let at = start, before = text.slice(0, start).trim() ? '…' : '';
    for (const { from, to, kind } of ranges) {
      const low = Math.max(at, from), high = Math.min(end, to);
      if (high <= low) continue;
      if (low > at || !kinds.length) {
        parts.push(before + text.slice(at, low), text.slice(low, high));
        before = '';
        kinds.push(kind);
      } else {
        parts[parts.length - 1] += text.slice(low, high);
      }
      at = high;
    }
    parts.push(before + text.slice(at, end) + (text.slice(end).trim() ? '…' : ''));
    return { parts, kinds };
  };

  /** What is looked for in texts, in turn until something is found: what was typed (of related documents with its tokens),
      then the tokens. Each has its word's number and kind. Articles and numbers join it (passages.js). */
  const wanted = (plan, tier, meta, seats) => {
    const needles = new Map(), add = (text, what) => needles.has(text) || needles.set(text, what);
    let last = 0;
    for (const { texts, synonym, first } of plan.marks) texts.forEach(({ text, whole }, i) => {
      const word = synonym ? first : first + i;
      add(text, { kind: synonym ? 'synonym' : 'exact', whole, word });
      last = Math.max(last, word + 1);
    });
    // A term of an article, such as #264条, isn't text; the article is looked for by itself.
    const texts = plan.texts.filter(text => text[0] !== '#');
    const tokens = new Map(texts.map((text, i) => [text, { kind: 'related', whole: [true, true], word: last + i }]));
    if (tier === 'related') tokens.forEach((what, text) => add(text, what));
    return (jianyan.cited || (all => all))([{ needles, least: 1 }, { needles: tokens, least: 1 }], plan, meta, seats);
  };

  /** Blocks with something of what is looked for, the best first: those with the most of it, then headings and what
      stands beside the body last. */
  const look = (blocks, what) => blocks.map((block, at) => {
    const ranges = find(block, what), view = best(ranges);
    return { ...block, at, ranges, view, rank: 2 * view.count - (!block.anchor || block.text === block.section) };
  }).filter(block => block.view.count >= what.least).sort((a, b) => b.rank - a.rank || a.at - b.at);

  const shown = ({ section, anchor, text, ranges, view }) => ({ section, anchor, ...cut(text, ranges, view) });

  /** The best passage of a document, the first of the best, or how the document begins: section, anchor, parts, kinds.
      Where a text beside the body is no more than what was found (an author's name), the beginning follows it. `seats` are the files that may hold it, each with the most that it can weigh; `file` gives one. `more` tells
      that others hold something. */
  jianyan.snippet = async (plan, tier, seats, file) => {
    const { m, files } = await file(seats[0][0]), begin = async () => {
      const { blocks } = await file(0);
      return blocks.find(block => block.text !== block.section) || blocks[0] || { section: '', anchor: '', text: m.title };
    };
    let found = null, others = 0;
    for (const what of wanted(plan, tier, m, seats)) {
      for (const [number, weight] of seats) {
        if (number >= files || found && found.view.count >= weight) break;
        const all = look((await file(number)).blocks, what);
        others += all.length;
        if (all.length && (!found || all[0].rank > found.rank)) found = all[0];
      }
      if (found) {
        const { text } = found, start = found.anchor || shown(found).parts[1] !== text ? text : (await begin()).text;
        if (start !== text) {
          Object.assign(found, { text: text + ' · ' + start, mapped: null, view: best([]) });
          found.ranges = find(found, what);
        }
        return { m, more: others > 1 || seats.some(([number, weight]) => number !== seats[0][0] && weight >= 1), ...shown(found) };
      }
    }
    return { m, more: false, ...shown({ ...await begin(), ranges: [], view: best([]) }) };
  };

  /** At most `count` passages of some blocks, the best first. */
  jianyan.snippets = (plan, tier, blocks, count, meta, seats) => {
    let found = [];
    wanted(plan, tier, meta, seats).some(what => (found = look(blocks, what)).length);
    return found.slice(0, count).map(shown);
  };
})(jianyan);
