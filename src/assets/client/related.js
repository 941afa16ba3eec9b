/* Documents that are near to a query though they don't hold every word.
   docs/search.md, section 5; src/query/related.rs, plan/related.rs and plan/question.rs are its twins. */
(jianyan => {
  'use strict';
  const { tokensOf, sequences } = jianyan.analyzer, { FIELDS } = jianyan.bundle, { read, touches, FUNCTION_WORD } = jianyan.query;
  const { inOrder, lengthOf, without } = jianyan, SCORED = [0, 1, 2, 3, 4, 5], CHARS = 6, NUMBER = 7, MOST = 50;
  /** How long lists cost nothing, how many documents of longer ones are read. A query is about something known when a member of
      a synonym group stands in it, when a document holds all of its telling tokens, when what these add, in units of the idf of
      a token that one document holds, and COVERED times the share of their units make KNOWN, or when it has LONG of them
      and its score in these units and twice their share by idf make LONG_KNOWN. Which share of the best score is near then; the
      factor on synonyms. */
  const SMALL = 4096, BUDGET = 32768, COVERED = 4, KNOWN = 4.75, LONG = 9, LONG_KNOWN = 3.85, NEAR = 0.25, SLACK = 1e-6, WIDENED = 0.5;

  // ---- what they are found by ----

  /** The words that make a question of a text, and politeness; 吗 and 呢 at the end alone. src/query/plan/question.rs has
      the same, and reading.rs the characters that tell nothing by themselves. */
  const QUESTION = /是不是|能不能|可以不可以|可不可以|要不要|有没有|会不会|该不该|应不应该|算不算|怎么[办样]?|怎样|如何|什么是?|[为是]什么|为[啥何]|哪[些个里儿种]|[是能可]否|多少钱?|判(?:多少年|多久|几年)|[会要]坐牢|多久|(?:应?该)?找谁|请问|请教(?:一下)?|咨询一下|想咨询|想问(?:一下)?|问一下|我想|麻烦问|[您你]好|谢谢|[吗呢]$|谁/g;
  const FUNCTION_WORDS = '的了是吗呢吧啊么哪谁何在和与及其等怎这那我他她你们嘛呀';

  const addRelated = (tokens, text, weight, fields, telling) => {
    const key = (fields[0] < CHARS ? 0 : fields[0]) + text, known = tokens.get(key);
    if (!known) tokens.set(key, { key, text, weight, fields, telling });
    else Object.assign(known, { weight: Math.max(known.weight, weight), telling: known.telling || telling });
  };

  /** The runs of a piece's units that articles and the words of a question leave. */
  const runsOf = (units, spans, asked) => {
    const text = units.map(unit => unit.text).join(''), { start } = units[0], runs = [[]];
    const cut = asked ? Array.from(text.matchAll(QUESTION), found => ({ start: start + found.index, end: start + found.index + found[0].length })) : [];
    for (const unit of units) {
      if (spans.concat(cut).some(span => touches(unit, span))) runs.push([]);
      else runs[runs.length - 1].push(unit);
    }
    return runs.filter(run => run.length);
  };

  /** Adds what related documents are found by. Article and number tokens stand in place of the units that they touch; the
      words of a question don't count, unless they are quoted or all that there is. */
  const relate = ({ number, articles: spans, pieces, quoted }, tokens, asked = !quoted) => {
    const { size } = tokens;
    if (number) addRelated(tokens, number, 1, [NUMBER], true);
    else for (const span of spans) addRelated(tokens, span.text, 1, SCORED, true);
    if (!number) for (const units of pieces) {
      for (const run of runsOf(units, spans, asked)) {
        for (const { text, unit, units: count } of tokensOf(run)) {
          const loose = count > 1 && (FUNCTION_WORD.test(text) || !run[unit].cjk || !run[unit + 1].cjk);
          if (count > 1 || !run[unit].cjk) addRelated(tokens, text, loose ? 0.5 : 1, SCORED, true);
        }
        for (const { cjk, text } of run) {
          if (cjk && (units.length === 1 || !FUNCTION_WORDS.includes(text))) addRelated(tokens, text, 1, [CHARS], units.length === 1);
        }
      }
    }
    if (asked && tokens.size === size) relate({ number, articles: spans, pieces, quoted }, tokens, false);
    return tokens;
  };

  /** The groups of which a member of two or more characters stands inside of a text, the longest members first; where two
      overlap, the longer one counts. What stands inside of other words by chance doesn't count (src/query/synonyms.rs). */
  const inside = (normal, groups) => {
    const taken = [], within = [], found = new Set();
    for (const group of groups) for (const member of group.keys()) {
      const { length } = normal.includes(member) && !jianyan.whole.includes(member) ? Array.from(member) : '';
      if (length > 1) within.push({ group, member, length, i: within.length });
    }
    for (const { group, member } of within.sort((a, b) => b.length - a.length || a.i - b.i)) {
      for (let at = -1; (at = normal.indexOf(member, at < 0 ? 0 : at + member.length)) >= 0;) {
        const end = at + member.length;
        if (!taken.every(([from, to]) => end <= from || at >= to)) continue;
        taken.push([at, end]);
        found.add(group);
      }
    }
    return [...found];
  };

  /** Gives a plan what related documents are found by: `tokens` of what was typed, `widened`, the groups of which a member
      stands inside of a word, and `texts`, all of these that stand in texts. */
  jianyan.widen = plan => {
    if (plan.widened) return;
    const typed = new Map(), widened = new Map(), words = plan.marks.filter(word => !word.synonym);
    for (const word of words) {
      relate(word, typed);
      if (word.quoted || plan.without.includes(word.normal)) continue;
      for (const group of inside(word.normal, plan.groups)) {
        if (!widened.has(group)) widened.set(group, [true, false].map(own => [...group.keys()].filter(member => word.normal.includes(member) === own)
          .map(member => [...relate(read(member, true, null), new Map()).values()])));
      }
    }
    Object.assign(plan, { tokens: [...typed.values()], widened: [...widened.values()] });
    plan.texts = [...new Set(plan.tokens.concat(...plan.widened.flat(2)).filter(({ fields }) => fields === SCORED).map(({ text }) => text))];
  };

  // ---- how near they are ----

  /** What each token adds that is read within the budget, the rarest first: by its key idf, and document to value.
      BM25 over the fields as one: frequencies add up, each by its boost and its field's length. */
  const valuesOf = (run, all) => {
    const { n, missing, bundle: { head: { ranking, totals } } } = run, tokens = new Map(), out = new Map();
    for (const { key, text, fields } of all) {
      if (tokens.has(key)) continue;
      const lists = fields.filter(field => field > 5 || ranking[FIELDS[field]] > 0).map(field => ({ field, list: run.list(field, text) })).filter(({ list }) => list);
      tokens.set(key, { key, lists, i: tokens.size, cost: lists.reduce((sum, { list: { df } }) => sum + (df > SMALL ? df : 0), 0) });
    }
    let spent = 0;
    for (const { key, lists, cost } of [...tokens.values()].sort((a, b) => a.cost - b.cost || a.i - b.i)) {
      if ((spent += cost) > BUDGET) break;
      const sums = new Map(), df = lists.reduce((most, { list }) => Math.max(most, list.df), 0), own = Math.log(1 + (n - df + 0.5) / (df + 0.5));
      for (const { field, list } of lists) {
        const b = field === CHARS ? 1 : 0.75, average = totals[FIELDS[field]] / n, boost = field < CHARS ? ranking[FIELDS[field]] : 1;
        list.chunks.forEach((_, c) => {
          const chunk = list.chunk(c, missing);
          if (chunk) chunk.docs.forEach((doc, at) => {
            sums.set(doc, (sums.get(doc) || 0) + boost * chunk.freqs[at] / (1 - b + b * lengthOf(chunk.norms[at]) / average));
          });
        });
      }
      for (const [doc, sum] of sums) sums.set(doc, own * 2.2 * sum / (sum + 1.2));
      out.set(key, { idf: own, sums });
    }
    return out;
  };

  /** Documents that are near, rising, with their scores. */
  const near = run => {
    const { plan, n } = run, values = valuesOf(run, plan.tokens.concat(...plan.widened.flat(2)));
    const add = (scores, tokens, factor) => {
      for (const { key, weight } of tokens) {
        const found = values.get(key);
        if (found) for (const [doc, value] of found.sums) scores.set(doc, (scores.get(doc) || 0) + factor * weight * value);
      }
      return scores;
    };
    const scores = add(new Map(), plan.tokens, 1), telling = plan.tokens.filter(token => token.telling && values.has(token.key));
    /** Whether a document shows that what is asked for is known. */
    const shows = unit => {
      const told = add(new Map(), telling, 1), held = new Map(), unitsOf = tokens => new Set(tokens.flatMap(({ text }) => sequences(text).flatMap(units => units.map(unit => unit.text)))).size;
      let total = 0;
      for (const { key, weight } of telling) {
        const { idf, sums } = values.get(key);
        total += weight * idf;
        for (const doc of sums.keys()) held.set(doc, (held.get(doc) || 0) + weight * idf);
      }
      return ([doc, score]) => {
        const value = (told.get(doc) || 0) / unit, share = total > 0 ? (held.get(doc) || 0) / total : 0;
        return share >= 1 - SLACK || telling.length >= LONG && score / unit + 2 * share >= LONG_KNOWN - SLACK || value + COVERED >= KNOWN - SLACK &&
          value + COVERED * unitsOf(telling.filter(({ key }) => values.get(key).sums.has(doc))) / unitsOf(telling) >= KNOWN - SLACK;
      };
    };
    for (const [typed, others] of plan.widened) {
      const potential = tokens => tokens.reduce((sum, { key, weight }) => sum + (values.has(key) ? weight * values.get(key).idf : 0), 0);
      const bound = typed.reduce((most, tokens) => Math.max(most, potential(tokens)), 0);
      // A longer member adds no more than what was typed might.
      const factorOf = tokens => WIDENED * (potential(tokens) > bound ? bound / potential(tokens) : 1);
      const best = (members, factor) => members.reduce((most, tokens) => {
        for (const [doc, score] of add(new Map(), tokens, factor(tokens))) if (score > (most.get(doc) || 0)) most.set(doc, score);
        return most;
      }, new Map());
      const own = best(typed, () => 1);
      for (const [doc, score] of best(others, factorOf)) {
        const more = score - (own.get(doc) || 0);
        if (more > 0) scores.set(doc, (scores.get(doc) || 0) + more);
      }
    }
    const all = [...scores], known = plan.widened.length > 0 || all.some(shows(Math.log(1 + (n - 0.5) / 1.5)));
    const best = all.reduce((most, [, score]) => Math.max(most, score), 0);
    return new Map(known ? all.filter(([, score]) => score >= NEAR * best - SLACK) : []);
  };

  /** Documents near to the query that are not strict, the nearest first, each scored. An article or a number is told by its
      token: where there is one, documents score as strict ones do. Scores that differ by rounding alone are the same. */
  jianyan.related = (run, strict) => {
    const { plan } = run;
    jianyan.widen(plan);
    const found = near(run), docs = run.lacks ? [] : run.allowed(without(Uint32Array.from(found.keys()).sort(), strict));
    const all = plan.numbered ? run.ranked(docs, 'related') : inOrder(Array.from(docs, doc => ({ doc, score: Math.fround(found.get(doc)), tier: 'related' })));
    return all.slice(0, MOST);
  };
})(jianyan);
