/* Documents like a text or like a document. docs/search.md, section 8; src/query/similar is its twin.
   `jianyan.likeness` holds the parameters. */
(jianyan => {
  'use strict';
  const { normal: normalize, sequences, mayChange } = jianyan.analyzer, { FIELDS } = jianyan.bundle;
  const given = jianyan.likeness, TEXTS = [0, 1, 2, 3, 4, 5], STRICT = [0, 1, 2, 3, 5], LAWS = 8;
  const idf = (n, df) => Math.log(1 + (n - df + 0.5) / (df + 0.5));
  const sum = (list, of) => list.reduce((total, one) => total + of(one), 0);

  /** Distinct candidates, the most frequent first, then the first; and all their places, in reading order. */
  const candidates = normal => {
    const known = new Map(), places = [];
    let number = 0;
    const count = text => {
      if (!known.has(text)) known.set(text, { text, places: 0, at: known.size });
      const token = known.get(text);
      token.places++;
      return token;
    };
    const take = (from, to, unit, units) =>
      places.push({ token: count(normal.slice(from.start, to.end)), unit, units, start: from.start, end: to.end });
    const joins = unit => unit.cjk && !given.function_words.includes(unit.text);
    for (const units of sequences(normal)) {
      number++;
      units.forEach((unit, i) => {
        number++;
        if (!unit.cjk && /\p{Alphabetic}/u.test(unit.text)) take(unit, unit, number, 1);
        if (i && joins(units[i - 1]) && joins(unit)) take(units[i - 1], unit, number - 1, 2);
        // 认了罪 tells 认罪.
        const [first, between] = [units[i - 2], units[i - 1]];
        if (first && given.particles.includes(between.text) && joins(first) && joins(unit)) count(first.text + unit.text);
      });
    }
    const tokens = Array.from(known.values()).sort((a, b) => b.places - a.places || a.at - b.at).slice(0, given.candidates), kept = new Set(tokens);
    return { tokens, places: places.filter(place => kept.has(place.token)) };
  };

  /** The telling tokens of a text, as far as their blocks are there. */
  const choose = (run, normal, own, most) => {
    const { tokens, places } = candidates(normal);
    for (const token of tokens) {
      token.lists = STRICT.map(field => run.list(field, token.text)).filter(Boolean);
      token.df = token.lists.reduce((df, list) => Math.max(df, list.df), 0);
      token.repeated = 1 + Math.log(token.places);
      token.weight = token.repeated * idf(run.n, token.df);
    }
    const best = new Set(tokens.filter(token => token.df > (own ? 1 : 0)).sort((a, b) => b.weight - a.weight || b.places - a.places || a.at - b.at).slice(0, most));
    const chosen = tokens.filter(token => best.has(token)), strangers = tokens.filter(token => !token.df).slice(0, most);
    const total = sum(chosen, token => token.weight) + sum(strangers, token => token.weight * given.stranger);
    return { normal, tokens, places, chosen, best, total };
  };

  const holds = (run, lists, doc) => lists.some(list => {
    let held = false;
    list.meet([doc], run.missing, () => { held = true; });
    return held;
  });

  /** The longest phrases of the text that a document holds token by token. */
  const phrases = ({ normal, places, best }, held) => {
    const runs = [], all = [];
    for (const place of places.filter(place => held.has(place.token))) {
      const last = runs[runs.length - 1];
      if (last && place.units === 2 && last.units > 1 && place.unit + 1 === last.unit + last.units) {
        last.units++;
        last.end = place.end;
      } else {
        runs.push({ ...place });
      }
    }
    const good = runs.filter(run => run.units > 2 || best.has(run.token));
    for (const { start, end } of good.sort((a, b) => b.units - a.units || a.start - b.start)) {
      const text = normal.slice(start, end);
      if (all.length < given.phrases && !all.some(known => known.includes(text))) all.push(text);
    }
    return all;
  };

  /** The documents like a source, the nearest first: `text`, perhaps `id` of the document that it is of, its
      `causes` and `laws`. Each hit has doc, score, nearness, band, phrases, causes, laws, and its first passage file. */
  jianyan.like = async ({ text, id = '', causes = [], laws = [] }, limit) => {
    const bundle = await jianyan.open(), run = new jianyan.Run(bundle, null), { ranking } = bundle.head;
    const most = id ? given.document : given.text, normal = normalize(text);
    const telling = await run.settle(() => choose(run, normal, id, most));
    if (telling.tokens.some(token => !token.df && mayChange(token.text))) {
      await bundle.loadTable();
      return jianyan.like({ text, id, causes, laws }, limit);
    }
    const scored = await run.settle(() => {
      const cited = laws.map(law => ({ law, list: run.list(LAWS, law) })).filter(({ list }) => list && list.df > (id ? 1 : 0))
        .sort((a, b) => a.list.df - b.list.df || (a.law < b.law ? -1 : 1)).slice(0, given.cited);
      const found = new Set(), lists = cited.map(({ list }) => list);
      for (const { text } of telling.chosen) lists.push(...TEXTS.map(field => run.list(field, text)).filter(Boolean));
      for (const list of lists) list.docs(run.missing).forEach(doc => found.add(doc));
      const docs = Array.from(found).sort((a, b) => a - b), scores = new Float64Array(docs.length);
      for (const { text, repeated } of telling.chosen) {
        for (const field of TEXTS) run.addTerm(scores, docs, field, text, ranking[FIELDS[field]] * repeated);
      }
      for (const { list } of cited) list.meet(docs, run.missing, i => { scores[i] += given.law * idf(run.n, list.df); });
      const hits = docs.map((doc, i) => ({ doc, score: scores[i] })).sort((a, b) => b.score - a.score || a.doc - b.doc);
      return { cited, hits: hits.slice(0, limit + 1) };
    });
    let hits = await Promise.all(scored.hits.map(async hit => ({ ...hit, passage: await bundle.passage(hit.doc, 0) })));
    hits = hits.filter(({ passage }) => passage.m.id !== id).slice(0, limit);
    return run.settle(() => hits.map(hit => {
      const { doc, score } = hit, held = new Set(telling.tokens.filter(token => token.df > (id ? 1 : 0) && holds(run, token.lists, doc)));
      const nearness = telling.total && Math.min(1, score / (given.full * telling.total));
      const band = given.bands.find(([, least]) => nearness >= least), column = causes.length && jianyan.columns.column(run, 'cause');
      const own = column ? Array.from(column.of(doc), value => column.values[value][0]) : [];
      return {
        ...hit, nearness, band: band && band[0], phrases: phrases(telling, held),
        causes: causes.filter(cause => own.includes(cause)),
        laws: scored.cited.filter(({ list }) => holds(run, [list], doc)).map(({ law }) => law)
      };
    }));
  };
})(jianyan);
