/* What else to ask, where nothing was found above all. docs/search.md, section 10; src/query/help.rs is its twin. */
(jianyan => {
  'use strict';
  const { analyzer, words } = jianyan, STRICT = [0, 1, 2, 3, 5];
  const DROPPED = 6, LONGEST = 8, TRIED = 24, OFFERED = 3, MOST = 8, PARTS = 32;
  const CLOSING = { '"': '"', '“': '”', '「': '」' };

  /** Where a part ends: behind a quotation that begins it, or at white space. */
  const partEnd = text => {
    const word = (/\p{White_Space}/u.exec(text) || { index: text.length }).index, colon = text.slice(0, word).search(/[:：]/);
    for (const start of [/^[-－]/.test(text) ? 1 : 0, colon < 0 ? 0 : colon + 1]) {
      const close = CLOSING[text[start]], end = close ? text.indexOf(close, start + 1) : -1;
      if (end >= 0) return end + 1;
    }
    return word;
  };

  /** The parts of a query between its white space, quotations whole. */
  const partsOf = query => {
    const out = [], trim = text => text.replace(/^\p{White_Space}+/u, '');
    for (let rest = trim(query); rest;) {
      const text = rest.slice(0, partEnd(rest)), joiner = jianyan.query.OR.test(text);
      out.push({ text, joiner, plain: !joiner && !/^[-－"“「]|[:：]/.test(text) });
      rest = trim(rest.slice(text.length));
    }
    return out;
  };

  /** The parts that no OR is or stands beside. */
  const freeOf = parts => parts.map((_, at) => at).filter(at => ![at - 1, at, at + 1].some(near => parts[near] && parts[near].joiner));

  /** A query with another text in place of a part. */
  const ideaOf = parts => (at, why, by) => ({
    q: parts.map((part, i) => i === at ? by : part.text).filter(Boolean).join(' '), why, word: parts[at].text, by, n: 0
  });

  /** Those that find something, with how much. */
  const counted = async ideas => {
    for (const one of ideas) one.n = await total(one.q);
    return ideas.filter(one => one.n);
  };

  /** Ideas with how a page says them. */
  const said = ideas => {
    if (jianyan.page) for (const one of ideas) one.text = jianyan.page.t('help.' + one.why, one);
    return ideas;
  };

  const total = async query => (await jianyan.search(query, { limit: 0, related: false })).total;

  /** Whether a normal form is one sequence of CJK characters. */
  const isHan = normal => new RegExp(`^[${analyzer.CJK}]*$`, 'u').test(normal);

  /** Whether one character more, fewer or other makes one word the other. */
  const oneEdit = (a, b) => {
    let shared = 0;
    while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
    const rest = (word, more) => word.slice(shared + more).join('');
    if (a.length === b.length) return shared < a.length && rest(a, 1) === rest(b, 1);
    return a.length < b.length ? rest(a, 0) === rest(b, 1) : rest(a, 1) === rest(b, 0);
  };

  /** Stretches of the vocabulary's values that one character more, fewer or other makes the word. */
  const neighbours = (word, values) => {
    const out = new Set();
    for (const { normal } of values) {
      const letters = Array.from(normal);
      for (const length of [word.length, word.length + 1, word.length - 1]) {
        for (let at = 0; at + length <= letters.length; at++) {
          const stretch = letters.slice(at, at + length);
          if (out.size < TRIED && oneEdit(word, stretch) && isHan(stretch.join(''))) out.add(stretch.join(''));
        }
      }
    }
    return Array.from(out);
  };

  /** Other spellings of a word all of whose tokens stand somewhere, with why. */
  async function respelt(word) {
    const normal = analyzer.normal(word), letters = Array.from(normal);
    if (letters.length < 2 || letters.length > LONGEST || !isHan(normal)) return [];
    const bundle = await jianyan.open(), run = new jianyan.Run(bundle, null), sounds = await words.sounds();
    const values = letters.length > 2 ? await words.vocabulary() : [];
    const stands = spelling => spelling.every((letter, i) => !i || STRICT.some(field => run.df(field, spelling[i - 1] + letter)));
    const changed = (at, other) => letters.map((letter, i) => i === at ? other : letter);
    const alike = letter => Array.from(new Set([].concat(...sounds.of(letter).map(syllable => Array.from(sounds.table[syllable])))))
      .filter(other => other !== letter).sort();
    const found = await run.settle(() => {
      const pairs = letters.slice(1).map((_, i) => stands(letters.slice(i, i + 2))), out = [];
      const keep = (why, spelling) => out.push([why, spelling.join('')]);
      letters.forEach((letter, at) => {
        if (pairs.some((known, pair) => !known && pair !== at && pair + 1 !== at)) return;
        for (const other of alike(letter)) {
          const spelling = changed(at, other);
          if (stands(spelling.slice(Math.max(at - 1, 0), at + 2))) keep('sound', spelling);
        }
      });
      for (let at = 1; at < letters.length; at++) {
        const spelling = letters.slice();
        [spelling[at - 1], spelling[at]] = [letters[at], letters[at - 1]];
        if (letters[at] !== letters[at - 1] && stands(spelling)) keep('similar', spelling);
      }
      if (letters.length > 2) letters.forEach((_, at) => {
        const spelling = letters.filter((_, i) => i !== at);
        if (stands(spelling)) keep('similar', spelling);
      });
      return out;
    }, () => true);
    found.push(...neighbours(letters, values).map(by => ['similar', by]));
    const seen = new Set();
    return found.filter(([, by]) => !seen.has(by) && seen.add(by)).slice(0, TRIED);
  }

  /** A word with each member of a synonym group that stands inside of it changed for the others. */
  const synonyms = (word, groups) => {
    const normal = analyzer.normal(word), out = [];
    for (const members of groups.map(group => group.map(analyzer.normal))) {
      for (const inner of members) {
        if (inner && inner !== normal && normal.includes(inner)) {
          out.push(...members.filter(other => other !== inner).map(other => normal.split(inner)[0] + other + normal.slice(normal.indexOf(inner) + inner.length)));
        }
      }
    }
    return out;
  };

  const halves = word => {
    const letters = Array.from(word), half = letters.length >> 1;
    return half > 1 ? [letters.slice(0, half).join(''), letters.slice(half).join('')] : [];
  };

  /** Other queries that find something, the likeliest first: the query, why ('sound', 'similar', 'synonym', 'without',
      'part'), the word, what stands in its place, the number of strict matches, and how a page says it. */
  jianyan.help = async query => {
    const parts = partsOf(query), run = new jianyan.Run(await jianyan.open(), null), all = [], plain = [], alone = [], seen = new Set();
    if (parts.length > PARTS) return [];
    const groups = await run.settle(() => run.bundle.synonyms(analyzer.normal(query), run.missing));
    const lone = ({ text: word }, why, by) => ({ q: by, why, word, by, n: 0 });
    const idea = ideaOf(parts);
    for (let at = 0; at < parts.length; at++) {
      if (!parts[at].plain) continue;
      alone.push(lone(parts[at], 'part', parts[at].text));
      if (await total(parts[at].text)) continue;
      const others = await respelt(parts[at].text), found = await counted(others.map(([why, by]) => idea(at, why, by)));
      alone.push(...others.map(([why, by]) => lone(parts[at], why, by)));
      const shorter = one => Array.from(one.by).length < Array.from(parts[at].text).length;
      const place = one => found.indexOf(one);
      all.push(...found.slice().sort((a, b) => shorter(a) - shorter(b) || b.n - a.n || place(a) - place(b)).slice(0, OFFERED));
    }
    parts.forEach((part, at) => { if (part.plain) plain.push(...synonyms(part.text, groups).map(by => idea(at, 'synonym', by))); });
    const free = freeOf(parts);
    if (parts.length > 1) plain.push(...free.slice(0, DROPPED).map(at => idea(at, 'without', '')));
    else if (parts.length && parts[0].plain) plain.push(...halves(parts[0].text).map(by => idea(0, 'part', by)));
    all.push(...await counted(plain));
    const ideas = (all.length || parts.length < 2 ? all : await counted(alone)).filter(one => !seen.has(one.q) && seen.add(one.q)).slice(0, MOST);
    return said(ideas);
  };

  /** Queries with a filter in place of a word that counts years from the reference day (去年 盗窃), those that find something.
      The word itself is looked for as it stands: texts say it, too. */
  jianyan.dated = async query => {
    const parts = partsOf(query), { readAs, timesOf, plan } = jianyan.query, idea = ideaOf(parts);
    if (parts.length > PARTS || plan(query, [], []).filters.some(({ times }) => times)) return [];
    const words = freeOf(parts).filter(at => parts[at].plain && readAs(parts[at].text) && timesOf(parts[at].text).length);
    return said(await counted(words.map(at => idea(at, 'year', '年份:' + readAs(parts[at].text)))));
  };
})(jianyan);
