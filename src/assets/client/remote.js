/* What bundle.js and engine.js are elsewhere, where a gateway beside the site answers (src/gateway): results of the same shape,
   asked for. docs/server.zh-CN.md. */
var jianyan = jianyan || {};
(jianyan => {
  'use strict';
  /** Hits of one answer at most; rows of a list that is taken along; how deep a list is answered at all. */
  const HITS = 100, BATCH = 50, DEEPEST = 10000;
  /** Milliseconds until one asks once more, where the gateway has no time. */
  const LATER = 2000;

  /** Folder beside which the other scripts lie, relative to the page. */
  jianyan.base = 'search/';
  /** There is none; scripts that go with one look here. */
  jianyan.bundle = {};

  /** Runs a script; nothing runs before what the browser lacks is there: `older`, which page.js asks for. */
  jianyan.load = async path => {
    await jianyan.older;
    const script = document.createElement('script');
    try {
      await new Promise((resolve, reject) => {
        script.src = `${jianyan.base}${path}.js`;
        script.onload = resolve;
        script.onerror = () => reject(new Error(path));
        document.head.append(script);
      });
    } finally {
      script.remove();
    }
  };

  // ---- asking ----

  /** Why there is no answer: a sentence, which stands where results would, and is nothing that the console need tell. */
  class Away extends Error {}
  addEventListener('unhandledrejection', event => { if (event.reason instanceof Away) event.preventDefault(); });

  const away = said => {
    jianyan.texts['result.failed'] = said || jianyan.texts['remote.away'];
    return new Away(jianyan.texts['result.failed']);
  };

  /** Asks the gateway; `body` is a text that is too long for an address. */
  const ask = async (name, parameters, body, again) => {
    const options = body === undefined ? {} : { method: 'POST', body, headers: { 'Content-Type': 'text/plain; charset=utf-8' } };
    let answer, value = null;
    try {
      answer = await fetch(`${jianyan.page.root}api/${name}?${new URLSearchParams(parameters)}`, options);
      value = await answer.json();
    } catch (failed) { /* it is away, or another server answers in its place */ }
    if (answer && answer.ok && value) return value;
    if (answer && (answer.status === 429 || answer.status === 503) && !again) {
      await new Promise(resolve => setTimeout(resolve, LATER));
      return ask(name, parameters, body, true);
    }
    throw away(value && value.message);
  };

  // ---- what the gateway holds ----

  /** Names of values: of closed vocabularies all, of others how many there are, as far as that tells. */
  const columnsOf = values => {
    const columns = {};
    for (const name in values) columns[name] = { values: jianyan.spelled[name] || Array.from({ length: Math.min(values[name], 2) }, () => ['']) };
    return columns;
  };

  /** What is asked of the site as a whole. */
  class Bundle {
    constructor(values) { Object.assign(this, { columns: columnsOf(values), head: { facets: values, suggest: ['vocabulary', 'sounds'] } }); }

    async text(path) { return JSON.stringify(await ask(path, {})); }

    /** Loads the traditional-to-simplified table into the analyzer. */
    async loadTable() {
      const letters = Array.from(await ask('folds', {})), table = new Map();
      for (let i = 0; i < letters.length; i += 2) table.set(letters[i], letters[i + 1]);
      jianyan.analyzer.simplifyBy(table);
    }
  }

  /** Takes steps over what is loaded; `missing` has for each thing that is missing how it is had. */
  jianyan.Run = class {
    constructor(bundle) { Object.assign(this, { bundle, missing: {} }); }

    async settle(step) {
      for (;;) {
        this.missing = {};
        const result = step(), names = Object.keys(this.missing);
        if (!names.length) return result;
        await Promise.all(names.map(name => this.missing[name]()));
      }
    }
  };

  let opened = null;
  jianyan.open = async () => opened || (opened = new Bundle({}));
  /** Every answer is one of today. */
  jianyan.renew = async () => false;

  // ---- results ----

  const SIGNS = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

  /** A passage as the page shows it: plain and marked parts in turn, and the kinds of the marked ones. */
  const shown = (plan, tier) => ({ section, anchor, snippet }) => {
    const parts = snippet.split(/<\/?mark>/).map(part => part.replace(/&(?:lt|gt|quot|#39|amp);/g, sign => SIGNS[sign]));
    return { section, anchor, parts, kinds: parts.filter((_, i) => i % 2).map(part => kindOf(plan, tier, jianyan.analyzer.normal(part))) };
  };

  /** What a marked text is: what was typed, a synonym of it, or part of it. */
  const kindOf = ({ marks }, tier, text) => {
    const holds = mark => mark.texts.some(own => text.includes(own.text)), others = marks.filter(({ synonym }) => synonym);
    if (marks.some(mark => !mark.synonym && holds(mark))) return 'exact';
    return others.some(holds) ? 'synonym' : marks.some(({ articles, cited, number }) => number || articles.length + cited.length) ? 'exact' : 'related';
  };

  /** The strict documents of an answer, by their places in it; a list that no answer goes to the end of isn't handed over. */
  const rowsOf = total => {
    const slice = (from, to) => {
      if (total > DEEPEST) throw away(jianyan.page.t('remote.many', { n: total, most: DEEPEST }));
      return Array.from({ length: Math.max(Math.min(to, total) - from, 0) }, (_, i) => ({ doc: from + i }));
    };
    return { length: total, slice, map: f => slice(0, total).map(f) };
  };

  const queryOf = (text, { without, sort }) => ({ q: text, sort, without: without.join('\n') });

  /** What is asked of an answer as it goes on: of a document what a list has of it. */
  class Answered extends Bundle {
    constructor(text, options, values) {
      super(values);
      Object.assign(this, { text, options, batches: {} });
    }

    async passage(doc) {
      const { batches } = this, at = doc - doc % BATCH;
      const batch = batches[at] || (batches[at] = ask('search', { ...queryOf(this.text, this.options), offset: at, limit: BATCH, passages: 0, facets: 0, related: 0 }));
      const { hits } = await batch;
      if (!hits[doc - at]) throw away();
      return { m: hits[doc - at].meta };
    }
  }

  // What of the table of traditional characters a query or its answer needs comes with the answer.
  jianyan.analyzer.simplifyBy(new Map());

  const DEFAULTS = { limit: 10, without: [], sort: '', related: true, current: () => true, pause: () => {} };

  /** Asks the gateway as engine.js asks the bundle. */
  jianyan.search = async (text, options) => {
    const all = { ...DEFAULTS, ...options }, { current, limit, without } = all, hits = [];
    if (!jianyan.columns && (all.sort || /[:：号號条條]/.test(text))) await jianyan.loadColumns();
    await all.pause();
    let answer = null, part;
    do {
      if (!current()) return null;
      const wanted = Math.min(limit - hits.length, HITS), first = !answer;
      part = await ask('search', {
        ...queryOf(text, all), offset: hits.length, limit: wanted, related: Number(limit > 0 && all.related), facets: Number(first && all.related)
      });
      answer = answer || part;
      hits.push(...part.hits);
    } while (part.hits.length === HITS && hits.length < limit);
    if (answer.related && limit) await jianyan.loadColumns();
    if (!current()) return null;
    jianyan.analyzer.fold(answer.folds);
    const plan = Object.assign(jianyan.query.plan(text, answer.groups, without), { notes: answer.notes || [] }), { total, related, facets } = answer;
    if (answer.related && limit) jianyan.widen(plan);
    const run = { plan, bundle: new Answered(text, all, answer.values || {}) };
    return {
      query: text, run, plan, notes: plan.notes, total, related, facets, strict: rowsOf(total), options: all,
      hits: hits.map(({ id, title, kind, meta, score, tier, more, ...best }, doc) => ({ id, title, kind, meta, doc, score, tier, more, ...shown(plan, tier)(best) }))
    };
  };

  jianyan.asking = { ask, away, queryOf, shown };
})(jianyan);
