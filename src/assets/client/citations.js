/* What a draft cites, with its places, by the words of `jianyan.cites`. The twins: src/verify (draft, mention, quotation) and src/markdown/citation.rs. */
(jianyan => {
  'use strict';
  const { normal, articles } = jianyan.analyzer, { lists, re, value, last, at, series, mapped, numbersOf, PARTS, WIDEST } = jianyan.reading;

  // ---- the draft ----

  /** The paragraphs of a draft: text, place of each character, whether it is a block quotation, label of a footnote. */
  const paragraphs = draft => {
    const all = [];
    let open = null, from = 0;
    for (const line of draft.split('\n')) {
      const [mark] = /^\s*(?:>\s*)*(?:#{1,6}\s+|[-*+]\s+|\d+[.)]\s+|\[\^[^\]]+\]:)?\s*/.exec(line), quoted = mark.includes('>');
      if (line.length === mark.length) {
        open = null;
      } else {
        if (!open || /[-#*+\d[]/.test(mark) || quoted && !open.quoted) all.push(open = { text: '', at: [], quoted, note: (/\^(.+)\]/.exec(mark) || [])[1] });
        line.replace(/\[\^[^\]]*\]|\*+|\r|([^])/g, (_, plain, place) => {
          if (plain && place >= mark.length) {
            open.text += plain;
            open.at.push(from + place);
          }
        });
        if (mark.includes('#')) open = null;
      }
      from += line.length + 1;
    }
    return all;
  };

  /** The sentence of a place, and the one before it; signs within quotation marks and brackets end none. */
  const around = (text, place) => {
    let own = [0, text.length], before = null, depth = 0;
    for (let i = 0; i < text.length; i++) {
      const c = text[i];
      if ('“「『《（('.includes(c)) depth++;
      if ('”」』》）)'.includes(c)) depth = Math.max(depth - 1, 0);
      if (depth || !('。！？!?'.includes(c) || '”」』'.includes(c) && /[。！？]/.test(text[i - 1]))) continue;
      if (i >= place) return [[own[0], i + 1], before];
      if (i + 1 === text.length) break;
      before = [own[0], i + 1];
      own = [i + 1, text.length];
    }
    return [own, before];
  };

  const PAIRS = { '“': '”', '「': '」', '『': '』', '《': '》', '"': '"' };

  /** The insides of quotations, or of titles in 《》: outermost ones only. */
  const marked = (text, titles) => {
    const all = [], open = [], straight = text.split('"').length % 2;
    for (let i = 0; i < text.length; i++) {
      const c = text[i], closes = open.map(([sign]) => sign).lastIndexOf(c);
      if (closes < 0 && PAIRS[c] && (titles ? c === '《' : c !== '"' || straight)) {
        open.push([PAIRS[c], i + 1]);
      } else if (closes >= 0) {
        const [, start] = open[closes];
        open.length = closes;
        if (!closes && (titles || c !== '》')) all.push({ start, end: i });
      }
    }
    return all;
  };

  const titlesOf = text => marked(text, true).map(({ start, end }) => ({ start: start - 1, end: end + 1, kind: 'title', name: text.slice(start, end).trim() }))
    .filter(({ name }) => name && name.length < 99);

  // ---- articles ----

  const PART = re('(?:第NUM[章节编])*$'), GENERAL = re('(?<=》|BASIC)(?:总则|分则|附则)$'), BRACKET = /\s*[（(](?:[^（）()]|[（(][^（）()]*[）)])*[）)]$/;
  const QUOTED = /(?:《((?:[^《》]|《[^《》]*》)+)》|〈([^〈〉]+)〉)$/, ENDED = re('(?:ENDINGS)$'), BOUND = re('(?:BOUNDARIES)$'), BASE = re('(?:BASIC)$');
  const SAME = re('^[但而且因则即又若故按照由对以从据经用将把]*((?:[同该此]|上述|前[述引揭])(?:司法)?)(ENDINGS)$'), OTHER = re('^(?:PRONOUNS)|[本该此其这](?:ENDINGS)$|^(?:ENDINGS)?$');
  /** 有著作权法第三条所列行为, 其著作权法第十条规定的权利: the name of no 法 begins so. */
  const LED = re('^(?:有(?!关)|其(?!他|余|PRONOUNS)(?=.{4})(?!.*[本该此其这]法$))(?=.*法$)(?!.*办法$)');
  const LED_BY = re('^(?:ADVERBS|WAY)*WAY(?=.{3})'.replace(/WAY/g, '(?!UNLED)(?:PREPOSITIONS|(?:PARTICLES)(?=.*法$)(?!.*办法$))'));
  const SHORT = lists.SHORT.split('|').map(pair => pair.split('=')), fullName = name => (SHORT.find(([short]) => short === name.replace(/^中华人民共和国/, '')) || [, name])[1];
  const plainName = name => name.split(/[（(]/)[0];

  const AMONG = /其中\s*$/, ORIGINAL = re('(?<=[》）)]|ENDINGS)\\s*原$'), WHOLES = re('(?:WHOLE)$');

  /** Which law a text names at its end: `name`, `start`, whether it stands so `plain` that 第 may be missing; `same` for 该条例,
      `among` for 其中; null where none does, false for 本法. */
  const lawBefore = before => {
    if (AMONG.test(before)) {
      const head = before.replace(AMONG, ''), rest = head.replace(/[，,、；; ]+$/, ''), law = /[》）)]$/.test(rest) && lawBefore(rest);
      return law && law.name ? { name: law.name, start: head.length } : { among: true, start: head.length };
    }
    const text = before.replace(/[\s\p{Cf}]+$/u, '').replace(PART, '').replace(GENERAL, '').replace(/的$/, '').replace(ORIGINAL, '').replace(/(?<=》)中$/, '').replace(/[（(“「]$/, '').trimEnd(), bare = text.replace(BRACKET, '');
    for (const candidate of [text, bare]) {
      const match = QUOTED.exec(candidate);
      if (match) return { name: fullName(match[1] || match[2]), start: match.index, plain: true };
    }
    if (!ENDED.test(bare)) return null;
    let start = bare.length - (WHOLES.exec(bare) || [''])[0].length;
    for (; start && /\p{Alphabetic}/u.test(bare[start - 1]) && !/[a-z]/i.test(bare[start - 1]); start--) {
      if (BOUND.test(bare.slice(0, start)) && !(bare[start - 1] === '和' && bare[start] === '国')) break;
      if (bare.length - start === 30) return null;
    }
    const state = /^(?:中华人民共和国)+/, [led] = LED_BY.exec(bare.slice(start).replace(state, '')) || [''];
    if (led) start = bare.indexOf(led, start) + led.length;
    const name = bare.slice(start).replace(state, '').replace(LED, ''), same = SAME.exec(name);
    const [basic] = BASE.exec(name) || SHORT.find(([short, full]) => name.endsWith(short) && BASE.test(full)) || [];
    if (basic) return { name: fullName(basic), start: bare.length - basic.length - (bare.endsWith('中华人民共和国' + basic) ? 7 : 0), plain: true };
    if (same) return { same: same[2], start: bare.length - same[1].length - same[2].length };
    return !OTHER.test(name) && { name: fullName(name), start: LED.test(bare.slice(start)) ? start + 1 : start };
  };

  const START = re('第|(?<=[》法典则）)、，,/和及与或者] *)NUM', 'g'), JOINED = re('^(?:[、，,；;/和及以与或者至到—～~第款项目（）()前中的\\s-]|NUM|REVISED)*$'), LISTED = /(?:[、，,/和及与或]|或者)\s*$/;
  const ASIDE = re('[（(](?!NUM[）)])[^（()）条]{1,20}[）)]', 'g'), COUNTED = re('(?:THINGS)', 'y'), GOES_ON = re('\\s*(?:$|\\P{Alphabetic}|FOLLOWING)', 'y'), YEAR = /[(,;]\s*(?:根据|[自经于])?(20\d\d|19[5-9]\d|1949)(?=\s*[年)\-修.版])/;
  /** What leads to what is added to an article, or to its new number; where an article before a quotation ends. */
  const ADDED = re('[^第。；：“《]{0,14}(?:ADDS)[^第。；：“《]{0,9}作为|(?:相应|的序号)?改为|调整为', 'y'), ADDING = re('(?:(?:ADDS)[^第。；：“《]*作为|改为|调整为)\\s*$');
  const GIVEN = re('(?:PROVIDES)$'), GIVES = re('[还也又则并]*(?:PROVIDES)', 'y');
  /** The year that a text ends with, with what was done in it: 2014年修正的. */
  const MADE = /(?:(20\d\d|19[5-9]\d|1949)|([一二〇零][〇零一二三四五六七八九]{3}))年(?:[\d一二三四五六七八九十月日]*(?:修正|修订|修改|施行|实施|公布|颁布|发布|通过|制定|生效|印发|版)+后?)?的?\s*$/;
  const madeIn = text => { const [, year, han] = MADE.exec(text) || []; return year || han && String(value(han)); };
  const yearOf = text => (YEAR.exec(normal(text)) || [])[1];
  /** A title with the bracket behind it. */
  const titleYear = (text, { start, end }) => yearOf(text.slice(start, end) + (/^\s*[（(](?:[^（()）]|[（(][^（()）]*[）)])*[）)]/.exec(text.slice(end)) || [''])[0]) || madeIn(text.slice(0, start));
  const withYear = (name, year) => year && !yearOf(name) ? `${name}（${year}年）` : name;
  const withoutYear = name => fullName(normal(name).replace(/^中华人民共和国(?=.)/, '').replace(/\((?:[^()]*(?:年|修正|修订)[^()]*|\d+)\)$/, ''));
  const POINTING = re('^\\s*[但而且因则即又若故按由对以从据经用]*(?:[该同此本]|上述|前[述引揭]|其中)');
  const isObject = (joint, said = joint.replace(/(?:或者|以及|[、和或及与])\s*$/, ''), object = said.replace(DETAIL, ''), told = object.replace(/^(?:规定|所列|所称|关于)的?/, '')) =>
    said !== joint && told.length <= 20 && !/[，。；：,;:《》第条]/.test(told) && (told !== object || told.endsWith('罪'));
  const DETAIL = re('^(?:[第款项目（）()的之中\\s]|NUM)*'), COLUMN = re('\\|\\s*《?([^|《》\\s]*(?:LAWS))》?(?:条文|法条|条款|条目)\\s*\\|');

  const leadsOn = joint => {
    const parts = at(PARTS, joint, 0), added = at(ADDED, joint, parts ? parts.end : 0);
    return added && !joint.slice(added.end).trim();
  };

  /** The law of an article before a quotation behind which the words of one more are given: 第三条规定：“……。”第四条规定. */
  const givenBefore = (text, start, end, cited) => {
    const parts = at(PARTS, text, end), before = text.slice(0, start).replace(/[，；。、和及并 ]+$/, ''), close = last(before), quote = at(GIVES, text, parts ? parts.end : end) && /[”」]/.test(close) && marked(before).find(one => one.end === before.length - 1);
    const lead = quote && text.slice(0, quote.start - 1).replace(/[：:，, ]+$/, '');
    if (!lead || !GIVEN.test(lead)) return null;
    const stop = lead.replace(GIVEN, '').replace(/明确$/, '').replace(/[还也又则并的]+$/, '').length, own = cited.find(one => { const more = at(PARTS, text, one.end); return (more ? more.end : one.end) === stop; });
    return own && { ...own, start };
  };

  /** Articles with their laws; `text` from `begin` on, what stands before it is what was named before. */
  const articlesOf = (text, begin) => {
    const all = [], cited = [], titles = titlesOf(text);
    let open = null, known = null;
    const column = COLUMN.exec(text.slice(begin));
    START.lastIndex = begin;
    for (let match; (match = START.exec(text));) {
      const start = match.index, found = series(text, start), ordinal = match[0] === '第', before = text.slice(0, start);
      START.lastIndex = start + match[0].length;
      if (!found || !ordinal && at(COUNTED, text, found.end)) continue;
      let law = lawBefore(before);
      if (law && law.among) {
        const sentence = Math.max(...['。', '；', '！', '？', '\n'].map(sign => before.lastIndexOf(sign))), title = last(titles.filter(one => one.end <= start && one.start > sentence)), own = known && known.end > sentence && known;
        const name = own && (!title || own.end > title.end) ? own.name : title && title.name;
        law = name && ENDED.test(plainName(name)) && { name, start: law.start };
      } else if (law && law.same) {
        const since = before.slice(Math.max(known ? known.end : 0, start - 500)), close = since.lastIndexOf('》'), titled = close >= 0 && QUOTED.exec(since.slice(0, close + 1));
        const name = titled ? titled[1] || titled[2] : known && known.name, kind = name && plainName(name);
        law = kind && (kind.endsWith(law.same) || law.same === '法' && kind.endsWith('法典')) && { name, start: law.start };
      } else if (law) {
        law = (ordinal || law.plain) && law;
      } else if (law === null) {
        const between = open && text.slice(open.end, start), joint = open && between.replace(ASIDE, '');
        law = open && between.length < 40 && (JOINED.test(joint) || isObject(joint) || leadsOn(joint)) && (ordinal || LISTED.test(before) && at(GOES_ON, text, found.end)) && { ...open, start };
        if (law) Object.assign(law, madeIn(before) ? { year: madeIn(before), loose: '' } : ADDING.test(joint) ? { loose: 'added' } : {});
        law = law || givenBefore(text, start, found.end, cited);
        if (!law && ordinal && column && /\|\s*$/.test(before)) law = { name: column[1], start };
      }
      if (law && law.end === undefined) {
        const said = text.slice(law.start, start), year = yearOf(said) || madeIn(text.slice(0, law.start)), former = /原\s*$/.test(said) || FORMER.test(text.slice(0, law.start));
        Object.assign(law, { year, loose: former ? 'former' : '' });
        if (!year && !former && POINTING.test(said)) {
          const same = one => withoutYear(one.name) === withoutYear(law.name), title = last(titles.filter(one => one.end <= start && same(one))), article = last(all.filter(same));
          if (title && (!article || article.end < title.start)) law.year = titleYear(text, title);
          else if (article) Object.assign(law, { year: article.place.year, loose: article.place.loose });
        }
      }
      open = law ? { name: law.name, end: found.end, year: law.year, loose: law.loose } : null;
      if (!law) continue;
      known = open;
      cited.push(open);
      const { year, loose } = open;
      START.lastIndex = found.end;
      found.all.forEach(([number, sub, from, end]) => {
        const parts = details(text, end), begins = from === start ? law.start : from;
        if (!parts.length) parts.push([0, 0, end]);
        const said = parts.length, adds = at(ADDED, text, last(parts)[2]);
        if (adds) parts.push(...details(text, adds.end));
        let next = begins, span;
        parts.forEach(([paragraph, item, stop], i) => {
          if (i === said) next = adds.end;
          if (next < stop) span = { start: next, end: stop };
          all.push({ ...span, kind: 'article', name: law.name, place: { number, sub, paragraph, item, year, loose: i < said ? loose : 'added' } });
          next = stop + at(GAP, text, stop)[0].length;
        });
      });
    }
    return all;
  };

  const GAP = /[、，,和及与或至到—～~ ]*/y, RANGE = /[至到—～~]/;
  const ORDINALS = (unit, head) => re(`\\s*${head}\\s*NUM\\s*(?:[、和至到]第?\\s*NUM\\s*)*${unit}`, 'y'), BRACKETED = re('\\s*第?\\s*[（(]\\s*(NUM)[）)]\\s*项?', 'y');

  const between = (first, end) => Array.from({ length: Math.min(end - first - 1, WIDEST) }, (_, i) => first + 1 + i);
  /** The numbers of 第一、三款 or 第一至三款, each with its end; `bare` where 第 may be missing. */
  const counted = (unit, text, from, bare) => {
    const match = at(ORDINALS(unit, bare ? '第?' : '第'), text, from), all = [];
    if (match) match[0].replace(re('([至到]?)第?\\s*(NUM)(\\s*)(?=([款项]?))', 'g'), (whole, range, digits, gap, closes, place) => {
      const number = value(digits), end = closes ? match.end : from + place + whole.length - gap.length;
      if (range) all.push(...between(last(all)[0], number).map(n => [n, end]));
      all.push([number, end]);
    });
    return all;
  };

  const itemsAt = (text, from, bare) => {
    const all = counted('项', text, from, bare);
    for (let match; !all.whole && (match = at(BRACKETED, text, from));) {
      all.push([value(match[1]), match.end]);
      if (!/[、和，]/.test(text[match.end])) break;
      from = match.end + 1;
    }
    return all;
  };

  /** The paragraphs and items behind an article, each with where it ends: 第一款、第三款第（二）项, 第一项至第三项. */
  const details = (text, from) => {
    const all = [];
    for (let paragraph = 0, range = null; ;) {
      const own = counted('款', text, from, range);
      let end = from;
      if (own.length) [paragraph, end] = last(own);
      const items = itemsAt(text, end, range && !own.length);
      const read = [...own.slice(0, items.length ? -1 : undefined).map(([number, stop]) => [number, 0, stop]), ...items.map(([item, stop]) => [paragraph, item, stop])];
      if (!read.length) return all;
      const [[number, item, stop]] = read;
      if (range && !range[1] && !item) all.push(...between(range[0], number).map(n => [n, 0, stop]));
      if (range && range[1] && range[0] === number) all.push(...between(range[1], item).map(n => [number, n, stop]));
      all.push(...read);
      end = last(all)[2];
      from = end + at(GAP, text, end)[0].length;
      if (from === end) return all;
      range = RANGE.test(text.slice(end, from)) && last(all);
    }
  };

  /** What a paragraph names, in its order; `law` is the last one that was named before it. */
  const mentions = (text, law) => {
    const before = law ? `《${law}》。` : '', { length } = before;
    const named = articlesOf(before + text, length).map(one => ({ ...one, start: one.start - length, end: one.end - length }));
    return [...titlesOf(text), ...named, ...numbersOf(text)].sort((a, b) => a.start - b.start || a.end - b.end);
  };

  // ---- 本法: articles of the law that a text is, or that it quotes ----

  const KIND = re('(?:LAWS)$'), LEADING = re('(?:OWN)$'), OBJECT = re('(?<=\\p{Alphabetic})(?<![至到—～~])(?<!LAWS|OTHERS)$'), BEARS = re('BEARS', 'y');

  /** The articles behind one 本法 or a verb, read as if the name of the law stood there. */
  const ownAt = (text, start, stop, pronoun, law) => {
    const name = `《${law}》`, behind = start + pronoun.length, [rest] = /^[^。；《本]{0,200}/.exec(text.slice(behind, stop)), shift = behind - name.length, all = [];
    for (const one of articlesOf(name + rest, name.length)) {
      const from = one.start < name.length ? start : one.start + shift;
      if (all.length && from - last(all).end > 12) break;
      all.push({ ...one, start: from, end: one.end + shift, name: law });
    }
    return all;
  };

  /** The articles that a stretch of a text names as those of a law of its own. */
  const ownArticles = (text, from, to, law) => {
    const [kind] = KIND.exec(plainName(law)) || [], pronoun = '本' + (kind === '法典' ? '法' : kind), all = [], isNew = place => !all.some(({ start, end }) => start <= place && place < end);
    for (let i = kind ? text.indexOf(pronoun, from) : -1; i >= 0 && i < to; i = text.indexOf(pronoun, i + 1)) if (isNew(i)) all.push(...ownAt(text, i, to, pronoun, law));
    for (let i = kind ? text.indexOf('第', from) : -1; i >= 0 && i < to; i = text.indexOf('第', i + 1)) {
      const before = text.slice(from, i), leads = LEADING.test(before);
      if (!leads && !OBJECT.test(before) || !isNew(i)) continue;
      const named = ownAt(text, i, to, '', law);
      if (named.length && (leads || at(BEARS, text, last(named).end))) all.push(...named);
    }
    return all;
  };

  const NEW = /草案|修订|修正|征求|送审|稿/, OPENS = re('^\\s*第NUM条(?:之NUM)?(?:[\\s:：]|$)|^\\s*第一条(?![第至、和及或款的规])');

  /** The law that a text is, or that it is an excerpt of; 本法 where its first lines name none or a draft. */
  const ownLaw = all => {
    const first = all.findIndex(({ text }) => OPENS.test(text)), head = all.slice(0, Math.max(first, 0)).map(({ text }) => text.trim()), bare = head.every(line => line.length <= 60 && !/[。：]$/.test(line));
    const title = head.find((line, i) => KIND.test(plainName(line)) && !/决定$/.test(plainName(line)) && !re('^NUM、').test(line) && (!i || bare));
    if (first < 0 || title && (!NEW.test(title) || yearOf(title))) return title && title.replace(/\s*[（(](?:节选|摘录|摘编|选录)[）)]$/, '');
    const count = kind => all.reduce((sum, { text }) => sum + text.split(`本${kind}第`).length - 1, 0), most = lists.LAWS.split('|').reduce((a, b) => count(b) >= count(a) ? b : a);
    return count(most) && (title ? title.includes(most) : bare) ? '本' + most : undefined;
  };

  /** The stretch of each paragraph that belongs to a quotation which runs over several. */
  const running = all => {
    const found = [];
    let open = null;
    all.forEach(({ text }, i) => {
      const anew = open ? /^\s*“*/.exec(text)[0].length : 0, starts = [];
      let closed = -1;
      for (let place = anew; place < text.length; place++) {
        if (text[place] === '“') starts.push(place + 1);
        if (text[place] === '”' && !starts.length && closed < 0) closed = place;
        else if (text[place] === '”') starts.pop();
      }
      if (open) {
        open.push([i, anew, closed < 0 ? text.length : closed]);
        if (closed >= 0) for (const [at, ...stretch] of open) found[at] = stretch;
        if (closed >= 0 || open.length >= 40) open = null;
      }
      if (starts.length && !open && !found[i]) open = [[i, starts[0], text.length]];
    });
    return found;
  };

  // ---- texts as they are compared ----

  const FIGURE = /[\d〇零一二三四五六七八九十百千万亿两]/;

  /** A text without what makes no difference: its letters, for each the place it is from, and the letters that a sign
      parts from a figure before them. */
  const flat = text => {
    const all = mapped(text), kept = all.from.filter((_, i) => !/\s/.test(all.text[i])), plain = all.text.replace(/\s/g, ''), spans = {}, places = [], apart = new Set();
    let letters = '';
    plain.replace(re('NUM(?=[年月日])', 'g'), (digits, i) => { spans[i] = [String(value(digits)), i + digits.length]; });
    for (const { text: token, start, end } of articles(plain)) if (plain[start] === '第') spans[start] = ['第' + token.slice(1), end];
    for (let i = 0, end; i < plain.length; i = end) {
      const [shown, stop] = spans[i] || [plain[i], i + 1];
      end = stop;
      if (/[\p{L}\p{N}\ud800-\udfff]/u.test(shown)) {
        for (const letter of shown) places.push([kept[i][0], kept[end - 1][1]]), letters += letter;
      } else if (!',.:'.includes(shown) && FIGURE.test(last(letters))) {
        apart.add(letters.length);
      }
    }
    return { text, letters, places, apart };
  };

  // ---- quotations ----

  const SIGNS = '[^\\p{Alphabetic}\\p{N}]', CITED = re(`(?:CITES)的?${SIGNS}*$`), SPOKEN = re(`(?:SPEAKS)${SIGNS}*$`), FOREIGN = re(`(?<![该同此本])(?:TEXTS)(?:CITES)${SIGNS}*$`);
  const OF_NAME = re('^的?(?:NAMES)'), PROPOSED = re('PROPOSES'), FORMER = re('(?:VERSIONS)\\s*$'), TOLD = re('(?:的|之)?(?:明确规定|规定了?|明确|要求)(?!的)', 'y'), EDGES = re(`^${SIGNS}+|${SIGNS}+$`, 'g');
  const speaks = lead => SPOKEN.test(lead) && !/所称[^\p{L}]*$/u.test(lead), SHORTEST = 8, NEAR = 24;
  const holds = ([start, end], { start: place }) => start <= place && place < end, within = (quotes, one) => quotes.some(({ start, end }) => holds([start, end], one));

  /** How surely words are of a source, by what stands between the two from a place on. */
  const wayOf = (between, from, quotes) => {
    const inside = last(quotes.filter(({ start, end }) => start > from && end < from + between.length));
    const lead = (inside ? between.slice(inside.end - from) : between).replace(/^[”」』"]+/, '').trim(), plain = lead.replace(EDGES, '');
    if (speaks(lead)) return 'spoken';
    if (inside && /[是指本]|包括|应当|可以|前款/.test(plain)) return 'perhaps';
    if (!plain && !inside && !/[：:]/.test(lead)) return 'beside';
    return /^(?:[和及与或并的中]|以及|或者|一文)?$/.test(plain) || CITED.test(plain) && plain.length <= NEAR ? 'surely' : 'perhaps';
  };

  /** The source beside a quotation, and how surely it is that: in its sentence before it, in brackets behind it, in the
      sentence before. */
  const beside = (text, quote, quotes, named) => {
    const [sentence, previous] = around(text, quote.start), open = quote.start - 1, outside = named.filter(one => !within(quotes, one));
    const source = last(outside.filter(one => holds(sentence, one) && one.end <= quote.start));
    if (source) {
      const between = text.slice(source.end, open), own = text.slice(quote.start, quote.end), crime = /^[^，,；。]*罪$/.test(own) && !/规定[：:]\s*$/.test(between);
      return [source, PROPOSED.test(between) || FORMER.test(text.slice(0, source.start)) ? 'spoken' : OF_NAME.test(between) || crime ? 'perhaps' : wayOf(between, source.end, quotes)];
    }
    const behind = named.find(one => one.start > quote.end && /^(?=.*[（(—])[（(见参详：:，。 —]+$/.test(text.slice(quote.end + 1, one.start)));
    if (behind) return [behind, 'surely'];
    const lead = text.slice(Math.min(sentence[0], open), open).trim();
    if (speaks(lead) || FOREIGN.test(lead)) return [null, 'spoken'];
    const before = previous && last(outside.filter(one => holds(previous, one)));
    return before ? [before, !lead || /^(?:[其该并还]|同时|[上前]述)/.test(lead) && CITED.test(lead) && lead.length <= NEAR ? 'surely' : 'perhaps'] : [null, 'perhaps'];
  };

  /** What is named in one list with a source: 《甲法》第三条、《乙法》第四条分别规定. */
  const listed = (text, source, quote, named) => {
    const all = [];
    let { start } = source;
    for (const one of named.filter(one => one.end <= quote.start && one.start < start).reverse()) {
      if (one.end > start) continue;
      if (!/^[、，,和及与以并 ]*$/.test(text.slice(one.end, start))) break;
      all.push(one);
      start = one.start;
    }
    return all;
  };

  /** A paragraph of a block quotation, of what its own last words name or the line before the block. */
  const block = (i, all) => {
    const { text, named } = all[i], dash = text.lastIndexOf('——'), own = dash >= 0 && last(named.filter(one => one.start >= dash));
    const words = (own ? text.slice(0, dash) : text).trim(), start = text.indexOf(words), lead = last(all.slice(0, i).filter(other => !other.quoted));
    const sentence = lead && around(lead.text, lead.text.length - 1)[0], source = own || lead && last(lead.named.filter(one => holds(sentence, one)));
    return { start, end: start + words.length, words, source, also: [], way: own || source && /[：:]\s*$/.test(lead.text) ? 'surely' : 'perhaps' };
  };

  /** What stands after 规定 behind an article, without quotation marks, to the end of the sentence. */
  const told = (text, one, quotes, named) => {
    const verb = one.kind === 'article' && !within(quotes, one) && at(TOLD, text, one.end);
    if (!verb || /违反\s*$/.test(text.slice(0, one.start))) return null;
    const start = verb.end + /^[，：,: ]*/.exec(text.slice(verb.end))[0].length, next = [...named, ...quotes].map(other => other.start).filter(place => place >= start);
    const words = text.slice(start, Math.min(around(text, one.start)[0][1], ...next)).replace(re(`${SIGNS}+$`), '');
    return flat(words).letters.length >= 12 && { start, end: start + words.length, words, source: one, also: [], way: 'told' };
  };

  /** The quotations of a paragraph: `words`, the `source` beside them, what is named `also`, the `way` in which they are given. */
  const quotations = (draft, i, all) => {
    const { text, named, at: places, quoted } = all[i], quotes = marked(text), found = [];
    if (quoted && flat(block(i, all).words).letters.length >= SHORTEST) found.push(block(i, all));
    for (const quote of quoted ? [] : quotes) {
      const label = /^[”」』’"。，；、*_ ]*\[\^([^\]]+)\]/.exec(draft.slice(places[quote.end - 1] + 1)), note = label && all.find(other => other.note === label[1]);
      const noted = note && (note.named.find(one => one.kind === 'article') || note.named[0]), [source, way] = noted ? [noted, 'surely'] : beside(text, quote, quotes, named);
      const words = text.slice(quote.start, quote.end), { length } = flat(words).letters;
      if (length >= (source && /^(?:surely|beside)$/.test(way) ? 4 : SHORTEST)) found.push({ ...quote, words, source, way, also: source ? listed(text, source, quote, named) : [] });
    }
    for (const one of quoted ? [] : named) found.push(told(text, one, quotes, named));
    return found.filter(Boolean).map(one => ({ ...one, kind: 'quotation' }));
  };

  /** The short names that a text defines, with the whole: 《甲》（以下简称《乙》）. */
  const definitions = text => titlesOf(text).map(one => {
    const { end, name } = one, inner = /^\s*[（(]([^）)]*)/.exec(text.slice(end)), short = inner && re('(?:DEFINES)(.+)$').exec(inner[1]);
    return short && [short[1].replace(/^[：:“”"《》「」‘’ ，为]+|[：:“”"《》「」‘’ ，为]+$/g, '').split(/[》”」，]/)[0], withYear(name, titleYear(text, one))];
  }).filter(Boolean);

  /** What a draft cites, paragraph by paragraph in its order. */
  const citations = draft => {
    const all = paragraphs(draft), short = [], own = ownLaw(all), runs = running(all), isLaw = re('(?:LAWS)$');
    const named = (text, { name, place, ...one }) => withYear(name, place ? place.year : titleYear(text, one));
    let law = '', source = '';
    all.forEach((one, i) => {
      const { text, quoted } = one;
      one.named = mentions(text, law);
      short.push(...definitions(text));
      const lastLaw = (end, found = one.named.filter(own => own.name && own.end <= end && isLaw.test(plainName(own.name)))) => found.length ? named(text, last(found)) : '';
      const quotes = quoted ? [{ start: 0, end: text.length }] : marked(text), run = runs[i];
      source = run ? lastLaw(run[0]) || source : '';
      const found = own ? ownArticles(text, 0, text.length, own) : [].concat(...quotes.map(({ start, end }) => { const from = lastLaw(start) || quoted && law; return from ? ownArticles(text, start, end, from) : []; }), run && source ? ownArticles(text, ...run, source) : []);
      one.named.push(...found.filter(({ start }) => !one.named.some(known => known.start <= start && start < known.end)));
      one.named.sort((a, b) => a.start - b.start || a.end - b.end);
      law = lastLaw(text.length) || law;
    });
    const found = all.map((one, i) => [...one.named, ...quotations(draft, i, all)].map(own => ({
      ...own, text: one.text.slice(own.start, own.end), paragraph: one.text, from: one.at[own.start], to: one.at[own.end - 1] + 1, rank: own
    })));
    return { short, found: [].concat(...found).sort((a, b) => a.from - b.from || a.to - b.to) };
  };

  Object.assign(jianyan, { citing: { forms: {}, re, last, citations, flat, around, yearOf, FIGURE } });
})(jianyan);
