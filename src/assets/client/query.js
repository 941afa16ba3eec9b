/* From a query to a plan: syntax, pieces, alternatives, what is scored.
   docs/search.md, sections 3 and 4; src/query/syntax.rs and src/query/plan are its twins. */
var jianyan = jianyan || {};
(jianyan => {
  'use strict';
  const { normal: normalize, sequences, tokensOf, articles, keyOf, jointOf, partOf, CJK } = jianyan.analyzer;
  const SPACE = '\\t-\\r \\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000';
  const SPACES = new RegExp(`[${SPACE}]*`, 'y'), WORD = new RegExp(`[^${SPACE}]*`, 'y');
  const BLANK = new RegExp(`[${SPACE}]`), EDGES = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, 'g');
  const CLOSING = { '"': '"', '“': '”', '「': '」' };
  const LIMIT = 64, OR = /^(OR|ＯＲ|或)$/;
  /** Fields by their bits: where words are looked for, single characters, numbers, citations, parts of letter-or-digit
      units; of titles alone those of words, characters and parts. */
  const STRICT = [0, 1, 2, 3, 5], CHARS = [6], NUMBER = [7], LAWS = [8], PARTS = [9], ARTICLES = [...STRICT, 12];
  const OF_TITLE = new Map([[STRICT, [0]], [CHARS, [10]], [PARTS, [11]]]);

  /** Filters by every name that they answer to; src/index/facet.rs has them. */
  const NAMES = new Map();
  for (const line of String(jianyan.filters).split(/[,|]/)) {
    const names = line.split(' ');
    for (const name of names) NAMES.set(name, names[0]);
  }

  const trim = text => text.replace(EDGES, '');
  const toNormal = text => trim(normalize(text));

  // ---- syntax ----

  /** Reads a query as typed: items (words, operators, filters) and what the reader is to be told. */
  const parse = text => {
    let at = 0;
    const items = [], notes = [], note = (name, about) => {
      const code = 'query.' + name;
      if (!notes.some(known => known.code === code && known.about === about)) notes.push({ code, about });
    };

    const take = pattern => {
      pattern.lastIndex = at;
      const found = pattern.exec(text)[0];
      at += found.length;
      return found;
    };

    /** An exact text at `at`; null when none is there. An opening mark that nothing closes is dropped. */
    const quote = () => {
      for (let closing; (closing = CLOSING[text[at]]); at++) {
        const end = text.indexOf(closing, at + 1), inner = text.slice(at + 1, end);
        if (end >= 0) {
          at = end + 1;
          return inner;
        }
        note('unclosed-quote', text.slice(at));
      }
      return null;
    };

    const reader = { text, notes, note, take: () => take(WORD), blanks: () => take(SPACES), quote, get at() { return at; }, set at(to) { at = to; } };

    /** The filter that a word is. A page that only marks words steps over it. */
    const filter = word => {
      const { filterOf } = jianyan.query;
      const [head, name] = /^([^:：]*)[:：]/.exec(word) || [];
      if (!head) return null;
      if (filterOf) return filterOf(word, head, name, reader);
      if (!NAMES.has(name)) return null;
      at += head.length;
      if (quote() === null) take(WORD);
      return { none: true };
    };

    const operand = () => {
      const exact = quote();
      if (exact !== null) return { text: exact, quoted: true };
      take(SPACES);
      if (at >= text.length) return null;
      const from = at, word = take(WORD), end = at;
      at = from;
      const found = filter(word);
      if (found) return found;
      at = end;
      return { text: word, quoted: false, operator: OR.test(word) };
    };

    for (take(SPACES); at < text.length; take(SPACES)) {
      const negative = /[-－]/.test(text[at]) && at + 1 < text.length && !BLANK.test(text[at + 1]);
      if (negative) at++;
      const item = operand();
      if (item && !item.none) items.push(Object.assign(item, { negative }));
    }
    (jianyan.query.repeatTimes || Object)(items);
    return { items: joinSpans(items), notes, note };
  };

  /** Makes one word of the plain words that an article span runs through: 第 264 条 is one thing. */
  const joinSpans = items => {
    const out = [];
    let run = [];
    const join = () => {
      const normals = run.map(item => normalize(item.text)), spans = articles(normals.join(' '));
      let end = -1, at = 0, runsOn = false;
      run.forEach((item, i) => {
        if (runsOn) out[out.length - 1].text += ' ' + item.text;
        else out.push(item);
        end += 1 + normals[i].length;
        while (at < spans.length && spans[at].end <= end) at++;
        runsOn = at < spans.length && spans[at].start < end;
      });
      run = [];
    };
    for (const item of items) {
      if (!item.filter && !item.quoted && !item.negative && !item.operator) {
        run.push(item);
      } else {
        join();
        out.push(item);
      }
    }
    join();
    return out;
  };

  /** Groups the items: clauses of words joined by OR, excluded words, filters, of which those of one group are alternatives. */
  const group = ({ items, note }) => {
    const clauses = [], excluded = [], filters = [], names = {};
    let last = '', joined = 0, used = 0;
    for (let i = 0; i < items.length; i++) {
      const item = items[i], next = items[i + 1], kind = next && !next.negative && !next.operator && (next.filter ? 'filter' : 'word');
      if (item.operator && !item.negative) {
        if (!kind || kind !== last) {
          note('dangling-operator', item.text);
        } else if (next.filter) {
          joined = filters[filters.length - 1].group = next.group = joined || ++used;
          filters.push(items[++i]);
        } else {
          clauses[clauses.length - 1].push(items[++i]);
        }
      } else if (item.filter) {
        joined = 0;
        item.group = names[item.filter] || (names[item.filter] = ++used);
        filters.push(item);
        last = item.negative ? '' : 'filter';
      } else {
        if (item.negative) excluded.push(item);
        else clauses.push([item]);
        last = item.negative ? '' : 'word';
      }
    }
    return { clauses, excluded, filters };
  };

  // ---- words ----

  const isChar = units => units.length === 1 && units[0].cjk;
  const fieldsOf = units => isChar(units) ? CHARS : STRICT;
  const phraseOf = units => tokensOf(units).map((token, at) => ({ text: token.text, at }));
  const single = (fields, text) => ({ fields, tokens: [{ text, at: 0 }] });

  /** Admits the first distinct tokens of a query: gives how many units of a piece are kept. */
  const limiter = () => {
    const seen = new Set();
    const admit = units => {
      const before = admit.exceeded;
      for (const token of tokensOf(units)) {
        if (seen.has(token.text)) continue;
        if (seen.size >= LIMIT) {
          admit.exceeded = true;
          const kept = token.unit + token.units - 1;
          return before || kept < 2 ? 0 : kept;
        }
        seen.add(token.text);
      }
      return units.length;
    };
    admit.exceeded = false;
    return admit;
  };

  const touches = (unit, article) => unit.start < article.end && unit.end > article.start;

  /** Whether two units are parts of one number: digits with a point between, or with a comma before three of them. */
  const isPoint = (before, between, unit) => /\d$/.test(before) && (between === '.' ? /^\d/ : between === ',' ? /^\d{3}$/ : /$^/).test(unit);

  /** What stands where pieces stand side by side; the first and the last unit may go on where `left` and `right` say
      so. A lone unit at an end is told by its joint. */
  const placesOf = (normal, run, left, right) => {
    const out = [], all = run.flat(), first = left && all[0], last = right && all[all.length - 1];
    let at = 0, before = null;
    const add = place => { if (place) out.push({ ...place, at }); at++; };
    run.forEach((units, n) => units.forEach((unit, i) => {
      if (before && !i) {
        const open = unit === last, text = jointOf(before.text, normal.slice(before.end, unit.start), unit.text);
        add(before === first ? { text: text.slice(0, text.lastIndexOf('\x01')), behind: unit.text, open, begins: true } : { text, begins: open });
      }
      if (!unit.cjk || units.length === 1) {
        const told = units.length === 1 && (!n || n + 1 === run.length);
        add(!told && unit !== first && unit !== last && { text: unit.text });
      }
      const next = units[i + 1];
      if (next) add({ text: keyOf(unit.text + next.text), begins: unit === first || next === last });
      before = unit;
    }));
    return out.map(place => ({ ...place, at: place.at - out[0].at }));
  };

  /** A word read within the limit: its normal form, what is left of its pieces, its article spans, the number that it
      is, the texts that it asks for, and the ways in which it matches: lists of tests, all of which must hold. */
  const read = (text, quoted, admit) => {
    const normal = toNormal(text), all = sequences(normal), pieces = [], runs = [];
    let whole = false;
    for (const units of all) {
      const kept = units.slice(0, admit ? admit(units) : units.length), last = pieces[pieces.length - 1];
      if (kept.length) {
        const before = last && last[last.length - 1], between = last && normal.slice(before.end, kept[0].start);
        if (whole && (quoted ? !between.includes('\n') : isPoint(before.text, between, kept[0].text))) runs[runs.length - 1].push(kept);
        else runs.push([kept]);
        pieces.push(kept);
      }
      whole = kept.length === units.length;
    }
    const found = articles(normal), spans = [], touched = new Set();
    let at = 0;
    for (const unit of pieces.flat()) {
      while (at < found.length && found[at].end <= unit.start) at++;
      if (at === found.length || !touches(unit, found[at])) continue;
      touched.add(unit);
      if (spans[spans.length - 1] !== found[at]) spans.push(found[at]);
    }
    const number = pieces.length && jianyan.query.numberOf ? jianyan.query.numberOf(normal) : '', tests = [], texts = [], seen = new Set();
    // Letters and digits may go on beyond what was typed, unless they are an article's number.
    const open = unit => !unit.cjk && (quoted || !touched.has(unit));
    for (const run of runs) {
      const [first] = run[0], units = run[run.length - 1], last = units[units.length - 1], left = open(first), right = open(last);
      const text = normal.slice(first.start, last.end).replace(/ +/g, ' '), test = first !== last ? { fields: STRICT, tokens: placesOf(normal, run, left, right) }
        : left ? { fields: PARTS, tokens: [partOf(first.text)] } : single(fieldsOf(units), first.text);
      const whole = [!left, !right], key = text + whole;
      if (!seen.has(key)) tests.push(test);
      // How it stands in the body: a part as a whole unit, a lone character nowhere in particular.
      if (!seen.has(text)) texts.push({
        text, whole, part: first === last && (left || first.cjk), tokens: first !== last ? test.tokens : first.cjk ? null : [{ text, at: 0 }]
      });
      seen.add(key).add(text);
    }
    const ways = pieces.length ? [tests] : [], [span] = spans;
    const { laws, cited, meant } = pieces.length && jianyan.query.cited ? jianyan.query.cited(normal, spans) : { laws: [], cited: [], meant: spans };
    if (!quoted && span && !span.start && follow(normal, spans)) ways.push(meant.map(one => single(ARTICLES, one.text)));
    if (!quoted && laws.length) ways.push(laws.map(text => single(LAWS, text)));
    else if (!quoted && cited.length) ways.push(cited.map(one => single(ARTICLES, one.text)));
    if (!quoted && number) ways.push([single(NUMBER, number)]);
    return { normal, quoted, empty: !all.length, pieces, touched, articles: spans, cited, number, laws, texts, ways };
  };

  /** Whether article spans follow each other to the end of a word. */
  const follow = (normal, spans) => spans.every((span, i) => !trim(normal.slice(span.end, i + 1 < spans.length ? spans[i + 1].start : normal.length)))
    && spans[spans.length - 1].end === normal.length;

  // ---- what is scored ----

  const FUNCTION_WORD = /[的了是吗呢吧啊么哪谁何]/;

  /** Tokens that are scored together, each once: those of text fields with what their weight depends on,
      single characters, phrases. */
  class Member {
    constructor(factor) {
      Object.assign(this, { factor, tokens: new Map(), chars: new Set(), phrases: new Map() });
    }

    /** Adds a token; `numeral` is 'article', 'number' or empty, `around` its two neighbours or null. */
    token(text, numeral, loose, around) {
      if (!this.tokens.has(text)) this.tokens.set(text, { text, numeral, loose, around: [] });
      this.tokens.get(text).around.push(around);
    }

    sequence(units) {
      if (isChar(units)) return;
      const tokens = tokensOf(units), joined = token => token && token.units === 2;
      tokens.forEach((token, i) => {
        const loose = joined(token) && (FUNCTION_WORD.test(token.text) || !units[token.unit].cjk || !units[token.unit + 1].cjk);
        const inner = joined(token) && joined(tokens[i - 1]) && joined(tokens[i + 1]);
        this.token(token.text, '', loose, inner ? [tokens[i - 1].text, tokens[i + 1].text] : null);
      });
      if (units.length > 2) this.phrases.set(units.map(unit => unit.text).join('\n'), phraseOf(units));
    }

    /** Adds a word: article and number tokens stand in place of the units that they touch. */
    word({ number, articles, pieces, touched }) {
      if (number) {
        this.token(number, 'number', false, null);
        return this;
      }
      for (const article of articles) this.token(article.text, 'article', false, null);
      for (const units of pieces) {
        let run = [];
        if (isChar(units) && !touched.has(units[0])) this.chars.add(units[0].text);
        for (const unit of units) {
          if (touched.has(unit)) {
            this.sequence(run);
            run = [];
          } else {
            run.push(unit);
          }
        }
        this.sequence(run);
      }
      return this;
    }
  }

  const known = new WeakMap();

  /** A synonym group read, once: members with their normal forms, as src/query/synonyms.rs takes them. */
  const readGroup = group => {
    const members = known.get(group) || new Map();
    if (!members.size) for (const text of group) {
      const normal = toNormal(text);
      if (sequences(normal).length && !members.has(normal)) members.set(normal, text);
    }
    known.set(group, members);
    return members;
  };

  /** The plan of a query under the synonym groups of a site; `without` lists members, in normal form, whose groups the
      reader took away. */
  const plan = (text, synonyms, without) => {
    const parsed = parse(text), { note, notes } = parsed, { clauses, excluded, filters: asked } = group(parsed);
    const groups = synonyms.map(readGroup), taken = new Map(), marks = [];
    const own = new Member(1), parts = [[own]];
    let admit = limiter(), numbered = false, places = 0;

    const readWord = item => {
      const word = read(item.text, item.quoted, admit);
      if (word.empty) note('empty-word', item.text);
      return word;
    };

    const required = item => {
      const word = readWord(item);
      if (!word.ways.length) return [];
      numbered = numbered || !!word.number || word.articles.length > 0;
      // Words that say the same share a number; of a typed one each piece has its own.
      marks.push(Object.assign(word, { first: places }));
      places += Math.max(word.texts.length, 1);
      const members = !item.quoted && !without.includes(word.normal) && groups.find(group => group.has(word.normal));
      if (!members) {
        own.word(word);
        return word.ways;
      }
      const others = [...members.keys()].filter(normal => normal !== word.normal).map(normal => members.get(normal));
      const readings = others.map(text => Object.assign(read(text, false, null), { first: word.first, synonym: true }));
      note('synonyms', others.join('、'));
      marks.push(...readings);
      if (!taken.has(members)) {
        taken.set(members, new Map(readings.map(reading => [reading.normal, new Member(0).word(reading)])));
        parts.push(taken.get(members));
      }
      // A factor of 0 stands for the site's factor on members that nobody typed.
      taken.get(members).set(word.normal, new Member(1).word(word));
      return readings.reduce((ways, reading) => ways.concat(reading.ways), word.ways);
    };

    // What is asked for twice is read once.
    const once = () => {
      const seen = new Set(), keyOf = JSON.stringify;
      return items => !seen.has(keyOf(items)) && seen.add(keyOf(items));
    };
    const matched = clauses.filter(once()).map(items => items.flatMap(required)).filter(ways => ways.length);
    let exceeded = admit.exceeded;
    admit = limiter();
    const refused = excluded.filter(once()).map(item => readWord(item).ways).filter(ways => ways.length);
    if (exceeded || admit.exceeded) note('token-limit', String(LIMIT));
    const filters = asked.filter(once());
    for (const filter of filters) {
      if (filter.filter !== 'title') continue;
      const [tests] = read(filter.value, filter.quoted, null).ways;
      filter.ways = [tests.map(({ fields, tokens }) => ({ fields: OF_TITLE.get(fields), tokens }))];
    }
    return {
      text, clauses: matched, excluded: refused, filters, notes, numbered, marks,
      parts: parts.map(members => [...members.values()]), groups, without, texts: [],
      empty: !matched.length && !refused.length && !filters.length
    };
  };

  jianyan.query = { parse, plan, read, follow, touches, trim, NAMES, OR, SPACE, FUNCTION_WORD };
})(jianyan);
