/* The verdicts on what a draft cites, by the bundle. src/verify (judge, library, align) is the twin; what would take more than a
   page should load is `unheld` here. */
(jianyan => {
  'use strict';
  const { normal, sequences, tokensOf } = jianyan.analyzer, { re, last, citations, flat, around, FIGURE } = jianyan.citing;
  const BODY = 1, TITLE = 0, NUMBER = 7, KINDS = ['law', 'case', 'report'];
  /** Hundredths of words that stand in a source that they differ from, in one that nobody named; letters from which on words are
      looked for anywhere, and may be near to anything. */
  const NEAR = 80, NEARER = 85, TELLING = 8, MIDDLE = 12, LONG = 14;
  /** Tokens that words are looked up by, documents of which positions are looked at, those that are compared, files of a document
      that is read whole. */
  const TOKENS = 4, LOOKED = 40, COMPARED = 4, WHOLE = 8;

  // ---- names ----

  const REMARK = /(.)\s*\((?:(?=[^)]*\d)[\d年月日.\-/修正订改版本通过公布 ]+|(?:检例|指导)[^()]*号|修正|修订)\)$/;

  /** A name as names are compared. */
  const keyOf = name => {
    let rest = normal(name).trim();
    for (let before; before !== rest;) {
      before = rest;
      rest = rest.replace(/^\((?:检例|指导)[^)]*号\)[: ]*(?=.)/, '').replace(/^\d+[.、]\s*/, '').replace(/^(?:检例|指导)[^号]{0,12}号[: ]*(?=.)/, '');
    }
    while (REMARK.test(rest)) rest = rest.replace(REMARK, '$1');
    return rest.replace(/[^\p{Alphabetic}\p{N}]/gu, '').replace(/^中华人民共和国(?=..)/, '');
  };
  const withoutIssuers = key => (/[院部局会厅署委办府组行高检](关于.*)$/.exec(key) || [])[1];

  // ---- texts side by side ----

  /** A text laid against the nearest part of another: how many letters stand in both, where that part is, and what differs. */
  const align = (text, other) => {
    const width = other.length + 1, ways = new Uint8Array((text.length + 1) * width), changes = [];
    if (text.length < 2 || ways.length > 3e7) return null;
    const costs = new Uint32Array(width);
    for (let i = 0; i < text.length; i++) {
      let diagonal = costs[0];
      costs[0] = i + 1;
      ways[(i + 1) * width] = 2;
      for (let j = 0; j < other.length; j++) {
        const same = text[i] === other[j];
        let cost = diagonal + !same, way = same ? 0 : 1;
        if (costs[j + 1] + 1 < cost) cost = costs[j + 1] + 1, way = 2;
        if (costs[j] + 1 < cost) cost = costs[j] + 1, way = 3;
        diagonal = costs[j + 1];
        costs[j + 1] = cost;
        ways[(i + 1) * width + j + 1] = way;
      }
    }
    let i = text.length, j = costs.indexOf(Math.min(...costs)), same = 0, change = null;
    const end = j;
    while (i > 0) {
      const way = ways[i * width + j];
      if (way && !change) changes.unshift(change = [0, i, 0, j]);
      if (!way) change = null, same++;
      if (way !== 3) i--;
      if (way !== 2) j--;
      if (change) change[0] = i, change[2] = j;
    }
    return { same, start: j, end, changes: changes.reduce((all, change) => {
      const widened = widen(text, other, change), before = last(all);
      if (before && widened[0] <= before[1] && widened[2] <= before[3]) before[1] = widened[1], before[3] = widened[3];
      else all.push(widened);
      return all;
    }, []) };
  };

  /** A change with the whole of a figure that it touches, and with a neighbour where a side has nothing. */
  const widen = (text, other, [a, b, c, d]) => {
    const before = () => a && c && text[a - 1] === other[c - 1], behind = () => b < text.length && text[b] === other[d], figure = FIGURE.test(text.slice(a, b) + other.slice(c, d));
    while (figure && before() && FIGURE.test(text[a - 1])) a--, c--;
    while (figure && behind() && FIGURE.test(text[b])) b++, d++;
    if (a === b || c === d) {
      if (before()) a--, c--;
      if (behind()) b++, d++;
    }
    return [a, b, c, d];
  };

  /** Where letters stand in a text from a place on, cutting through no figure and leaving no negation out before them. */
  const find = ({ letters, apart }, own, from) => {
    const cuts = i => i && FIGURE.test(letters[i - 1]) && i < letters.length && FIGURE.test(letters[i]) && !apart.has(i);
    for (let i = letters.indexOf(own, from); i >= 0; i = letters.indexOf(own, i + 1)) {
      if (!cuts(i) && !cuts(i + own.length) && !/[不未没]/.test(letters[i - 1])) return i;
    }
    return -1;
  };

  /** Words divided at ……. */
  const partsOf = words => {
    const parts = words.replace(/\.{6}|。。。|⋯⋯/g, '…').split('…').map(flat).filter(({ letters }) => letters);
    return Object.assign(parts, { size: parts.reduce((sum, { letters }) => sum + letters.length, 0) });
  };

  /** Where all parts stand in a text, one after the other. */
  const stand = (parts, text) => {
    let first = -1, from = 0;
    for (const { letters } of parts) {
      const place = find(text.flat, letters, from);
      if (place < 0) return null;
      if (first < 0) first = place;
      from = place + letters.length;
    }
    return [first, from];
  };

  /** What differs where so many hundredths of the words stand in a text. */
  const differences = (parts, text, percent) => {
    const all = parts.map(({ letters }) => align(letters, text.flat.letters)), raw = ({ text, places }, from, to) => from < to ? text.slice(places[from][0], places[to - 1][1]) : '';
    if (!all.every(Boolean) || all.reduce((sum, { same }) => sum + same, 0) * 100 < parts.size * percent) return null;
    return { at: all[0].start, same: all.reduce((sum, { same }) => sum + same, 0), list: [].concat(...all.map(({ changes }, i) =>
      changes.map(([a, b, c, d]) => ({ draft: raw(parts[i], a, b), source: raw(text.flat, c, d).replace(/\x01/g, '') })))) };
  };

  // ---- documents ----

  /** Opens what the bundle knows of how documents are cited; `now` is the day on which laws are in force or not. */
  const open = async now => {
    const bundle = await jianyan.open();
    const run = new jianyan.Run(bundle, null), [complete, ...shards] = JSON.parse(await bundle.text(bundle.directory.cited)), known = {}, texts = {}, read = {};

    /** The documents of a name or number. */
    const cited = async term => {
      const hash = term.split('').reduce((hash, unit) => Math.imul(hash, 31) + unit.charCodeAt(0) >>> 0, 7), path = shards[hash % shards.length];
      return path ? JSON.parse(texts[path] || (texts[path] = await bundle.text(path)))[term] || [] : [];
    };

    const pathOf = doc => {
      const group = bundle.docFirsts.filter(first => first <= doc).length - 1;
      return `${bundle.docGroups[group]}/${doc - bundle.docFirsts[group]}-a`;
    };
    const held = doc => known[doc] || (known[doc] = bundle.passage(doc, 0).then(async ({ m, files, standing = ['', 0, 1, 0] }) => {
      const [from, until, whole, articles] = standing;
      return {
        doc, m, files, whole, law: m.kind === 'law', valid: from <= now && (until === 0 || until > now), from, statute: articles ? JSON.parse(await bundle.text(pathOf(doc))) : null
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
      const { statute, whole, doc } = law, parted = statute[1].some(([, , , , , paragraphs]) => paragraphs.length > 1), article = statute[1].find(([n, s]) => n === number && s === sub);
      if (!article) return whole ? false : null;
      const [, , file, at, count, paragraphs] = article, own = paragraph ? paragraphs[paragraph - 1] : null;
      if (paragraph && !own) return parted ? false : null;
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

    // ---- verdicts ----

    const label = ({ number, sub, paragraph, item }) => `第${number}条${sub ? '之' + sub : ''}${paragraph ? `第${paragraph}款` : ''}${item ? `第（${item}）项` : ''}`;
    const judged = (verdict, own, more) => ({ verdict, source: own && { ...own.m, place: '', text: '' }, differences: [], ...more });
    const unheld = () => judged('unheld');
    /** Where letters of a text stand: its article, or its section. */
    const placed = (verdict, { own, text }, [from, to], more) => {
      const index = i => text.text.slice(0, text.flat.places[i][0]).split('\x01').length - 1, at = index(from), [file, line, section] = text.refs[at];
      const article = own.statute && last(own.statute[1].filter(([, , of, first]) => of < file || of === file && first <= line));
      let place = section;
      if (article) {
        const [number, sub, of, first, , paragraphs] = article;
        let left = file === of ? line - first : -1;
        const paragraph = paragraphs.length > 1 && left >= 0 ? paragraphs.findIndex(([size]) => (left -= size) < 0) + 1 : 0;
        place = label({ number, sub, paragraph });
      }
      return { ...judged(verdict, own, more), source: { ...own.m, place, text: text.all.slice(at, index(Math.max(to - 1, from)) + 1).join('\n').slice(0, 400) } };
    };
    const note = (key, args) => ({ note: ['verify.note.' + key, args] });

    /** Judges the citations of a draft by the short names that it defines. */
    return draft => {
      const { short, found } = citations(draft), defined = {};
      for (const [name, whole] of short) defined[keyOf(name)] = whole;

      const resolve = async name => {
        const own = defined[keyOf(name)] || name, all = await named(own);
        if (all.length) return all;
        for (const group of await run.settle(() => bundle.synonyms(normal(own), run.missing))) {
          if (group.some(member => keyOf(member) === keyOf(own))) for (const member of group) {
            const known = await named(member);
            if (known.length) return known;
          }
        }
        return [];
      };

      /** The documents of what is named, those in force first. */
      const sourcesOf = async ({ kind, name, number, place }) => {
        if (kind === 'number') return documents(await cited('number:' + number));
        let all = await resolve(name);
        if (kind === 'title') return all;
        for (let i = 0; !all.length && name.length - i > 4; i++) if (/[按照据对将把被由就为如因经并依用从以且又则即在]/.test(name[i])) all = await named(name.slice(i + 1));
        const year = ({ m, from }) => [m.date, from].map(day => day.slice(0, 4)).filter(Boolean);
        return all.filter(own => !place.year || !year(own).length || year(own).includes(place.year));
      };

      const judgeArticle = async one => {
        const laws = (await sourcesOf(one)).filter(({ statute }) => statute), [newest] = laws;
        let missing = null;
        for (const law of laws) {
          const text = await within(law, one.place);
          if (text) return judged(law.valid ? 'exact' : 'outdated', law, { source: { ...law.m, place: label(one.place), text: text.all.join('\n').slice(0, 400) }, ...law.valid ? {} : replaced(law, newest) });
          if (law === newest) missing = text;
        }
        if (!newest || newest.valid && missing === null) return unheld();
        if (!newest.valid) return judged('outdated', newest);
        const { number, sub } = one.place, article = newest.statute[1].find(([n, s]) => n === number && s === sub);
        return judged('absent', newest, article ? note('no-part', { article: label({ number, sub }), paragraphs: article[5].length }) : note('no-article', { title: newest.m.title, last: last(newest.statute[1])[0] }));
      };
      const replaced = ({ m }, newest) => newest.valid ? note('replaced', { title: m.title, newer: newest.m.title }) : note('not-in-force', { title: m.title });

      const judgeTitle = async ({ name }) => {
        const [own] = await resolve(name);
        if (own) return own.valid || !own.law ? judged('exact', own) : judged('outdated', own, note('not-in-force', { title: own.m.title }));
        const letters = keyOf(name);
        for (const { doc } of letters.length < 8 ? [] : await sharing(name, TITLE)) {
          const near = await held(doc), title = keyOf(near.m.title), slip = align(letters, title);
          const ends = title.length - letters.length, [[a, b, c, d] = [], another] = slip.changes;
          // Names of laws differ by single characters.
          const inner = !another && b !== undefined && !slip.start && slip.end === title.length && Math.max(letters.length, title.length) - slip.same < 3 && !FIGURE.test(letters.slice(a, b) + title.slice(c, d)) && (!near.law || ends);
          if (inner) return judged('differs', near, { differences: [{ draft: letters.slice(a, b), source: title.slice(c, d) }] });
          if (!near.law && !slip.changes.length && (ends === 1 || ends === 2)) return judged('differs', near, { differences: [{ draft: letters, source: title }] });
        }
        return unheld();
      };

      const alike = (name, title) => {
        const laid = align(keyOf(name), keyOf(title));
        return laid && laid.same * 100 >= keyOf(name).length * 70;
      };
      /** Whether a case of this name may be the one of a title: a party of both, and what it is about. */
      const isCase = (own, whole) => {
        const [name, title] = [own, whole].map(keyOf), parties = name.match(/[^某](?=某)/g), [a, b] = [name, title].map(text => text.replace(/[某等人案]/g, ''));
        if (title.includes(name)) return true;
        if (parties && !parties.some(party => title.includes(party))) return false;
        const row = new Uint32Array(b.length + 1);
        for (const letter of a) for (let j = 0, diagonal = 0; j < b.length; j++) [diagonal, row[j + 1]] = [row[j + 1], letter === b[j] ? diagonal + 1 : Math.max(row[j + 1], row[j])];
        return a.length < 3 || row[b.length] * 10 >= a.length * 6;
      };
      const NAME = '[^，。；：！？（）()《》“”,;:/|\\s]', CASE = /^(..+?)(?:一案|案件|案)$/;

      /** What is named beside a number and is not what has that number. */
      const otherName = async ({ paragraph: text, start, end }, owners) => {
        const before = text.slice(0, start), behind = text.slice(end), isOwn = all => all.some(({ doc }) => owners.some(owner => owner.doc === doc));
        const titled = /《([^《》]*)》\s*[（(]?$/.exec(before.trimEnd());
        if (titled) {
          const known = await resolve(titled[1]);
          if (isOwn(known) || !known.length && owners.some(({ m }) => alike(titled[1], m.title))) return null;
          if (known.length) return titled[1];
          if (!owners.some(({ m }) => m.kind === 'case')) return null;
        }
        const bracket = /[（(]$/.test(before.trimEnd()) && last(before.trimEnd().slice(0, -1).split(/[。！？；]/)), inner = /^\s*[（(]((?:[^（()）]|[（(][^（()）]*[)）])*)[)）]/.exec(behind);
        for (const words of [bracket, inner && inner[1]]) {
          const key = keyOf(words || ''), known = key.length < 8 ? [] : await named(words);
          if (known.length) return isOwn(known) || owners.some(({ m }) => alike(known[0].m.title, m.title)) ? null : known[0].m.title;
        }
        let name = (re(`(${NAME}*)[，：（）()《》“”,:/|\\s]*$`).exec(before) || ['', ''])[1];
        const cut = re(`^.*(?:LEADS)(?=....)`);
        name = name.replace(cut, '');
        const own = CASE.exec(name) || CASE.exec((re(`^[（(《“：: 的]*(${NAME}*?案)`).exec(behind) || ['', ''])[1]);
        if (!own || owners.some(({ m }) => isCase(own[1], m.title))) return null;
        const full = own[1] + '案', party = /某|诉|公司|×|甲|等人/.test(own[1]) && !re('^(?:GENERIC)').test(own[1]);
        return party || (await named(full)).some(({ m }) => m.kind === 'case') ? full : null;
      };

      const judgeNumber = async one => {
        const owners = await sourcesOf(one), [owner] = owners;
        if (!owner) {
          const [doc] = await run.settle(() => { const list = run.list(NUMBER, one.number); return list ? Array.from(list.docs(run.missing)) : []; });
          if (doc !== undefined) return judged('exact', await held(doc));
          const plain = text => normal(text).replace(/[^\p{Alphabetic}\p{N}]|第/gu, '').replace(/号+$/, '');
          return judged(complete.split(' ').some(own => own && plain(one.number).startsWith(plain(own))) ? 'absent' : 'unheld');
        }
        const other = await otherName(one, owners);
        return other ? judged('misplaced', owner, note('other-case', { title: owner.m.title, named: other })) : judged('exact', owner);
      };

      // ---- words ----

      /** Where words stand in a document, their parts in one article where it is a law. */
      const together = (parts, { own, text }) => {
        const place = stand(parts, text), { refs } = placed('exact', { own, text }, place || [0, 1]) && text;
        if (!place || parts.length < 2 || !own.statute || !refs.length) return place;
        const [first, end] = [place[0], place[1] - 1].map(i => placed('', { own, text }, [i, i + 1]).source.place.split('第')[1]);
        return first === end ? place : null;
      };
      const stands = (where, place) => placed(where.own.valid || !where.own.law ? 'exact' : 'outdated', where, place);

      /** What a test gives first for the places, perhaps in some documents `only`, that share most with words. */
      const first = async (words, only, test) => {
        const found = await sharing(words.split(/…+|\.{6}|。。。/).reduce((a, b) => b.length > a.length ? b : a), BODY, only);
        for (const { doc, starts } of found) {
          for (const start of starts.slice(0, COMPARED)) {
            const result = test({ ...await textAt(doc, start), more: found.more });
            if (result) return result;
          }
        }
        return null;
      };
      const anywhere = async (parts, words) => {
        let old = null;
        const found = parts.size < TELLING ? null : await first(words, null, where => {
          const place = together(parts, where), is = place && { where, place };
          if (is && where.own.law && !where.own.valid) old = old || is;
          else return is;
        });
        return found || old;
      };
      const differing = (parts, where, percent) => {
        // Where others weren't looked at, one of them may have the very words.
        const laid = where.more ? null : differences(parts, where.text, percent);
        return laid && placed('differs', where, [laid.at, laid.at + 1], { differences: laid.list, ...laid.list.length ? {} : note('cut') });
      };
      const nearAnywhere = (parts, words) => parts.size < LONG ? null : first(words, null, where => differing(parts, where, NEARER));

      /** The texts of the place that is named, of each document that has it. */
      const scopes = async (sources, place, words) => (await Promise.all(sources.map(async own => {
        const text = place ? await within(own, place) : null;
        if (place && !own.statute) return null;
        if (place) return text && { own, text };
        if (own.files <= WHOLE) return textAt(own.doc);
        const all = [];
        await first(words, [own.doc], where => { all.push(where); });
        return all;
      }))).reduce((all, texts) => all.concat(texts || []), []);
      const inSource = (parts, texts) => {
        for (const where of texts) {
          const place = stand(parts, where.text);
          if (place) return stands(where, place);
        }
        return null;
      };

      const judgeTold = (words, [where]) => {
        if (!where) return null;
        let size = 0, same = 0, list = [];
        for (const clause of words.split(/[，；：,;:]/)) {
          const parts = partsOf(clause), place = parts.size && stand(parts, where.text), near = place || !parts.size ? null : differences(parts, where.text, NEAR);
          size += parts.size;
          same += place ? parts.size : near ? near.same : 0;
          if (near) list = list.concat(near.list);
        }
        if (same < MIDDLE || same * 100 < size * NEAR) return null;
        return placed(list.length ? 'differs' : where.own.valid ? 'exact' : 'outdated', where, [0, where.text.flat.letters.length], { differences: list });
      };

      const judgeQuotation = async ({ words, source, also, way }) => {
        const parts = partsOf(words), { place } = source || {};
        if (!parts.size) return null;
        const sources = source ? await sourcesOf(source) : [];
        if (source && !sources.length) return way === 'told' || parts.size < TELLING ? null : unheld();
        for (const other of also) {
          const exact = inSource(parts, await scopes(await sourcesOf(other), other.place, words));
          if (exact && exact.verdict === 'exact') return exact;
        }
        const texts = await scopes(sources, place, words);
        if (way === 'told') return judgeTold(words, texts);
        if (source && way !== 'spoken') {
          const exact = inSource(parts, texts);
          if (exact || parts.size < TELLING && way !== 'perhaps') return exact;
        }
        const sure = way === 'surely' || way === 'beside', turned = () => {
          const where = parts.length > 1 && texts.find(({ text }) => parts.every(part => stand([part], text)));
          return where && placed('differs', where, stand([parts[0]], where.text), note('order'));
        };
        const early = sure && place && turned();
        if (early) return early;
        const docs = sources.map(({ doc }) => doc), other = sure && await first(words, docs, where => {
          const there = together(parts, where);
          return there && placed(where.own.valid ? 'misplaced' : 'outdated', where, there);
        });
        if (other) return other;
        const elsewhere = await anywhere(parts, words);
        if (elsewhere) return sure ? placed('misplaced', elsewhere.where, elsewhere.place) : stands(elsewhere.where, elsewhere.place);
        if (way === 'spoken') return unheld();
        if (!source) return await nearAnywhere(parts, words) || unheld();
        if (sure && turned()) return turned();
        for (const where of sure || parts.size >= MIDDLE ? texts : []) {
          const near = differing(parts, where, sure ? NEAR : NEARER);
          if (near) return near;
        }
        if (!sure) return unheld();
        const near = place && await first(words, docs, where => differing(parts, where, NEAR)) || await nearAnywhere(parts, words), [own] = sources;
        if (near) return near;
        return way === 'surely' && (place ? texts.length && texts[0].own === own || own.whole && own.statute : own.whole && own.files <= WHOLE) ? judged('absent', own) : unheld();
      };

      const judge = { article: judgeArticle, title: judgeTitle, number: judgeNumber, quotation: judgeQuotation };
      return { found, judge: one => judge[one.kind](one) };
    };
  };

  const opened = {};

  /** Whether a text may have traditional characters: Han outside of GB 2312, as far as the browser can tell. */
  const isTraditional = text => {
    const bytes = [];
    for (let row = 0xB0; row < 0xF8; row++) for (let cell = 0xA1; cell < 0xFF; cell++) bytes.push(row, cell);
    const known = typeof TextDecoder === 'function' ? new TextDecoder('gbk').decode(new Uint8Array(bytes)) : '';
    return Array.from(new Set(text)).some(c => /[\u3400-\u9FFF\uF900-\uFAFF]/.test(c) && !known.includes(c));
  };

  /** The citations of a draft with their verdicts, in its order; laws are in force or not on the day `now`. */
  jianyan.judge = async (draft, now) => {
    if (jianyan.analyzer.mayChange('国') && isTraditional(draft)) {
      await (await jianyan.open()).loadTable();
      jianyan.citing.forms = {};
    }
    const { found, judge } = (await (opened[now] || (opened[now] = open(now))))(draft), all = [];
    for (const one of found) {
      const verdict = await judge(one);
      if (verdict) all.push({ ...one, ...verdict });
    }
    return all;
  };
})(jianyan);
