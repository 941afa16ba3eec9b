/* What a first search for plain words does without: numbers and laws as words, and the columns of the bundle, values by
   document, which filters, other orders and counts look at.
   docs/search.md, sections 3 and 6; src/query/filter.rs and src/query/facets.rs are the twins. */
(jianyan => {
  'use strict';
  if (jianyan.columns) return;
  const { normal: normalize, sequences, articles, mayChange, CJK } = jianyan.analyzer, { follow, trim, timesOf, readAs, NAMES, OR, SPACE } = jianyan.query;
  /** What filters look at (src/index/facet.rs); those of facets and the year are counted. */
  const { looks, laws, vocabularies } = jianyan, COUNTED = Object.keys(looks).filter(name => /time|contains|equals|closed/.test(looks[name]));
  /** The field of `law#article`. */
  const LAWS = 8;
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

  const BLANKS = new RegExp(`[${SPACE}]`, 'g'), NUMERALS = '〇零一二三四五六七八九十百千', LETTERS = new RegExp(`^[\\p{Alphabetic}\\p{N}${CJK}()]*$`, 'u');
  const WIDEST = 500;

  /** A text without blanks, the signs around a law's name and what ends a sentence. */
  const bareOf = normal => normal.replace(BLANKS, '').replace(/[《》〈〉]/g, '').replace(/§/g, '第').replace(/[。.,;:、!?]+$/, '');

  /** A law's name as `laws` has it; null for what is none. */
  const lawName = text => {
    const name = text.replace(/^(?:(?:中华人民共和国|我国|现行)(?=[^]))+/, '');
    return LETTERS.test(name) ? laws.hasOwnProperty(name) ? laws[name] : name : null;
  };

  /** Reads articles, lists and ranges of them, from the beginning of a text to its end; null where it isn't wholly that.
      src/query/plan/citing.rs is the twin. */
  const series = text => {
    const out = { named: [], inner: [], sure: false };
    let rest = text, last = null;
    const eat = (...signs) => {
      const sign = signs.find(one => rest.startsWith(one));
      if (sign) rest = rest.slice(sign.length);
      return !!sign;
    };
    const attempt = f => {
      const before = rest, { sure } = out, found = f();
      if (found === null) { rest = before; out.sure = sure; }
      return found;
    };
    const number = most => {
      const [own] = /^\d/.test(rest) ? /^\d+/.exec(rest) : new RegExp(`^[${NUMERALS}]*`).exec(rest), spans = articles(`第${own}条`);
      if (spans.length !== 1 || /^\d/.test(own) && own.length > most) return null;
      const value = /^#(\d+)条$/.exec(spans[0].text);
      if (!value) return null;
      rest = rest.slice(own.length);
      return +value[1];
    };
    const token = (value, insertion) => `#${value}条${insertion ? '-' + insertion : ''}`;
    const add = (value, insertion, from) => {
      const [first, after] = from || [];
      if (from && first === value && insertion > after && insertion - after <= WIDEST) {
        for (let i = after + 1; i < insertion; i++) out.inner.push(token(value, i));
      } else if (from && value > first && value - first <= WIDEST) {
        for (let i = first + 1; i < value; i++) out.inner.push(token(i, 0));
      }
      out.named.push(token(value, insertion));
      last = [value, insertion];
    };
    const sure = eaten => { out.sure = out.sure || eaten; };
    const part = () => attempt(() => {
      if (eat('的规定', '之规定', '规定')) return true;
      eat('第');
      const bracket = eat('(');
      if (number(2) === null) return null;
      const closed = bracket === eat(')'), unit = eat('款', '项', '目');
      return closed && (bracket || unit) ? true : null;
    });
    const article = from => {
      const found = attempt(() => {
        eat('第');
        const value = number(4);
        if (value === null) return null;
        sure(eat('条'));
        const insertion = attempt(() => {
          const stroke = eat('-');
          if (!stroke && !eat('之')) return null;
          const bracket = eat('('), own = number(2);
          return own === null || bracket !== eat(')') || stroke && own > value ? null : own;
        });
        sure(eat('条'));
        return [value, insertion || 0];
      });
      if (!found) return null;
      add(...found, from);
      while (part());
      return true;
    };
    const inserted = from => {
      const own = last && attempt(() => eat('之') ? number(2) : null);
      if (own === null) return null;
      add(last[0], own, from);
      return true;
    };
    if (!article(null)) return null;
    while (rest) {
      const after = rest.replace(/^[至到~—–―─‐-]+/, ''), range = after !== rest;
      rest = after;
      if (!range && !eat('以及', '或者', '、', ',', ';', '和', '及', '与', '或')) return null;
      const from = range ? last : null;
      if (!part() && !inserted(from) && !article(from)) return null;
    }
    return out;
  };

  /** Articles that a text in normal form is wholly, perhaps of a law; null for any other. */
  const citing = normal => {
    const text = bareOf(normal);
    if (normal.length > 200) return null;
    for (let at = 0; at < text.length; at++) {
      const found = /^\d/.test(text[at]) && /\d$/.test(text.slice(0, at)) ? null : series(text.slice(at));
      if (!found) continue;
      const law = lawName(text.slice(0, at));
      if (law === null) continue;
      if (found.sure || !law || /^[\d第]|[十百千]/.test(text.slice(at))) return { ...found, law };
    }
    return null;
  };

  /** What a word cites: terms of `laws`; and the articles that no span of its says. */
  jianyan.query.cited = (normal, spans) => {
    const none = { laws: [], cited: [] }, follows = spans.length && follow(normal, spans);
    if (follows && !spans[0].start) {
      // Those of 条 alone, where one is among them.
      const own = spans.filter(one => one.text.includes('条'));
      return { ...none, meant: own.length ? own : spans };
    }
    if (follows && /^#\d+条/.test(spans[0].text)) {
      const name = lawName(normal.slice(0, spans[0].start).replace(BLANKS, '').replace(/[《》]/g, ''));
      if (name) return { laws: [name + spans[0].text], cited: [] };
    }
    const found = citing(normal);
    if (!found || !found.sure) return none;
    return { laws: found.law ? found.named.map(text => found.law + text) : [], cited: found.named.map(text => ({ text })) };
  };

  /** Adds what the laws themselves have whose articles are asked for. */
  jianyan.hold = (run, docs, scores) => {
    const { missing, plan, bundle: { head: { ranking } } } = run, asked = plan.marks.flatMap(word => word.laws.map(law => law.split('#')[0]));
    for (const law of new Set(asked)) {
      const list = run.list(LAWS, '=' + law);
      if (list) list.meet(docs, missing, i => { scores[i] += ranking.holder; });
    }
  };

  // ---- filters ----

  /** Names of filters in traditional characters. */
  const SIMPLE = { 標: '标', 題: '题', 類: '类', 別: '别', 單: '单', 門: '门', 業: '业', 務: '务', 條: '条', 線: '线', 籤: '签', 簽: '签', 層: '层', 級: '级', 轉: '转', 態: '态', 狀: '状', 編: '编', 號: '号' };

  /** Whether the word behind a value belongs to it: 〔2020〕 4 号, 第 264 条, 2024年 3月. */
  const goesOn = (look, value, word) => {
    const own = normalize(value), next = normalize(word), both = own + '\n' + next, N = `[\\d${NUMERALS}]`;
    if (look === 'number') return new RegExp(`[第〕\\])】]\n(?:${N}|第)|${N}\n[号號]|\n[〔[(【]`).test(both);
    if (look === 'law') return new RegExp(`第\n${N}|${N}\n[条條]|[条條]\n之`).test(both);
    return look === 'time' && /[年至到~—–-]\n|\n[年月至到~—–-]/.test(both) && timesOf(own + next).length > 0;
  };

  /** The names of values of a closed vocabulary that a text is, one or a list; none where something of it is none. */
  const namesOf = (name, text) => {
    const known = part => [part, normalize(part)].map(trim).find(own => vocabularies[name].some(one => one === own || one.toLowerCase() === own.toLowerCase()));
    const all = [text].every(known) ? [text] : text.split(/[、,，;；和及与或/／]/);
    return all.every(known) ? all.map(known) : [];
  };

  /** The filter that a word is, with its value taken off the text. */
  jianyan.query.filterOf = (word, head, typed, reader) => {
    const { text, notes, note, take, blanks, quote } = reader, from = reader.at, before = notes.length;
    const name = NAMES.get(normalize(typed).replace(/[^]/gu, c => SIMPLE[c] || c)), look = looks[name];
    if (!name) {
      if (/^[A-Za-z_]+$/.test(typed)) note('unknown-filter', typed);
      return null;
    }
    /** The word behind the blanks that come next. */
    const peek = () => {
      const at = reader.at;
      blanks();
      const next = take();
      reader.at = at;
      return next;
    };
    reader.at += head.length;
    let exact = quote(), value = exact === null ? take() : exact;
    if (exact === null && !value) {
      const next = peek(), bare = next.replace(/^["“”「」]+|["“”「」]+$/g, '');
      if (next && !/^[-－]|[:：]/.test(next) && !OR.test(next) && (look !== 'time' || timesOf(bare).length)) {
        blanks();
        exact = quote();
        value = exact === null ? take() : exact;
      }
    }
    for (let next; exact === null && value && (next = peek()) && goesOn(look, value, next);) {
      blanks();
      value += ' ' + take();
    }
    const times = look === 'time' ? timesOf(value) : undefined, empty = !sequences(normalize(value)).length;
    // What is in traditional characters is known once the table for them is there.
    const unknown = look === 'closed' && !mayChange(value) && !namesOf(name, trim(value)).length;
    if (!empty && !unknown && (!times || times.length)) {
      const known = times && readAs(value);
      if (known) note('relative-year', `${value} = ${known}`);
      return { filter: name, value: trim(value), quoted: exact !== null, times };
    }
    notes.length = before;
    note('bad-filter', empty || unknown ? text.slice(from, reader.at) : word);
    if (empty || unknown) return { none: true };
    reader.at = from;
    return null;
  };

  /** Makes filters of the times that OR joins to a filter: 年份:2020 或 2021. */
  jianyan.query.repeatTimes = items => {
    for (let at = 2; at < items.length; at++) {
      const [before, or, word] = items.slice(at - 2, at + 1);
      if (!before.times || before.negative || !or.operator || or.negative || word.filter || word.quoted || word.negative || word.operator) continue;
      const times = timesOf(word.text);
      if (times.length) items[at] = { ...before, value: trim(word.text), times };
    }
  };

  const closed = (names, text) => names[0].toLowerCase() === text.toLowerCase() || names.includes(text);

  const SIGN = /[()〔〕[\]【】第号\-\p{White_Space}]/u, SIGNS = /[()〔〕[\]【】第号\-\p{White_Space}]+/gu;

  /** A number without its signs; where digits would meet, a stroke parts them. */
  const skeleton = text => text.replace(SIGNS, (_, at, whole) => /\d$/.test(whole.slice(0, at)) && /^\d/.test(whole.slice(at + _.length)) ? '|' : '');

  /** The older form of a 案号 has 字 before its number: 刑初字第45号. */
  const withoutCharacter = bare => bare.replace(/字(?=\d)/g, '');

  /** A value without blanks, quotation marks and what ends a sentence, with digits for Chinese numerals. */
  const tidy = normal => {
    const bare = bareOf(normal).replace(/^no\.*(\d.*?)号?$/, '第$1号'), edge = c => !c || /[第年号至到]/.test(c) || !new RegExp(`[\\p{Alphabetic}\\p{N}${CJK}]`, 'u').test(c);
    const text = bare.replace(new RegExp(`[${NUMERALS}]+`, 'g'), (run, at) => {
      const before = bare[at - 1], after = bare[at + run.length], [span] = articles(`第${run}条`);
      return span && (after === '号' || edge(before) && edge(after)) ? span.text.replace(/[#条]/g, '') : run;
    });
    return text.replace(/^([^年]*?)(?<!\d)(\d{4})年(?=第?\d)/, '$1〔$2〕');
  };

  /** What stands between two numbers at a place: where it ends, and whether it makes a range; null for nothing. */
  const separator = (text, at) => {
    const rest = text.slice(at), list = /^(?:以及|或者|[、,;和及与或])/.exec(rest), sign = list || /^(?:[至到~—–―─‐]+-*|-+)/.exec(rest);
    if (!sign || !/[\d号]$/.test(text.slice(0, at))) return null;
    const next = rest.slice(sign[0].length), [, digits] = /^第?(\d*)/.exec(next), found = [at + sign[0].length, !list];
    if (rest[0] === '-') {
      // 123-1号 is one number.
      const [first] = /\d*$/.exec(text.slice(0, at)), second = /^\d*/.exec(next)[0];
      return first && second && +first < +second ? [at + sign[0].length, true] : null;
    }
    return digits || /^[、,;]/.test(rest) || next.startsWith('检例') ? found : null;
  };

  /** The numbers of a list or range, each with what stands before the first one: 检例第142、143号. */
  const listed = text => {
    const sign = text.endsWith('号') ? '号' : '', out = [], items = [];
    let start = 0, range = false, last = null;
    for (let at = 0; at < text.length;) {
      const found = separator(text, at);
      if (!found) { at++; continue; }
      items.push([range, text.slice(start, at)]);
      [start, range] = found;
      at = start;
    }
    items.push([range, text.slice(start)]);
    for (const [range, whole] of items.filter(([, item]) => item)) {
      const item = whole.replace(/号$/, ''), [, own, digits] = /^([^]*?)(\d*)$/.exec(item), number = +digits;
      if (!digits || number >= 2 ** 32) {
        out.push(item + sign);
        continue;
      }
      const prefix = last && /^第?$/.test(own) ? last.prefix : own;
      if (last && range && number > last.number && number - last.number <= WIDEST) for (let i = last.number + 1; i < number; i++) out.push(prefix + i + sign);
      // 04号 is 4号; without a sign it may be part of what isn't the number.
      out.push(sign || SIGN.test(prefix[prefix.length - 1] || '') ? prefix + number + sign : prefix + digits);
      last = { prefix, number };
    }
    return out;
  };

  /** Whether one of the numbers that a value asks for, or part of it (第142号 and 142 of 检例142号), is the canonical form of
      one. Signs that close a part close its digits. src/query/filter/loose.rs is the twin. */
  const numberHolds = value => {
    const contains = (bare, part, left, right) => {
      for (let at = part ? bare.indexOf(part) : -1; at >= 0; at = bare.indexOf(part, at + 1)) {
        if (!(left && /\d/.test(bare[at - 1] || '')) && !(right && /\d/.test(bare[at + part.length] || ''))) return true;
      }
      return false;
    };
    const tests = listed(tidy(value)).map(text => {
      const whole = jianyan.query.numberOf(text), part = skeleton(text), left = SIGN.test(text[0] || ''), right = SIGN.test(text[text.length - 1] || '');
      // 〔2020〕4号 is but the end of a number.
      if (whole && !/^\d/.test(whole)) return (bare, short) => short === withoutCharacter(skeleton(whole));
      return (bare, short) => contains(bare, part, left, right) || contains(short, withoutCharacter(part), left, right);
    });
    return known => {
      const bare = skeleton(known), short = withoutCharacter(bare);
      return tests.some(test => test(bare, short));
    };
  };

  /** What a value asks of `laws`: articles of a law, articles of any law, or part of a name. */
  const lawHolds = value => {
    const found = citing(value), bare = bareOf(value), name = lawName(bare), part = name === null ? bare : name, asked = found ? found.named.concat(found.inner) : [];
    return known => asked.some(token => found.law ? known === found.law + token : known.endsWith(token))
      || (!found || found.law && !found.sure) && normalize(known).includes(part);
  };

  /** A filter as a function of the document. */
  const holds = (run, { filter: name, value, times, ways }) => {
    const normal = normalize(value).trim(), number = name === 'number' && numberHolds(normal);
    if (name === 'title') {
      const docs = new Set(run.match(ways, null));
      return doc => docs.has(doc);
    }
    if (name === 'year') {
      const own = times.map(({ column, range }) => [numbers(run, column), range]);
      return own.every(([column]) => column) && (doc => own.some(([column, [from, to]]) => column[doc] >= from && column[doc] <= to));
    }
    const law = name === 'law' && lawHolds(normal), bare = text => normalize(text).replace(/[\s·•‧・∙⋅●▪᛫⸱.]/g, '');
    const named = looks[name] === 'closed' ? namesOf(name, value) : [];
    const tests = {
      contains: names => bare(names[0]).includes(bare(value)),
      equals: names => normalize(names[0]).trim() === normal,
      number: names => number(names[0]),
      law: names => law(names[0]),
      closed: names => named.some(one => closed(names, one))
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
