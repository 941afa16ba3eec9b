/* Where the passages of a query of several words stand, and those that hold an article or a number: a search for a plain word
   does without. docs/search.md, section 6; src/query/snippet is the twin. */
(jianyan => {
  'use strict';
  if (jianyan.seats) return;
  const { listed, analyzer: { normal, articles } } = jianyan, BODY = 1, BESIDE = [2, 3, 5], LAWS = 8;
  /** Passage files that are looked into; documents of a token whose positions are too many to load; positions that a window
      of a passage can have. */
  const LOOKED = 4, COMMON = 2048, SPAN = 180;
  /** Files that are looked into in turn for what the index has no positions of: a lone character, part of a unit. */
  const SCATTERED = 64;

  /** The same for some needles, each a word with the tokens that it stands as. */
  const told = (run, doc, needles) => {
    const { missing, bundle: { head: { passage: size } } } = run, places = [], most = new Map(), firsts = new Map(), beside = new Set();
    const words = new Set(needles.map(({ word }) => word)).size, meet = (lists, f) => lists.forEach(list => list.meet([doc], missing, f));
    for (const { word, tokens } of needles) {
      const lists = tokens.length < 2 && run.lists(BODY, tokens[0]), add = found => { for (const place of found || []) places.push([place, word]); };
      if (!lists) {
        add((run.evaluate(BODY, tokens, [doc]).places || [])[0]);
      } else if (words < 2 || lists.reduce((sum, list) => sum + list.df, 0) > COMMON) {
        let first = Infinity;
        meet(lists, (_, chunk, at) => { first = Math.min(first, chunk.passages ? chunk.passages[at] : chunk.positions(at, missing)[0] / size | 0); });
        if (first < Infinity) firsts.set(first, (firsts.get(first) || new Set()).add(word));
      } else {
        meet(lists, (_, chunk, at) => add(chunk.positions(at, missing)));
      }
      for (const field of BESIDE) {
        if (lists) meet(run.lists(field, tokens[0]), () => beside.add(word));
        else if (run.evaluate(field, tokens, [doc]).docs.length) beside.add(word);
      }
    }
    places.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    // The most different words of a window that begins in a file.
    const counts = new Map();
    let end = 0;
    for (const [start, word] of places) {
      for (; end < places.length && places[end][0] <= start + SPAN; end++) counts.set(places[end][1], (counts.get(places[end][1]) || 0) + 1);
      const file = start / size | 0, left = counts.get(word) - 1;
      most.set(file, Math.max(most.get(file) || 0, counts.size));
      if (left) counts.set(word, left); else counts.delete(word);
    }
    if (!most.size) firsts.forEach((words, file) => most.set(file, words.size));
    const seats = [...most].sort((a, b) => b[1] - a[1] || a[0] - b[0]), at = seats.findIndex(([, weight]) => weight < beside.size);
    if (beside.size) seats.splice(at < 0 ? seats.length : at, 0, [0, beside.size]);
    return seats;
  };

  /** A word as it stands in quotes, where it has several pieces: what stands as typed is shown before its pieces. */
  const wholesOf = ({ normal, quoted, texts }) => {
    const whole = quoted || normal.length > 64 ? null : jianyan.query.read(normal, true, null);
    return whole && whole.pieces.length > 1 ? whole.texts.filter(({ text }) => !texts.some(known => known.text === text)) : [];
  };

  /** The number of a word's articles and numbers, and of what it is as a whole: they count beside its pieces. Those of a
      synonym count as the word. */
  const besides = ({ synonym, first }) => synonym ? first : -1 - first, wholly = ({ synonym, first }) => synonym ? first : first + 0.5;

  /** The passage files of a document that may hold the best passage, each with the most that it can weigh as far as positions
      tell, the likeliest first; `laws`, those of the articles asked for with their laws that the document cites. */
  jianyan.seats = (run, { doc, tier }) => {
    const words = [], strict = tier === 'strict';
    // What stands within longer runs, or is written in other ways.
    let scattered = false, listed = false;
    if (strict) for (const mark of run.plan.marks) {
      const { texts, articles, cited, number, first, synonym } = mark;
      texts.forEach(({ tokens, part }, i) => {
        scattered = scattered || part;
        if (tokens) words.push({ word: synonym ? first : first + i, tokens });
      });
      for (const { tokens } of wholesOf(mark)) words.push({ word: wholly(mark), tokens });
      for (const { text } of articles.concat(cited)) words.push({ word: besides(mark), tokens: [{ text, at: 0 }] });
      // An article or a number may stand where the index tells nothing: in a list, within a range, further down under its own law.
      listed = listed || !!number || articles.length + cited.length > 0;
    }
    let seats = told(run, doc, words), most = LOOKED;
    if (!seats.length) {
      jianyan.widen(run.plan);
      seats = told(run, doc, run.plan.texts.map((text, word) => ({ word, tokens: [{ text, at: 0 }] })));
      if (strict) most = 1;
    }
    seats = seats.slice(0, most);
    const inTurn = listed || scattered && !seats.length ? SCATTERED : +!seats.length;
    for (let file = 0; file < inTurn; file++) if (seats.every(([own]) => own !== file)) seats.push([file, 0.5]);
    const laws = run.plan.marks.flatMap(mark => mark.laws).filter(law => run.evaluate(LAWS, [{ text: law }], [doc]).docs.length);
    return Object.assign(seats, { laws });
  };

  /** What the citation of an asked article counts: more than all words of a query together. */
  const CITED = 1000;
  const DIGITS = '\\d〇零○一二两三四五六七八九十百千\\s', NUMBER = `[${DIGITS}]+`, PART = `${DIGITS}第款项目()的`;
  /** Bytes of what stands between articles of one law; what it is made of, what says that another version follows, and words
      that say what an article is about: 规定的盗窃罪、. */
  const LONGEST = 120, LISTING = new RegExp(`^[${PART}、,/;和及以与或者至到~—–―─前中-]*$`), REVISED = /现为|年修[正订改]后|修[正订改]后/g;
  const ABOUT = new RegExp(`^[${PART}之中]*([^]*?)(?:或者|以及|[、和或及与])\\s*$`), OBJECT = /^(?:(?:规定|所[列称]|关于)的?[^,。;:《》第条]{0,20}|[^,。;:《》第条]{0,19}罪)$/u;
  /** What a bracket says of an article; those that number a paragraph or an item stay. */
  const ASIDE = new RegExp(`\\((?![${DIGITS}]*\\))[^()条]{1,20}\\)`, 'gu');

  /** Whether a list goes on over what stands between two articles. */
  const joins = between => {
    if (unescape(encodeURIComponent(between)).length > LONGEST) return false;
    const plain = between.replace(ASIDE, ''), [, said = ''] = ABOUT.exec(plain) || [];
    return OBJECT.test(said) || LISTING.test(plain.replace(REVISED, ''));
  };

  /** Laws whose names end no longer name, and what may stand before the name of another. */
  const BASIC = /^(?:宪法|刑法|民法(?:典|通则)|(?:刑事|民事|行政)诉讼法)$/, BEFORE = '(?<=(?:^|[^\\p{Alphabetic}]|[a-z]|[依根]据|[按依参比对]照|违反|适用|触犯|符合|' +
    '援引|引用|构成|属于|认为|认定为|鉴于|把握|现行|我国|或者|以及|和(?!国)|[及与或的了是在依即但而])(?:中华人民共和国)*)';

  /** Whether a text that articles follow names this law last (《刑法》(2020年修正)第二编, 刑法分则) or lists on from its article
      that ends `from` there (刑法第263条、); whether they begin with 第 is said, too. src/markdown/citation.rs reads laws more
      closely; here the name is known. */
  const names = law => {
    const all = [law, ...Object.keys(jianyan.laws).filter(short => jianyan.laws[short] === law)];
    const name = `(?:${all.join('|').replace(/[()]/g, '\\$&')})`, bracket = '(?:\\([^()]*\\))?', basic = BASIC.test(law);
    const pattern = new RegExp(`(?:[《〈](?:中华人民共和国)?${name}${bracket}[》〉]|(?<!《[^》]*)${basic ? '' : BEFORE}${name})\\s*${bracket}(?:[总分附]则)?` +
      `(?:第${NUMBER}[章节编])*的?中?[("“「]?\\s*$`, 'u');
    const lists = (between, ordinal) => (ordinal || /(?:[、,/和及与或]|或者)\s*$/.test(between)) && joins(between);
    return (before, ordinal, from) => (ordinal || basic || !all.some(own => before.trimEnd().endsWith(own))) && pattern.test(before.slice(-300)) ||
      from >= 0 && lists(before.slice(from), ordinal);
  };

  const SIGNS = '[()〔〕[\\]【】第号\\s-]';

  /** Runs of digits and other letters, however they are written. */
  const asWritten = runs => runs.map((run, i) => (i ? SIGNS + (/\d/.test(run) && /\d/.test(runs[i - 1]) ? '+' : '*') : '') + run).join('');

  /** Where a number stands, from its canonical form: by itself, in a list or within a range. */
  const numberIn = number => {
    const runs = number.replace(/[()〔〕[\]【】第号\s-]+/g, ' ').trim().match(/\d+|[^\d\s]+/g), last = runs.pop();
    const begin = (number[0] === '(' ? '[(〔[【]?' : '') + '(?<!\\d)', own = new RegExp(`${begin}${asWritten([...runs, last])}(?!\\d)号?`, 'g');
    const stem = new RegExp(begin + asWritten(runs) + SIGNS + '*', 'g');
    return (text, add) => {
      text.replace(own, (found, at) => { add(at, at + found.length); return ''; });
      text.replace(stem, (found, at) => {
        for (const { digits, start, end } of listed.numbers(text, at, at + found.length)) if (digits === last) add(start, end);
        return '';
      });
    };
  };

  /** The law that a document of this title is, as `laws` names it. */
  const lawOf = (title = '') => {
    const name = normal(title).replace(/[\s《》]/g, '').replace(/^中华人民共和国(?=.)/, '').replace(/\((?:\d*|[^()]*(?:年|修正|修订)[^()]*)\)$/, '');
    return jianyan.laws.hasOwnProperty(name) ? jianyan.laws[name] : name;
  };

  /** Adds to what is looked for articles, before all else where their law is cited or they open in that law itself, and numbers;
      `laws` are those that the document cites: what its words look like doesn't tell. A text by itself may cite any. */
  jianyan.cited = ([typed, tokens], { marks }, { title } = {}, { laws } = {}) => {
    const spans = new Map(), numbers = [], asked = marks.flatMap(word => word.laws);
    for (const mark of marks) {
      const { articles, cited, number, synonym } = mark, kind = synonym ? 'synonym' : 'exact', word = besides(mark);
      for (const { text, whole } of wholesOf(mark)) if (!typed.needles.has(text)) typed.needles.set(text, { kind, whole, word: wholly(mark) });
      for (const { text } of articles.concat(cited)) if (!spans.has(text)) spans.set(text, { kind, word });
      if (number) numbers.push([numberIn(number), { kind, word }]);
    }
    // What a range leaves out ends before the last 条 or 号: that is marked with it.
    const ending = (normal, end, unit) => end + (normal[end] === unit), articleOf = law => law.slice(law.indexOf('#'));
    /** Finds articles under any law, the law's own where they open, those that are cited, and numbers. */
    const others = (free, own, named) => (normal, add) => {
      const [first] = own.length ? articles(normal) : [];
      if (first && own.includes(first.text) && !normal.slice(0, first.start).trim()) add(first.start, first.end, spans.get(first.text), CITED);
      for (const { text, start, end } of free.size ? articles(normal).concat(listed.articles(normal)) : []) {
        if (free.has(text)) add(start, ending(normal, end, '条'), free.get(text));
      }
      for (const [token, cites] of named) {
        for (const { text, start, end } of listed.cited(normal, cites)) if (text === token && spans.has(text)) add(start, ending(normal, end, '条'), spans.get(text), CITED);
      }
      for (const [stands, what] of numbers) stands(normal, (start, end) => add(start, ending(normal, end, '号'), what));
    };
    const name = lawOf(title), own = asked.filter(law => law.startsWith(name + '#')).map(articleOf);
    const named = [...new Set(laws || asked)].map(law => [articleOf(law), names(law.slice(0, law.indexOf('#')))]);
    const free = new Map([...spans].filter(([text]) => asked.every(law => articleOf(law) !== text)));
    const all = [{ ...typed, others: others(spans, [], []) }, tokens];
    return own.length || named.length ? [{ ...typed, others: others(free, own, named), least: CITED }].concat(all) : all;
  };

  /** The best three passages of a hit, each as `jianyan.snippet` gives it. */
  jianyan.passages = async ({ run, plan }, hit) => {
    const seats = jianyan.seats(run, hit), files = [...new Set(seats.map(([number]) => number))].slice(0, 3), file = number => run.bundle.passage(hit.doc, number);
    const { files: count } = await file(files[0]), passages = await Promise.all(files.filter(number => number < count).map(file));
    return jianyan.snippets(plan, hit.tier, passages.flatMap(passage => passage.blocks), 3, passages[0].m, seats);
  };
})(jianyan);
