/* What the bundle holds of documents for drafts: by name and number, by article, and by words near to a text. src/verify/library.rs is
   the twin; src/bundle/cited.rs writes what this reads. */
(jianyan => {
  'use strict';
  const { normal, sequences, tokensOf } = jianyan.analyzer, { last, flat } = jianyan.citing, { keyOf, withoutIssuers } = jianyan.comparing;
  const BODY = 1, KINDS = ['law', 'case', 'report'];
  /** Tokens that words are looked up by, documents of which positions are looked at, those that are compared. */
  const TOKENS = 4, LOOKED = 40, COMPARED = 4;

  /** Opens what the bundle knows of how documents are cited; `now` is the day on which laws are in force or not. */
  jianyan.holdings = async now => {
    const bundle = await jianyan.open();
    const run = new jianyan.Run(bundle, null), [complete, ...shards] = JSON.parse(await bundle.text(bundle.directory.cited)), known = {}, texts = {}, read = {};

    /** The documents of a name or number. */
    const cited = async term => {
      const hash = term.split('').reduce((hash, unit) => Math.imul(hash, 31) + unit.charCodeAt(0) >>> 0, 7), path = shards[hash % shards.length];
      return path ? JSON.parse(texts[path] || (texts[path] = await bundle.text(path)))[term] || [] : [];
    };

    const held = doc => known[doc] || (known[doc] = bundle.passage(doc, 0).then(async ({ m, files, standing = ['', 0, 1, 0] }) => {
      const [from, until, whole, articles] = standing;
      return {
        doc, m, files, whole, law: m.kind === 'law', valid: from <= now && (until === 0 || until > now), from, statute: articles ? JSON.parse(await bundle.shared(doc, 'a', bundle.articles)) : null
      };
    }));

    /** The documents of numbers, the nearest in kind first, then the newest; those in force before the others. */
    const documents = async docs => (await Promise.all(docs.slice(0, 10).map(held)))
      .sort((a, b) => b.valid - a.valid || (KINDS.indexOf(a.m.kind) & 3) - (KINDS.indexOf(b.m.kind) & 3) || (a.m.date < b.m.date) - (a.m.date > b.m.date) || a.doc - b.doc);

    const named = async name => {
      for (const key of [keyOf(name), withoutIssuers(keyOf(name))]) {
        const docs = key ? await cited('name:' + key) : [];
        if (docs.length) return documents(docs);
      }
      return [];
    };

    /** The blocks of a passage file, and how many of them are not texts beside the body. */
    const bodyOf = async (doc, file) => {
      const { blocks } = await bundle.passage(doc, file);
      return [blocks, blocks.reduce((body, { anchor }, i) => anchor ? i + 1 : body, 0)];
    };

    /** Passages of a document from one on, in one text: `refs` has the place of each. */
    const passages = (...asked) => read[asked] || (read[asked] = readPassages(...asked));
    const readPassages = async (doc, file, at, count, alone) => {
      const { files, statute, m } = await held(doc), all = [], refs = [], joins = number => statute && statute[0][number];
      let [blocks, body] = await bodyOf(doc, file);
      for (;;) {
        if (at < body) {
          if (all.length === count) break;
          refs.push([file, at, blocks[at].section]);
          all.push(blocks[at++].text);
        } else if (!alone && ++file < files && (all.length < count || joins(file))) {
          [blocks, body] = await bodyOf(doc, file);
          at = 0;
          if (joins(file)) {
            // What is cut between two files stands in both around the cut.
            let shared = Math.min(blocks[0].text.length, last(all).length);
            while (!last(all).endsWith(blocks[0].text.slice(0, shared))) shared--;
            all.push(all.pop() + blocks[at++].text.slice(shared));
          }
        } else {
          break;
        }
      }
      if (count === Infinity) {
        refs.push([0, 0, '']);
        all.push(m.title);
      }
      const text = all.join('\x01');
      return { all, refs, text, flat: flat(text) };
    };

    /** What a law has of a place: a text, false where it is whole and hasn't, null where that can't be known. */
    const within = async (law, { number, sub, paragraph, item }) => {
      const { statute, whole, doc } = law, several = statute[1].some(([, , , , , paragraphs]) => paragraphs.length > 1), article = statute[1].find(([n, s]) => n === number && s === sub);
      if (!article) return whole ? false : null;
      const [, , file, at, count, paragraphs] = article, own = paragraph ? paragraphs[paragraph - 1] : null;
      if (paragraph && !own) return several ? false : null;
      const among = own ? [own] : paragraphs, size = own ? own[0] : count, heading = count - paragraphs.reduce((sum, [n]) => sum + n, 0);
      if (item && !among.some(([, ...items]) => items.includes(item))) return among.some(([, one]) => one) || size < 2 ? false : null;
      const text = await passages(doc, file, at, count), skip = own ? heading + paragraphs.slice(0, paragraph - 1).reduce((sum, [n]) => sum + n, 0) : 0;
      if (!own) return text;
      const all = text.all.slice(skip, skip + size), joined = all.join('\x01');
      return { all, refs: text.refs.slice(skip, skip + size), text: joined, flat: flat(joined) };
    };

    /** Tokens of words with their places, a few of them spread over all. */
    const picked = words => {
      const all = [];
      let place = 0;
      for (const units of sequences(normal(words))) {
        for (const token of tokensOf(units)) {
          if (token.units === 2 && !/[的了是在和与及其a-z\d]/.test(token.text)) all.push({ text: token.text, place });
          place++;
        }
        place++;
      }
      return all.filter((_, i) => all.length <= TOKENS || (i * (TOKENS - 1)) % (all.length - 1) < TOKENS - 1);
    };

    /** The documents that share most of the tokens of words, among some where `only` has them: each with how many, and where they
        begin, perhaps at several places. `more`: others share as many, and were not looked at. */
    const sharing = (words, field, only) => run.settle(() => {
      const tokens = picked(words).map(token => ({ ...token, list: run.list(field, token.text) })).filter(({ list }) => list), found = {};
      for (const { list } of tokens) for (const doc of list.docs(run.missing)) if (!only || only.includes(doc)) found[doc] = (found[doc] || 0) + 1;
      const best = Object.keys(found).map(Number).sort((a, b) => found[b] - found[a] || a - b).filter(doc => found[doc] * 2 >= tokens.length);
      const ranked = best.slice(0, LOOKED).map(doc => {
        // The place that most of the tokens begin at, or nearly; those whose positions are in files of their own tell little.
        const starts = [], exact = {}, near = [], best = { doc, starts: [0], tokens: 0 };
        if (field === BODY) tokens.forEach(({ list, place }, token) => list.meet([doc], run.missing, (_, chunk, i) => {
          for (const position of chunk.parts[0].path ? [] : chunk.positions(i)) starts.push([position - place, token]);
        }));
        let from = 0, different = 0;
        for (const [start, token] of starts.sort((a, b) => a[0] - b[0])) {
          near[token] = (near[token] || 0) + 1;
          if (near[token] === 1) different++;
          for (; starts[from][0] < start - 20; from++) if (!--near[starts[from][1]]) different--;
          exact[start] = (exact[start] || 0) + 1;
          const tokens = different + exact[start];
          if (tokens > best.tokens) Object.assign(best, { starts: [], tokens });
          if (tokens === best.tokens) best.starts.push(start);
        }
        return best;
      }).sort((a, b) => b.tokens - a.tokens);
      const is = (all, i, of) => all.length > i && of(all[i]) === of(all[0]);
      return Object.assign(ranked.slice(0, COMPARED), { more: is(best, LOOKED, doc => found[doc]) || is(ranked, COMPARED, ({ tokens }) => tokens) || ranked.some(({ starts }) => starts.length > COMPARED) });
    });

    /** The text of a document around a position, or all of it. */
    const textAt = async (doc, start) => {
      const file = Math.max(start || 0, 0) / bundle.directory.passage | 0, [, body] = await bodyOf(doc, file);
      return { own: await held(doc), text: await passages(doc, file, 0, start === undefined ? Infinity : body, start !== undefined) };
    };

    return { bundle, run, complete, cited, held, documents, named, within, sharing, textAt };
  };
})(jianyan);
