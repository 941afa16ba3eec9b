/* What a first search for plain words does without: numbers and laws as words, and the columns of the bundle, values by
   document, which filters, other orders and counts look at.
   docs/search.md, sections 3 and 6; src/query/filter.rs and src/query/facets.rs are the twins. */
(jianyan => {
  'use strict';
  if (jianyan.columns) return;
  const { normal: normalize } = jianyan.analyzer, { read, follow, trim, SPACE } = jianyan.query, { CJK } = jianyan.analyzer;
  /** What filters look at (src/index/facet.rs); those of facets and the year are counted. */
  const { looks } = jianyan, COUNTED = Object.keys(looks).filter(name => /time|contains|equals|closed/.test(looks[name]));
  const LEVELS = ['unit', 'county', 'city', 'province', 'national'];

  /** A column made of its file, once; null, with the file noted as missing, when it isn't there yet. `reader` is
      null for a column that the site lacks. */
  const made = ({ bundle, missing }, name, make) => {
    const path = bundle.head.facets[name], reader = path ? bundle.reader(path, missing) : null;
    if (path && !reader) return null;
    return bundle.columns[name] || (bundle.columns[name] = make(reader, bundle.head.n));
  };

  /** A column of texts: `values`, each with the other names that it answers to behind it, and the numbers of the
      values `of` a document. */
  const column = (run, name) => made(run, name, (reader, n) => {
    const values = reader ? reader.json() : [], rows = [];
    for (let doc = 0; reader && doc < n; doc++) rows.push(reader.ints(reader.int()));
    return { values, of: doc => rows[doc] || [] };
  });

  /** A column of numbers (`year`, `date`) by document; NaN where one has none. */
  const numbers = (run, name) => made(run, name, (reader, n) => Float64Array.from({ length: n }, () => {
    const folded = reader ? reader.int() - 1 : -1;
    return folded < 0 ? NaN : folded & 1 ? -(folded + 1) / 2 : folded / 2;
  }));

  // ---- numbers and laws of words ----

  /** Canonical form of a word that is wholly a number, such as 检例142号; empty for any other. */
  jianyan.query.numberOf = word => {
    const open = '[(〔\\[【〈][ \\t]*([1-9]\\d{3}|[一二三四五六七八九][〇零○一二三四五六七八九]{3})[ \\t]*[)〕\\]】〉][ \\t]*', han = '[\\u4E00-\\u9FFF';
    const number = '((?![百千])(?:\\d{1,6}|[〇零一二三四五六七八九十百千]+))', digits = `${number}(?:[ \\t]*[-‐‑−—–―─]+[ \\t]*${number})?[ \\t]*号$`;
    const { value } = jianyan.analyzer;
    // A greater number behind the hyphen makes a range: several numbers.
    const canonical = (before, first, part) =>
      part === undefined ? `${before}${value(first)}号`
        : value(part) <= value(first) ? `${before}${value(first)}-${value(part)}号` : '';
    let match = new RegExp(`^检例[ \\t]*第?[ \\t]*${digits}`).exec(word);
    if (match) return canonical('检例', match[1], match[2]);
    match = new RegExp(`^(${han}a-z]*)[ \\t]*${open}(?:第?[ \\t]*|([a-z])(?=\\d))${digits}`).exec(word);
    if (match) return canonical(`${match[1]}${value(match[2])}-${match[3] || ''}`, match[4], match[5]);
    match = new RegExp(`^${open}((?![第号])${han}](?:(?!号)${han}\\d ]){0,23}?)(?=\\d)${digits}`).exec(word);
    const fits = match && !/\d$/.test(match[2]) && match[2].length + match[3].length <= 24;
    return fits ? canonical(`(${value(match[1])})${match[2].replace(/ /g, '')}`, match[3], match[4]) : '';
  };

  /** The `laws` term of a law's name and an article; empty when it is none. */
  jianyan.query.lawOf = (name, article) => {
    name = name.replace(new RegExp(`[${SPACE}《》]`, 'g'), '').replace(/^中华人民共和国/, '');
    const good = new RegExp(`^[\\p{Alphabetic}\\p{N}${CJK}()]+$`, 'u').test(name) && /^#\d+条/.test(article.text);
    return good ? name + article.text : '';
  };

  // ---- filters ----

  /** A year, perhaps with a month of it; null where none can be read. */
  const timeOf = text => {
    const [, year, rest] = /^(\d*)([^]*)$/.exec(text), month = /^[年./-](.*?)月?$/.exec(trim(rest));
    if (!year || year > 65535) return null;
    if (!trim(rest).replace(/年/g, '')) return { year: +year };
    const digits = month ? trim(month[1]) : '';
    return year.length === 4 && /^(\d\d?|\+\d)$/.test(digits) && +digits > 0 && +digits < 13 ? { year: +year, month: +digits } : null;
  };

  /** Days from 1970 to the first of a month. */
  const firstDay = (year, month) => new Date(0).setUTCFullYear(year, month - 1, 1) / 864e5;

  /** The time of a filter's value: the column that it looks at, and the ends; null when it can't be read. */
  jianyan.query.timeRange = value => {
    const normal = trim(normalize(value)), whole = timeOf(normal);
    let ends = whole && [whole, whole];
    for (const sign of whole ? [] : ['..', '至', '到', '~', '—', '–', '-']) {
      const at = normal.indexOf(sign), after = normal.slice(at + sign.length).split(sign), to = after.find(Boolean);
      if (at < 0) continue;
      const texts = [normal.slice(0, at), to ? after.slice(after.indexOf(to)).join(sign) : ''];
      if (sign !== '..' && !(texts[0] && texts[1])) continue;
      ends = texts.map(text => trim(text) ? timeOf(trim(text)) : undefined);
      break;
    }
    if (!ends || ends.includes(null) || !ends[0] && !ends[1]) return null;
    const [from, to] = ends, days = ends.some(end => end && end.month);
    const range = days ? [from ? firstDay(from.year, from.month || 1) : -Infinity, to ? firstDay(to.year, (to.month || 12) + 1) - 1 : Infinity]
      : [from ? from.year : -Infinity, to ? to.year : Infinity];
    return range[0] <= range[1] ? { column: days ? 'date' : 'year', range } : null;
  };

  const closed = (names, text) => names[0].toLowerCase() === text.toLowerCase() || names.includes(text);

  const SIGN = /[()〔〕[\]【】第号\-\p{White_Space}]/u, SIGNS = /[()〔〕[\]【】第号\-\p{White_Space}]+/gu;

  /** A number without its signs; where digits would meet, a stroke parts them. */
  const skeleton = text => text.replace(SIGNS, (_, at, whole) => /\d$/.test(whole.slice(0, at)) && /^\d/.test(whole.slice(at + _.length)) ? '|' : '');

  /** Whether part of a number, as people write it, stands in the canonical form of one: 第142号 and 142 in 检例142号. Signs
      that close it close its digits. */
  const numberHolds = value => {
    const part = skeleton(value), left = SIGN.test(value[0]), right = SIGN.test(value[value.length - 1]);
    return known => {
      const bare = skeleton(known);
      for (let at = part ? bare.indexOf(part) : -1; at >= 0; at = bare.indexOf(part, at + 1)) {
        if (!(left && /\d/.test(bare[at - 1] || '')) && !(right && /\d/.test(bare[at + part.length] || ''))) return true;
      }
      return false;
    };
  };

  /** What a value asks of `laws`: a law's article, an article of any law, or part of a name. */
  const lawHolds = value => {
    const words = [value].concat(/\d$/.test(value) ? value + '条' : []).map(text => read(text, false, null)), cited = words.find(word => word.term);
    if (cited) return known => known === cited.term;
    const only = words.find(({ normal, articles: [first, ...more] }) => first && !first.start && /^#\d+条/.test(first.text) && follow(normal, [first, ...more]));
    if (only) return known => known.endsWith(only.articles[0].text);
    const bare = value.replace(/[《》]/g, ''), part = bare.replace(/^中华人民共和国(?=[^])/, '');
    return known => normalize(known).includes(part);
  };

  /** A filter as a function of the document. */
  const holds = (run, { filter: name, value, time, ways }) => {
    const normal = normalize(value).trim(), number = name === 'number' && read(value, false, null).number, part = numberHolds(normal);
    if (name === 'title') {
      const docs = new Set(run.match(ways, null));
      return doc => docs.has(doc);
    }
    if (name === 'year') {
      const own = numbers(run, time.column);
      return own && (doc => own[doc] >= time.range[0] && own[doc] <= time.range[1]);
    }
    const law = name === 'law' && lawHolds(normal);
    const tests = {
      contains: names => normalize(names[0]).includes(normal),
      equals: names => normalize(names[0]).trim() === normal,
      // 〔2020〕4号 is but the end of a number.
      number: names => number && !/^\d/.test(number) ? names[0] === number : part(names[0]),
      law: names => law(names[0]),
      closed: names => names.length > 1 ? closed(names, value) || closed(names, normal) : names[0] === value
    };
    const own = column(run, name === 'law' ? 'laws' : name);
    if (!own) return null;
    const good = own.values.map(tests[looks[name]]);
    return doc => own.of(doc).some(value => good[value]);
  };

  /** Puts the strict documents of a result in order: the latest first, or those of the highest adopted level. */
  const order = async ({ run, strict }, options) => {
    const key = await run.settle(() => {
      if (options.sort === 'date') {
        const dates = numbers(run, 'date');
        return dates && (doc => isNaN(dates[doc]) ? -Infinity : dates[doc]);
      }
      const level = column(run, 'level');
      return level && (doc => Math.max(-1, ...Array.from(level.of(doc), value => LEVELS.indexOf(level.values[value][0]))));
    }, options);
    const compare = (a, b) => (a < b) - (a > b);
    if (key) strict.sort((a, b) => compare(key(a.doc), key(b.doc)) || b.score - a.score || a.doc - b.doc);
  };

  jianyan.columns = { column, holds, order };

  /** Counts over the strict documents of a result: facet, value, documents. */
  jianyan.facets = ({ run, strict }, names = COUNTED) => run.settle(() => {
    const facets = {};
    for (const name of names) {
      const years = name === 'year' && numbers(run, name), own = name !== 'year' && column(run, name);
      const of = years ? doc => isNaN(years[doc]) ? [] : [years[doc]] : doc => Array.from(own.of(doc), value => own.values[value][0]);
      if (years || own) for (const { doc } of strict) for (const value of of(doc)) {
        const counts = facets[name] || (facets[name] = {});
        counts[value] = (counts[value] || 0) + 1;
      }
    }
    return facets;
  });
})(jianyan);
