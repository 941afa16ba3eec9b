/* The verdicts on what a draft cites, by the bundle. src/verify/judge is the twin; what would take more than a page should load is
   `unheld` here. */
(jianyan => {
  'use strict';
  const { normal } = jianyan.analyzer, { re, last, citations, yearOf, FIGURE } = jianyan.citing, { keyOf, align, stand, omitted, partsOf, differences } = jianyan.comparing;
  const BODY = 1, TITLE = 0, NUMBER = 7;
  /** Hundredths of words that stand in a source that they differ from, in one that nobody named; letters from which on words are
      looked for anywhere, and may be near to anything. */
  const NEAR = 80, NEARER = 85, TELLING = 8, MIDDLE = 12, LONG = 14;
  /** Places in one document that are compared, files of a document that is read whole. */
  const COMPARED = 4, WHOLE = 8;

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

  /** What judges the citations of a draft, by what is held and the short names that the draft defines. */
  const judgeBy = ({ bundle, run, complete, cited, held, documents, named, within, sharing, textAt }, draft) => {
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
      if (place && place.loose === 'former') return [];
      let all = await resolve(name);
      if (kind === 'title') return all;
      for (let i = 0; !all.length && name.length - i > 4; i++) if (/[按照据对将把被由就为如因经并依用从以且又则即在]/.test(name[i])) all = await named(name.slice(i + 1));
      const year = place.year || yearOf(defined[keyOf(name)] || ''), years = ({ m, from }) => [m.date, from].map(day => day.slice(0, 4)).filter(Boolean);
      const own = all.filter(one => !year || !years(one).length || years(one).includes(year)), newest = all.map(({ m }) => m.date).sort().pop();
      // The newest, of which nobody knows the day from which it is in force, may be that of the year after it was passed.
      return own.length ? own : all.filter(({ m, from }) => !from && m.date === newest && +m.date.slice(0, 4) + 1 === +year);
    };

    const judgeArticle = async one => {
      const laws = (await sourcesOf(one)).filter(({ statute }) => statute), [newest] = laws;
      let missing = null;
      for (const law of laws) {
        const text = await within(law, one.place);
        if (text) return judged(law.valid ? 'exact' : 'outdated', law, { source: { ...law.m, place: label(one.place), text: text.all.join('\n').slice(0, 400) }, ...law.valid ? {} : replaced(law, newest) });
        if (law === newest) missing = text;
      }
      if (!newest || newest.valid && (missing === null || one.place.loose)) return unheld();
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
        const near = await held(doc), [, head, words, tail] = /^([^(]*)\(([^)]*)\)\s*(.*)$/.exec(normal(near.m.title)) || [], title = keyOf(near.m.title), slip = align(letters, title);
        // 经济（职务）犯罪纪要 is 经济犯罪纪要, 甲规则（试行） may be another text than 甲规则.
        if (words && keyOf(head + tail) === letters) return tail && /[^\d〇零一二三四五六七八九十百千万亿两]/.test(words) ? judged('exact', near) : unheld();
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
      const loose = place && place.loose;
      if (loose && way === 'told') return null;
      if (loose) way = 'spoken';
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
      // Who leaves words out may do so as another text does that quotes the same.
      for (const where of sure ? texts : []) {
        const left = omitted(parts, where.text);
        if (left) return placed('differs', where, left.place, { differences: left.list });
      }
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
    const { found, judge } = judgeBy(await (opened[now] || (opened[now] = jianyan.holdings(now))), draft), all = [];
    for (const one of found) {
      const verdict = await judge(one);
      if (verdict) all.push({ ...one, ...verdict });
    }
    return all;
  };
})(jianyan);
