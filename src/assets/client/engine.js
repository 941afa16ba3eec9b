/* Matching and scoring over the lists of the bundle.
   docs/search.md, sections 3 to 5; src/query (strict, score, related, filter, facets) is its twin. */
var jianyan = jianyan || {};
(jianyan => {
  'use strict';
  const { mayChange, keyOf } = jianyan.analyzer, { FIELDS, files } = jianyan.bundle;
  const TITLE = 0, BODY = 1, CHARS = 6, NUMBER = 7, TEXTS = [0, 1, 2, 3, 4, 5];
  const ENOUGH = 10;
  /** Fields of what a page shows beside its body. */
  const BESIDE = [2, 3, 5];

  // ---- sets of documents: sorted arrays ----

  const union = (a, b) => {
    if (!a.length || !b.length) return a.length ? a : b;
    const out = [];
    for (let i = 0, j = 0; i < a.length || j < b.length;) {
      if (j === b.length || a[i] < b[j]) out.push(a[i++]);
      else if (i === a.length || a[i] > b[j]) out.push(b[j++]);
      else { out.push(a[i++]); j++; }
    }
    return out;
  };

  /** Those of `a` that are in `b`, or that are not. */
  const only = (a, b, inside) => {
    const out = [];
    for (let i = 0, j = 0; i < a.length; i++) {
      while (j < b.length && b[j] < a[i]) j++;
      if ((b[j] === a[i]) === inside) out.push(a[i]);
    }
    return out;
  };
  const common = (a, b) => only(a, b, true), without = (a, b) => only(a, b, false);

  // ---- BM25 as tantivy computes it, in single precision where that shows ----

  const round = Math.fround, K1 = round(1.2), B = 0.75;
  const idf = (n, df) => round(Math.log(round(1 + round(round(n - df + 0.5) / round(df + 0.5)))));

  /** The length that a byte stands for. */
  const lengthOf = byte => {
    const rest = byte - 24, shift = (rest >> 3) - 1;
    return byte < 24 ? byte : 24 + (shift < 0 ? rest : ((rest & 7) | 8) * 2 ** shift);
  };

  /** The greatest scores first, then by number. */
  const inOrder = found => found.sort((a, b) => b.score - a.score || a.doc - b.doc);

  /** Whether the rest of a name, behind how it begins, is that of a place. */
  const goesOn = ({ behind, open }) => rest => {
    if (behind === undefined) return true;
    const unit = rest.slice(rest.indexOf('\x01') + 1);
    return open ? unit.startsWith(behind) : unit === behind;
  };

  const keyOfPhrase = (field, tokens) => field + tokens.map(({ at, text, begins, behind, open }) => `\n${at} ${text} ${begins ? [behind, open] : ''}`).join('');

  /** Positions of several lists as one. */
  const merged = lists => lists.length === 1 ? lists[0] : Uint32Array.from(lists.flatMap(list => [...list])).sort();

  /** Positions of a document at which a phrase begins; `held` has the positions of each token. */
  const placesOf = (tokens, held) => {
    let least = 0;
    held.forEach((own, l) => { if (own.length < held[least].length) least = l; });
    const next = new Uint32Array(held.length), out = [];
    for (const position of held[least]) {
      const start = position - tokens[least].at;
      const here = held.every((own, l) => {
        const target = start + tokens[l].at;
        while (own[next[l]] < target) next[l]++;
        return own[next[l]] === target;
      });
      if (here) out.push(start);
    }
    return out;
  };

  /** A plan run over what is loaded. It notes the files that it lacks in `missing`; once there are none, results
      stand. */
  class Run {
    constructor(bundle, plan) {
      Object.assign(this, { bundle, plan, n: bundle.head.n, missing: {}, phrases: new Map(), norms: [] });
    }

    /** Runs a step until it lacks nothing, loading what it lacks in between; null once it isn't wanted. */
    async settle(step, { current = () => true, pause = () => {} } = {}) {
      for (;;) {
        this.missing = {};
        const result = step();
        if (!this.lacks) return result;
        await pause();
        if (!current()) return null;
        await files(Object.keys(this.missing));
        if (!current()) return null;
      }
    }

    get lacks() { return Object.keys(this.missing).length > 0; }

    list(field, term) {
      const lists = this.bundle.lists(keyOf(term), this.missing);
      return lists && lists[field];
    }

    df(field, term) {
      const list = this.list(field, term);
      return list ? list.df : 0;
    }

    // ---- strict ----

    /** Documents, at least of those `within` (null: of all), that hold the tokens of a phrase at their distances in a
        field; with the number of places in each. */
    phrase(field, tokens, within) {
      const key = keyOfPhrase(field, tokens);
      const known = this.phrases.get(key);
      if (known && (known.within === null || known.within === within)) return known;
      const found = Object.assign(this.evaluate(field, tokens, within), { within });
      if (!this.lacks) this.phrases.set(key, found);
      return found;
    }

    /** The lists of what may stand at a place. */
    lists(field, place) {
      if (place.begins) return this.bundle.beginning(field, place.text, goesOn(place), this.missing);
      const list = this.list(field, place.text);
      return list ? [list] : [];
    }

    evaluate(field, tokens, within) {
      const { missing } = this, none = { docs: [], counts: [] }, all = tokens.map(token => this.lists(field, token));
      if (!all.every(lists => lists.length)) return none;
      const df = lists => lists.reduce((sum, list) => sum + list.df, 0);
      let docs = within;
      for (const lists of all.slice().sort((a, b) => df(a) - df(b))) {
        docs = lists.map(list => {
          if (docs === null) return list.docs(missing);
          const kept = [];
          list.meet(docs, missing, i => kept.push(docs[i]));
          return kept;
        }).reduce(union);
      }
      if (this.lacks) return none;
      if (tokens.length === 1) return { docs };
      const held = all.map(lists => {
        const own = docs.map(() => []);
        for (const list of lists) list.meet(docs, missing, (i, chunk, at) => own[i].push(chunk.positions(at, missing) || []));
        return own;
      });
      if (this.lacks) return none;
      const out = { docs: [], counts: [], places: [] };
      for (let i = 0; i < docs.length; i++) {
        const places = placesOf(tokens, held.map(own => merged(own[i])));
        if (!places.length) continue;
        out.docs.push(docs[i]);
        out.counts.push(places.length);
        out.places.push(places);
      }
      return out;
    }

    /** A bound on the documents of a test, and of ways. */
    cost({ fields, tokens }) {
      const dfs = field => tokens.map(token => this.lists(field, token).reduce((sum, list) => sum + list.df, 0));
      return fields.reduce((sum, field) => sum + Math.min(...dfs(field)), 0);
    }

    costOf(ways) {
      return ways.reduce((sum, tests) => sum + Math.min(this.n, ...tests.map(test => this.cost(test))), 0);
    }

    /** Documents within a set in which a test holds. */
    test({ fields, tokens }, within) {
      const found = fields.reduce((docs, field) => union(docs, this.phrase(field, tokens, within).docs), []);
      return within === null ? found : common(found, within);
    }

    /** Documents within a set in which all tests of one of the ways hold. */
    match(ways, within) {
      return ways.reduce((docs, tests) => union(docs, tests.slice().sort((a, b) => this.cost(a) - this.cost(b))
        .reduce((own, test) => this.test(test, own), within)), []);
    }

    /** What passes filters and exclusions of some documents. */
    allowed(docs) {
      const { filters, excluded } = this.plan, groups = new Map(), dropped = [];
      for (const filter of filters) {
        const test = jianyan.columns.holds(this, filter);
        if (filter.negative) dropped.push(test);
        else groups.set(filter.group, (groups.get(filter.group) || []).concat(test));
      }
      if (this.lacks) return [];
      const tests = [...groups.values()];
      if (filters.length) docs = docs.filter(doc => tests.every(own => own.some(test => test(doc))) && !dropped.some(test => test(doc)));
      return excluded.reduce((left, ways) => left.length ? without(left, this.match(ways, left)) : left, docs);
    }

    strict() {
      const { plan } = this;
      let docs = null;
      if (plan.empty) return [];
      for (const ways of plan.clauses.slice().sort((a, b) => this.costOf(a) - this.costOf(b))) docs = this.match(ways, docs);
      return this.allowed(docs || Uint32Array.from({ length: this.n }, (_, doc) => doc));
    }

    // ---- score ----

    addTerm(scores, docs, field, text, boost) {
      const list = this.list(field, text);
      if (list) this.addLists(scores, docs, field, [list], boost, (i, chunk, at) => chunk.freqs[at]);
    }

    addPhrase(scores, docs, field, tokens, boost) {
      const lists = tokens.map(token => this.list(field, token.text)), counts = new Map();
      if (!lists.every(Boolean)) return;
      const found = this.phrase(field, tokens, docs);
      found.docs.forEach((doc, at) => counts.set(doc, found.counts[at]));
      this.addLists(scores, docs, field, lists, boost, i => counts.get(docs[i]) || 0);
    }

    /** Adds what a term, or a phrase, is worth: that of the frequencies in the documents of its first list. */
    addLists(scores, docs, field, lists, boost, freqOf) {
      const { totals, docs: { [field]: n } } = this.bundle.head, average = round(totals[FIELDS[field]] / n);
      const weight = boost * lists.reduce((sum, { df }) => sum + idf(n, df), 0);
      const norms = this.norms[field] || (this.norms[field] =
        Float32Array.from({ length: 256 }, (_, byte) => K1 * (1 - B + B * lengthOf(byte) / average)));
      lists[0].meet(docs, this.missing, (i, chunk, at) => {
        const freq = freqOf(i, chunk, at);
        scores[i] += weight * (1 + K1) * (freq / (freq + norms[chunk.norms[at]]));
      });
    }

    /** Weight of a token in a field: the greatest of its occurrences. */
    weight(field, { text, loose, around }, ranking) {
      if (loose) return ranking.loose;
      const own = this.df(field, text);
      const inner = around.every(pair => pair && pair.every(other => this.df(field, other) > own));
      return inner ? ranking.inner : 1;
    }

    addMember(scores, docs, member) {
      const { ranking } = this.bundle.head;
      for (const field of TEXTS) {
        const lifted = field === TITLE && this.plan.numbered, boost = lifted ? ranking.numbered : ranking[FIELDS[field]];
        for (const token of member.tokens.values()) {
          if (token.numeral === 'number') continue;
          const weight = token.numeral ? lifted ? ranking.number_factor : 1 : this.weight(field, token, ranking);
          this.addTerm(scores, docs, field, token.text, boost * weight);
        }
        for (const tokens of member.phrases.values()) this.addPhrase(scores, docs, field, tokens, ranking.phrase * boost);
      }
      for (const token of member.tokens.values()) {
        if (token.numeral === 'number') this.addTerm(scores, docs, NUMBER, token.text, ranking.numbered * ranking.number_factor);
      }
      for (const text of member.chars) this.addTerm(scores, docs, CHARS, text, ranking.chars);
    }

    /** Scores of sorted documents: the sum over the parts of the best member of each. */
    score(docs) {
      const { ranking } = this.bundle.head, scores = new Float64Array(docs.length);
      for (const members of this.plan.parts) {
        const best = new Float64Array(docs.length);
        for (const member of members) {
          const own = new Float64Array(docs.length);
          this.addMember(own, docs, member);
          own.forEach((score, i) => { best[i] = Math.max(best[i], score * (member.factor || ranking.synonym)); });
        }
        best.forEach((score, i) => { scores[i] += score; });
      }
      if (jianyan.hold) jianyan.hold(this, docs, scores);
      return scores;
    }

    /** Some documents with their scores, greatest first, then by number. */
    ranked(docs, tier) {
      const scores = this.score(docs);
      return inOrder(Array.from(docs, (doc, i) => ({ doc, score: scores[i], tier })));
    }

    // ---- what is shown ----

    /** The passage files of a document in which a single plain word or a synonym of it stands, each with what it can weigh, the
        first four; none where more is to be looked into (passages.js). */
    seats({ doc, tier }) {
      const { missing, plan: { marks }, bundle: { head: { passage: size } } } = this, files = new Set();
      let first = Infinity, beside = false;
      if (tier !== 'strict' || marks.some(({ first, texts: [text, more], articles: [article], cited: [listed], number }) =>
        first !== marks[0].first || more || article || listed || number || !text || !text.tokens || text.part)) return [];
      for (const { texts: [{ tokens }] } of marks) {
        const single = tokens.length < 2, meet = (field, f) => this.lists(field, tokens[0]).forEach(list => list.meet([doc], missing, f));
        if (single) meet(BODY, (_, chunk, at) => { first = Math.min(first, chunk.passages ? chunk.passages[at] : chunk.positions(at, missing)[0] / size | 0); });
        else for (const place of (this.evaluate(BODY, tokens, [doc]).places || [])[0] || []) files.add(place / size | 0);
        for (const field of BESIDE) if (single) meet(field, () => { beside = true; }); else beside = beside || this.evaluate(field, tokens, [doc]).docs.length > 0;
      }
      if (!files.size && first < Infinity) files.add(first);
      return [...Uint32Array.from(files).sort()].concat(beside ? 0 : []).slice(0, 4).map(file => [file, 1]);
    }

    /** Looks at every term of the plan, so that all blocks load at once; tells whether one that is in no block might be
        in traditional characters. */
    touch() {
      const { plan } = this;
      let unknown = plan.filters.some(filter => mayChange(filter.value));
      const look = ({ text, begins }) => {
        const known = begins ? TEXTS.some(field => this.bundle.beginning(field, text, () => true, this.missing).length)
          : (this.bundle.lists(keyOf(text), this.missing) || [text]).length;
        if (!known && text[0] !== '#' && mayChange(text)) unknown = true;
      };
      for (const ways of plan.clauses.concat(plan.excluded, plan.filters.map(filter => filter.ways || []))) {
        for (const tests of ways) for (const test of tests) test.tokens.forEach(look);
      }
      for (const member of plan.parts.flat()) {
        member.tokens.forEach(look);
        member.chars.forEach(text => look({ text }));
      }
      return unknown;
    }
  }

  Object.assign(jianyan, { Run, inOrder, lengthOf, without });

  /** A run of a query with every block of its terms there, and columns.js where it is needed. */
  const prepare = async (bundle, text, options) => {
    if (!jianyan.columns && (options.sort || /[:：号號条條]/.test(text))) await jianyan.loadColumns();
    const look = missing => bundle.synonyms(jianyan.analyzer.normal(text), missing), groups = look({});
    const plan = jianyan.query.plan(text, groups, options.without), run = new Run(bundle, plan);
    let all = groups;
    const unknown = await run.settle(() => { all = look(run.missing); return run.touch(); }, options);
    if (!options.current() || !unknown && all.length === groups.length) return run;
    if (unknown) await bundle.loadTable();
    return prepare(bundle, text, options);
  };

  const DEFAULTS = { limit: 10, offset: 0, without: [], sort: '', related: true, current: () => true, pause: () => {} };

  /** Asks the bundle. Options: `limit` and `offset` of the hits (10, 0); `without`, members of synonym groups to leave
      out; `sort` of the strict documents (`date`, `level`, or relevance); `current`, which tells whether the search is
      still wanted (one that isn't gives null); `related`, whether documents that are only near are wanted, too; `pause`, waited for before files are loaded. The result holds `total`,
      `related`, `hits`, `notes`, and `strict` and `others`: all documents of the tiers in order, scored. */
  jianyan.search = async (text, options) => {
    const all = { ...DEFAULTS, ...options }, { current, limit, offset } = all;
    const run = await prepare(await jianyan.open(), text, all);
    const { plan } = run, { notes } = plan, look = step => current() && run.settle(step, all);
    const strict = await look(() => {
      const docs = run.strict();
      return run.lacks ? [] : run.ranked(docs, 'strict');
    });
    const few = strict && strict.length < ENOUGH && all.related && plan.clauses.length;
    if (few && !jianyan.related) await jianyan.loadColumns();
    const own = few && strict.map(({ doc }) => doc).sort((a, b) => a - b), others = few ? await look(() => jianyan.related(run, own)) : [];
    const result = strict && others && { query: text, run, plan, notes, strict, others, total: strict.length, related: others.length };
    if (result && all.sort) await jianyan.columns.order(result, all);
    if (!result || !current()) return null;
    result.hits = await jianyan.hits(result, result.strict.concat(result.others).slice(offset, offset + limit));
    return current() ? result : null;
  };

  /** Hits for some documents of a result: meta, and section, anchor and marked parts of the best passage; `more` tells
      that there are others. */
  jianyan.hits = async ({ run, plan }, found) => {
    let all = await run.settle(() => found.map(one => run.seats(one)));
    if (all.some(seats => !seats.length)) {
      if (!jianyan.seats) await jianyan.loadColumns();
      all = await run.settle(() => found.map(one => jianyan.seats(run, one)));
    }
    return Promise.all(found.map(async (one, i) => {
      const { m: meta, ...best } = await jianyan.snippet(plan, one.tier, all[i], number => run.bundle.passage(one.doc, number));
      return { id: meta.id, title: meta.title, kind: meta.kind, meta, ...one, ...best };
    }));
  };
})(jianyan);
