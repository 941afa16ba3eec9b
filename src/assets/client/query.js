/* From a query to a plan: syntax, pieces, alternatives, what is scored.
   docs/search.md, sections 3 and 4; src/query/syntax.rs and src/query/plan are its twins. */
var jianyan = jianyan || {};
(jianyan => {
  'use strict';
  const { normal: normalize, sequences, tokensOf, articles, CJK } = jianyan.analyzer;
  const SPACE = '\\t-\\r \\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000';
  const SPACES = new RegExp(`[${SPACE}]*`, 'y'), WORD = new RegExp(`[^${SPACE}]*`, 'y');
  const BLANK = new RegExp(`[${SPACE}]`), EDGES = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, 'g');
  const CLOSING = { '"': '"', '“': '”', '「': '」' };
  const LIMIT = 64;
  /** Fields by their bits: where words are looked for, single characters, numbers, citations. */
  const STRICT = [0, 1, 2, 3, 5], CHARS = [6], NUMBER = [7], LAWS = [8];

  const NAMES = new Map();
  for (const line of ('title 标题 题名|unit 单位|department 部门|author 作者|number 编号 文号 案号|law 法条 法律|kind 类别|' +
    'level adopted 层级 转化层级|form 转化形式|rank 等次 案例等次|case_level 案例层级|state 状态|line 条线 业务条线|tag 标签|' +
    'cause 案由|year 年份 年').split('|')) {
    const names = line.split(' ');
    for (const name of names) NAMES.set(name, names[0]);
  }

  const trim = text => text.replace(EDGES, '');
  const toNormal = text => trim(normalize(text));

  // ---- syntax ----

  /** A year; `absent` where none stands, NaN where it can't be read. */
  const year = (text, absent) => {
    const match = /^\+?(\d+)年*$/.exec(trim(text));
    return !trim(text) ? absent : match && +match[1] < 65536 ? +match[1] : NaN;
  };

  /** The years of a filter's value as a pair; null when it can't be read. */
  const years = value => {
    const normal = normalize(value), at = normal.indexOf('..');
    const from = year(at < 0 ? normal : normal.slice(0, at), at < 0 ? NaN : -Infinity);
    const to = at < 0 ? from : year(normal.slice(at + 2), Infinity);
    return !isNaN(from) && !isNaN(to) && (isFinite(from) || isFinite(to)) ? [from, to] : null;
  };

  /** Reads a query as typed: items (words, operators, filters) and what the reader is to be told. */
  const parse = text => {
    let at = 0;
    const items = [], notes = [], note = (code, about) => notes.push({ code: 'query.' + code, about });

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

    const filter = word => {
      const match = /^([^:：]*)[:：]/.exec(word);
      if (!match) return null;
      const name = NAMES.get(match[1].replace(/[A-Z]/g, c => c.toLowerCase()));
      if (!name) {
        if (/^[A-Za-z_]+$/.test(match[1])) note('unknown-filter', match[1]);
        return null;
      }
      const from = at, before = notes.length;
      at += match[0].length;
      let value = quote();
      if (value === null) value = take(WORD);
      const range = name === 'year' ? years(trim(value)) : undefined;
      if (trim(value) && range !== null) return { filter: name, value: trim(value), range };
      notes.length = before;
      note('bad-filter', word);
      at = from;
      return null;
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
      return { text: word, quoted: false, operator: word === 'OR' || word === '或' };
    };

    for (take(SPACES); at < text.length; take(SPACES)) {
      const negative = /[-－]/.test(text[at]) && at + 1 < text.length && !BLANK.test(text[at + 1]);
      if (negative) at++;
      const item = operand();
      if (item) items.push(Object.assign(item, { negative }));
    }
    return { items: joinSpans(items), notes, note };
  };

  const isPlain = item => item && item.quoted === false && !item.negative && !item.operator;

  /** Makes one word of the plain words that an article span runs through: 第 264 条 is one thing. */
  const joinSpans = items => {
    const out = [];
    for (let i = 0, from = 0; i < items.length; i++) {
      // A run of plain words begins where the item before is none.
      if (!isPlain(items[i - 1])) from = i;
      let end = from;
      while (isPlain(items[end])) end++;
      const until = n => items.slice(from, n).map(item => normalize(item.text)).join(' ').length;
      const spans = isPlain(items[i]) && i > from ? articles(items.slice(from, end).map(item => normalize(item.text)).join(' ')) : [];
      if (spans.some(span => span.start < until(i) && until(i) < span.end)) out[out.length - 1].text += ' ' + items[i].text;
      else out.push(items[i]);
    }
    return out;
  };

  /** Groups the items: clauses of words joined by OR, excluded words, filters. */
  const group = ({ items, note }) => {
    const clauses = [], excluded = [], filters = [];
    let after = false;
    for (let i = 0; i < items.length; i++) {
      const item = items[i], next = items[i + 1];
      if (item.filter) filters.push(item);
      else if (item.negative) excluded.push(item);
      else if (item.operator && after && next && !next.filter && !next.negative && !next.operator) {
        clauses[clauses.length - 1].push(items[++i]);
      } else {
        if (item.operator) note('dangling-operator', item.text);
        clauses.push([item]);
      }
      after = !item.filter && !item.negative;
    }
    return { clauses, excluded, filters };
  };

  // ---- words ----

  const isChar = units => units.length === 1 && units[0].cjk;
  const fieldsOf = units => isChar(units) ? CHARS : STRICT;
  const phraseOf = (units, from) => tokensOf(units).map((token, i) => ({ text: token.text, at: from + i }));
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

  /** Canonical form of a word that is wholly a number, such as 检例142号; empty for any other. */
  const numberOf = word => {
    const open = '[(〔\\[【][ \\t]*(\\d{4})[ \\t]*[)〕\\]】][ \\t]*', han = '[\\u4E00-\\u9FFF';
    const digits = '(\\d{1,6})(?:[ \\t]*[-‐‑−]+[ \\t]*(\\d{1,6}))?[ \\t]*号$';
    // A greater number behind the hyphen makes a range: several numbers.
    const canonical = (before, first, part) =>
      part === undefined ? `${before}${+first}号` : +part <= +first ? `${before}${+first}-${+part}号` : '';
    let match = new RegExp(`^检例[ \\t]*第?[ \\t]*${digits}`).exec(word);
    if (match) return canonical('检例', match[1], match[2]);
    match = new RegExp(`^${open}((?![第号])${han}](?:(?!号)${han}\\d ]){0,23}?)${digits}`).exec(word);
    if (match) {
      const fits = !/\d$/.test(match[2]) && match[2].length + match[3].length <= 24;
      return fits ? canonical(`(${match[1]})${match[2].replace(/ /g, '')}`, match[3], match[4]) : '';
    }
    match = new RegExp(`^(${han}a-z]*)[ \\t]*${open}第?[ \\t]*${digits}`).exec(word);
    return match ? canonical(`${match[1]}${match[2]}-`, match[3], match[4]) : '';
  };

  /** The `laws` term of a law's name and an article; empty when it is none. */
  const lawOf = (name, article) => {
    name = name.replace(new RegExp(`[${SPACE}《》]`, 'g'), '').replace(/^中华人民共和国/, '');
    const good = new RegExp(`^[\\p{Alphabetic}\\p{N}${CJK}()]+$`, 'u').test(name) && /^#\d+条/.test(article.text);
    return good ? name + article.text : '';
  };

  /** A word read within the limit: its normal form, what is left of its pieces, its article spans, the number that it
      is, and the ways in which it matches: lists of tests, all of which must hold. */
  const read = (text, quoted, admit) => {
    const normal = toNormal(text), all = sequences(normal), pieces = [], ways = [], tests = [];
    let runs = false, whole = false;
    for (const units of all) {
      const count = admit ? admit(units) : units.length, kept = units.slice(0, count), last = tests[tests.length - 1];
      if (count) {
        pieces.push(kept);
        if (quoted && runs && whole && count > 1) {
          // Neighbours in quotes run on as one phrase; a sequence ends with a gap of one.
          last.tokens.push(...phraseOf(kept, last.tokens[last.tokens.length - 1].at + 2));
        } else {
          tests.push({ fields: fieldsOf(kept), tokens: phraseOf(kept, 0) });
        }
        runs = count > 1;
      }
      whole = count === units.length;
    }
    const spans = articles(normal).filter(article => pieces.some(units => units.some(unit => touches(unit, article))));
    const number = pieces.length ? numberOf(normal) : '', [span] = spans;
    ways.push(tests);
    if (!quoted && spans.length === 1 && span.end === normal.length) {
      const law = span.start && lawOf(normal.slice(0, span.start), span);
      if (!span.start) ways.push([single(STRICT, span.text)]);
      else if (law) ways.push([single(LAWS, law)]);
    }
    if (!quoted && number) ways.push([single(NUMBER, number)]);
    return { normal, quoted, empty: !all.length, pieces, articles: spans, number, ways: pieces.length ? ways : [] };
  };

  // ---- what is scored ----

  const FUNCTION_WORD = /[的了是吗呢吧啊么哪谁何]/;

  /** Tokens that are scored together, each once: those of text fields with what their weight hangs on,
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
      if (units.length > 2) this.phrases.set(units.map(unit => unit.text).join('\n'), phraseOf(units, 0));
    }

    /** Adds a word: article and number tokens stand in place of the units that they touch. */
    word({ number, articles, pieces }) {
      if (number) {
        this.token(number, 'number', false, null);
        return this;
      }
      for (const article of articles) this.token(article.text, 'article', false, null);
      for (const units of pieces) {
        let run = [];
        if (isChar(units) && !articles.some(article => touches(units[0], article))) this.chars.add(units[0].text);
        for (const unit of units) {
          if (articles.some(article => touches(unit, article))) {
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

  /** Synonym groups read: members with their normal forms, as src/query/synonyms.rs takes them. */
  const readGroups = groups => groups.map(group => {
    const members = new Map();
    for (const text of group) {
      const normal = toNormal(text);
      if (sequences(normal).length && !members.has(normal)) members.set(normal, text);
    }
    return members;
  }).filter(members => members.size > 1);

  /** The plan of a query under the synonym groups of a site; `without` lists members, in normal form, whose groups the
      reader took away. */
  const plan = (text, synonyms, without) => {
    const parsed = parse(text), { note, notes } = parsed, { clauses, excluded, filters } = group(parsed);
    const groups = readGroups(synonyms), taken = new Map(), tokens = new Map(), marks = [];
    const own = new Member(1), parts = [[own]];
    let admit = limiter(), numbered = false;

    const readWord = item => {
      const word = read(item.text, item.quoted, admit);
      if (word.empty) note('empty-word', item.text);
      return word;
    };

    const required = item => {
      const word = readWord(item);
      if (!word.ways.length) return [];
      numbered = numbered || !!word.number || word.articles.length > 0;
      for (const units of word.pieces) {
        for (const token of tokensOf(units)) if (!tokens.has(token.text)) tokens.set(token.text, { text: token.text, fields: fieldsOf(units) });
      }
      marks.push(word);
      const members = !item.quoted && !without.includes(word.normal) && groups.find(group => group.has(word.normal));
      if (!members) {
        own.word(word);
        return word.ways;
      }
      const others = [...members.keys()].filter(normal => normal !== word.normal).map(normal => members.get(normal));
      const readings = others.map(text => Object.assign(read(text, false, null), { synonym: true }));
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

    const matched = clauses.map(items => items.flatMap(required)).filter(ways => ways.length);
    let exceeded = admit.exceeded;
    admit = limiter();
    const refused = excluded.map(item => readWord(item).ways).filter(ways => ways.length);
    if (exceeded || admit.exceeded) note('token-limit', String(LIMIT));
    for (const filter of filters) {
      const word = filter.reading = read(filter.value, false, null);
      if (filter.filter === 'title') filter.ways = word.ways.slice(0, 1).map(tests => tests.map(test => ({ fields: test.fields === CHARS ? CHARS : [0], tokens: test.tokens })));
      if (filter.filter === 'law') filter.term = word.ways.map(([test]) => test.fields === LAWS && test.tokens[0].text).find(Boolean);
      if (filter.filter === 'number') filter.term = word.number;
    }
    return {
      text, clauses: matched, excluded: refused, filters, notes, numbered, marks,
      parts: parts.map(members => [...members.values()]), tokens: [...tokens.values()],
      empty: !matched.length && !refused.length && !filters.length
    };
  };

  jianyan.query = { parse, plan };
})(jianyan);
