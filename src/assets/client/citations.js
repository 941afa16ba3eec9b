/* What a draft cites, with its places, by the words of `jianyan.cites`. The twins: src/verify (draft, mention, quotation) and src/markdown/citation.rs. */
(jianyan => {
  'use strict';
  const { normal, articles } = jianyan.analyzer, patterns = {}, lists = jianyan.cites || JSON.parse(document.querySelector('[data-tables]').dataset.tables);
  /** A pattern in which capital letters name lists of words. */
  const re = (source, flags = '') => patterns[source + flags] || (patterns[source + flags] = new RegExp(source.replace(/[A-Z]{3,}/g, name => `(?:${name === 'GAP' ? BLANK : lists[name] || NUMERAL})`), flags + 'u'));
  /** White space, and what nobody sees. */
  const BLANK = '[\\s\\p{Cf}\u034F\u115F\u1160\u3164\uFFA0\uFE00-\uFE0F\\u{E0100}-\\u{E01EF}]*';
  const NUMERAL = '[\\d０-９〇零○◯一二两三四五六七八九十百千万亿廿卅卌]+';
  /** The value of digits or of a Chinese numeral. */
  const value = text => {
    const plain = normal(text).replace(/,/g, '').replace(/两/g, '二').replace(/[○◯]|(?<=\D)0(?=\D)/g, '〇').replace(/[廿卅卌]/g, tens => '二三四'['廿卅卌'.indexOf(tens)] + '十'), [read] = articles(`第${plain}条`);
    return /^\d+$/.test(plain) ? +plain : read ? parseInt(read.text.slice(1), 10) : NaN;
  };
  const last = list => list[list.length - 1];

  /** Reads a sticky pattern at a place: the match, with its `end`. */
  const at = (pattern, text, from) => {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    return match && Object.assign(match, { end: pattern.lastIndex });
  };

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

  const ARTICLE = re('第?GAP([1１][,，][\\d０-９]{3}(?=GAP条(?!例))|NUM)', 'y'), UNIT = re('GAP条(?!例)', 'y'), SUB = re('GAP(?:[（(](之)GAP(NUM)[）)]|(之?)GAP(?:[（(](NUM)[）)]|(NUM)))', 'y'), WIDEST = 500;
  const INSERTED = re('GAP之GAP(?:[（(](NUM)[）)]|(NUM))(?=GAP条(?!例))', 'y'), PARTS = re('(?:GAP第?[（(]?GAPNUM[）)]?[款项目])+', 'y'), PARTED = re('GAP[款项目]', 'y');
  const HYPHENED = re('GAP[-－‐‑−—–]+GAP(NUM)', 'y'), CLOSED = re('GAP[条款项目年月日]', 'y'), MEMBER = re('(NUM)(?=$|[^\\p{L}\\p{N}]|[的规之和及与])', 'y');
  const JOINT = re('GAP(?:(或者|以及|[、，,/／和及与或])|[至到~～〜]+|([-－‐‑−—–]+))GAP', 'y');

  /** The number after 之, and where it ends. */
  const inserted = (text, from, listed) => {
    const match = at(SUB, text, from), rest = match && text.slice(match.end), number = match && value(match[2] || match[4] || match[5]), plain = match && (match[1] || match[3]);
    const is = match && (plain || listed) && !(number === 1 && /^[般些样致定切旦直方面种个部并律]/.test(rest)) && (plain || !/^\s*[条款项章]/.test(rest));
    return is ? { number, end: match.end } : null;
  };

  /** The number behind a hyphen after 条 (第91条-1), where it is not the end of a range. */
  const behind = (text, from, article) => {
    const match = at(HYPHENED, text, from), number = match && value(match[1]);
    return match && number < article && !at(CLOSED, text, match.end) ? { number, end: match.end } : null;
  };

  /** The last number of 之一、二, where nothing else can be meant: 之一、二审 is none. */
  const next = (text, gap, before) => {
    const match = /^[、和及与]$/.test(gap[1]) && at(MEMBER, text, gap.end), number = match && value(match[1]);
    return match && before < number && number < before + 20 ? { number, end: match.end } : null;
  };

  /** Articles side by side from a place on: number, number after 之, start and end (of its range for what that leaves out). */
  const series = (text, from) => {
    const all = [];
    let waiting = [], joint = null, before = null, end = 0;
    const fill = (to, of, stop) => {
      for (let n = before[of] + 1; n < to && to - before[of] <= WIDEST; n++) (of ? all : waiting).push([of ? before[0] : n, of && n, before[2], stop]);
    };
    for (let here = from, match; (match = at(ARTICLE, text, here)); here = joint.end) {
      const number = value(match[1]), ranges = joint && !joint[1], inner = at(INSERTED, text, match.end);
      let after = inner ? inner.end : match.end;
      if (joint && at(PARTED, text, match.end)) break;
      if (ranges && number <= before[0]) {
        if (joint[2] && waiting.length) {
          before[1] = number;
          before[3] = after;
        } else {
          // 第264-1至264-3条, 第120条之一至第120条之六
          const hyphen = !inner && at(HYPHENED, text, after), closes = at(UNIT, text, hyphen ? hyphen.end : after);
          const own = number < before[0] ? null : inner ? closes && { number: value(inner[1] || inner[2]), end: closes.end }
            : hyphen ? { number: value(hyphen[1]), end: closes ? closes.end : hyphen.end } : closes && inserted(text, closes.end);
          if (!own || own.number <= before[1]) break;
          all.push(...waiting.splice(0));
          fill(own.number, 1, own.end);
          all.push(before = [number, own.number, before[2], end = own.end]);
          joint = at(JOINT, text, end);
          if (!joint || joint[1]) break;
          continue;
        }
      } else {
        if (ranges) fill(number, 0, after);
        waiting.push(before = [number, inner ? value(inner[1] || inner[2]) : 0, here, after]);
      }
      const unit = at(UNIT, text, after);
      if (unit) {
        before[3] = end = after = unit.end;
        all.push(...waiting.splice(0));
        // In 第一百三十三条及之一 the article itself is one of the list.
        let first = inserted(text, after) || behind(text, after, before[0]), gap = first ? null : at(JOINT, text, after);
        if (!first && gap && gap[1]) first = inserted(text, gap.end);
        for (let own = first; own; own = gap && (inserted(text, gap.end, !gap[1]) || next(text, gap, before[1]))) {
          const range = gap && !gap[1];
          if (range && own.number <= before[1]) break;
          if (range) fill(own.number, 1, own.end);
          if (!gap && !ranges) all.pop();
          all.push(before = [number, own.number, gap && !range ? gap.end : before[2], own.end]);
          end = after = own.end;
          gap = at(JOINT, text, after);
        }
      }
      const parts = at(PARTS, text, after), over = parts && at(JOINT, text, parts.end);
      joint = at(JOINT, text, after) || over && !over[1] && over;
      if (!joint || joint[1] && !waiting.length) break;
    }
    return all.length ? { all, end } : null;
  };

  const PART = re('(?:第NUM[章节编])*$'), GENERAL = re('(?<=》|BASIC)(?:总则|分则|附则)$'), BRACKET = /\s*[（(](?:[^（）()]|[（(][^（）()]*[）)])*[）)]$/;
  const QUOTED = /(?:《((?:[^《》]|《[^《》]*》)+)》|〈([^〈〉]+)〉)$/, ENDED = re('(?:ENDINGS)$'), BOUND = re('(?:BOUNDARIES)$'), BASE = re('(?:BASIC)$');
  const SAME = re('^[但而且因则即又若故按照由对以从据经用将把]*((?:[同该此]|上述|前[述引揭])(?:司法)?)(ENDINGS)$'), OTHER = re('^(?:PRONOUNS)|[本该此其这](?:ENDINGS)$|^(?:ENDINGS)?$');
  /** 有著作权法第三条所列行为, 其著作权法第十条规定的权利: the name of no 法 begins so. */
  const LED = re('^(?:有(?!关)|其(?!他|余|PRONOUNS)(?=.{4})(?!.*[本该此其这]法$))(?=.*法$)(?!.*办法$)');
  const LED_BY = re('^(?:ADVERBS|WAY)*WAY(?=.{3})'.replace(/WAY/g, '(?!UNLED)(?:PREPOSITIONS|(?:PARTICLES)(?=.*法$)(?!.*办法$))'));
  const SHORT = lists.SHORT.split('|').map(pair => pair.split('=')), fullName = name => (SHORT.find(([short]) => short === name.replace(/^中华人民共和国/, '')) || [, name])[1];
  const plainName = name => name.split(/[（(]/)[0];

  /** Which law a text names at its end: `name`, `start`, whether it stands so `plain` that 第 may be missing; `same` for 该条例;
      null where none does, false for 本法. */
  const lawBefore = before => {
    const text = before.replace(/[\s\p{Cf}]+$/u, '').replace(PART, '').replace(GENERAL, '').replace(/的$/, '').replace(/(?<=》)中$/, '').replace(/[（(“「]$/, '').trimEnd(), bare = text.replace(BRACKET, '');
    for (const candidate of [text, bare]) {
      const match = QUOTED.exec(candidate);
      if (match) return { name: fullName(match[1] || match[2]), start: match.index, plain: true };
    }
    if (!ENDED.test(bare)) return null;
    let start = bare.length;
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
  const ASIDE = re('[（(](?!NUM[）)])[^（()）条]{1,20}[）)]', 'g'), COUNTED = re('(?:THINGS)', 'y'), GOES_ON = re('\\s*(?:$|\\P{Alphabetic}|FOLLOWING)', 'y'), YEAR = /\((20\d\d|19[5-9]\d|1949)(?=\s*[年)\-修.])/, LATER = /(\d{4})年(?:修正|修订|修改)后的\s*$/;
  const isObject = (joint, said = joint.replace(/(?:或者|以及|[、和或及与])\s*$/, ''), object = said.replace(DETAIL, ''), told = object.replace(/^(?:规定|所列|所称|关于)的?/, '')) =>
    said !== joint && told.length <= 20 && !/[，。；：,;:《》第条]/.test(told) && (told !== object || told.endsWith('罪'));
  const DETAIL = re('^(?:[第款项目（）()的之中\\s]|NUM)*'), COLUMN = re('\\|\\s*《?([^|《》\\s]*(?:LAWS))》?(?:条文|法条|条款|条目)\\s*\\|');

  /** Articles with their laws; `text` from `begin` on, what stands before it is what was named before. */
  const articlesOf = (text, begin) => {
    const all = [];
    let open = null, known = null;
    const column = COLUMN.exec(text.slice(begin));
    START.lastIndex = begin;
    for (let match; (match = START.exec(text));) {
      const start = match.index, found = series(text, start), ordinal = match[0] === '第', before = text.slice(0, start);
      START.lastIndex = start + match[0].length;
      if (!found || !ordinal && at(COUNTED, text, found.end)) continue;
      let law = lawBefore(before);
      if (law && law.same) {
        const since = before.slice(Math.max(known ? known.end : 0, start - 500)), close = since.lastIndexOf('》'), titled = close >= 0 && QUOTED.exec(since.slice(0, close + 1));
        const name = titled ? titled[1] || titled[2] : known && known.name, kind = name && plainName(name);
        law = kind && (kind.endsWith(law.same) || law.same === '法' && kind.endsWith('法典')) && { name, start: law.start };
      } else if (law) {
        law = (ordinal || law.plain) && law;
      } else if (law === null) {
        const between = open && text.slice(open.end, start), joint = open && between.replace(ASIDE, '');
        law = open && between.length < 40 && (JOINED.test(joint) || isObject(joint)) && (ordinal || LISTED.test(before) && at(GOES_ON, text, found.end)) && { name: open.name, start, year: (LATER.exec(before) || [, open.year])[1] };
        if (!law && ordinal && column && /\|\s*$/.test(before)) law = { name: column[1], start };
      }
      const year = law && (law.year || (YEAR.exec(normal(text.slice(law.start, start))) || [, null])[1]);
      open = law ? { name: law.name, end: found.end, year } : null;
      if (!law) continue;
      known = open;
      START.lastIndex = found.end;
      found.all.forEach(([number, sub, from, end]) => {
        const parts = details(text, end), begins = from === start ? law.start : from;
        let next = begins, span;
        for (const [paragraph, item, stop] of parts.length ? parts : [[0, 0, end]]) {
          if (next < stop) span = { start: next, end: stop };
          all.push({ ...span, kind: 'article', name: law.name, place: { number, sub, paragraph, item, year } });
          next = stop + at(GAP, text, stop)[0].length;
        }
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

  // ---- numbers ----

  /** The normal form of a text, for each unit of it the place in the text that it comes from. */
  const mapped = text => {
    const from = [], { forms } = jianyan.citing;
    let out = '';
    for (let i = 0, c; i < text.length; i += c.length) {
      c = String.fromCodePoint(text.codePointAt(i));
      for (const unit of (forms[c] || (forms[c] = normal(c))).split('')) {
        out += unit;
        from.push([i, i + c.length]);
      }
    }
    return { text: out, from };
  };

  const NUMBER = re('\\s*(检例)?\\s*第?\\s*(NUM)(\\s*号)?', 'y');
  const NEXT = re('(?:\\([^()]{0,39}\\))?\\s*(?:(或者|以及|[、,/和及与或])|[至到~～〜]|([-‐‑−—–―─]))+', 'y');

  /** Numbers side by side up to the last 号, the first of which begins at `begin`. */
  const numbersAt = (text, begin, from, canonical) => {
    const all = [];
    let waiting = [], before = 0, joint = null, end = 0;
    for (let match; (match = at(NUMBER, text, from));) {
      const number = value(match[2]), ranges = joint && !joint[1];
      if (/\d{7}/.test(match[2]) || match[1] && !joint || ranges && number <= before && !(joint[2] && waiting.length)) break;
      if (ranges && number <= before) {
        last(waiting)[0] += '-' + number;
      } else {
        if (ranges && number - before <= WIDEST) for (let n = before + 1; n < number; n++) waiting.push([n, begin, match.end]);
        waiting.push([number, begin, match.end]);
      }
      last(waiting)[2] = match.end;
      before = number;
      if (match[3]) all.push(...waiting.splice(0).map(([number, start, stop]) => ({ number: canonical(number), start, end: end = stop })));
      joint = at(NEXT, text, match.end);
      if (!joint) break;
      begin = from = joint.end;
    }
    return { all, end };
  };

  const YEARED = /[(〔[【〈]\s*(\d{4}|[〇零○一二两三四五六七八九]{4})\s*[)〕\]】〉]\s*/y, CUT = re('^.*(?:CUES)'), COURT = /([一-鿿](?:[一-鿿 ]|\d)*)/y;

  /** Who gives a number, right before it. */
  const issuerOf = before => /[一-鿿a-z]{0,12}$/.exec(before)[0].replace(CUT, '').replace(/^[参详]?见/, '');

  const numbersOf = raw => {
    const { text, from } = mapped(raw), all = [];
    for (let i = 0, done = 0; i < text.length; i++) {
      let found = null, year;
      const guide = at(/检例\s*\(?\s*|指导性?案例\s*/y, text, i);
      if (guide) {
        const name = guide[0][0] === '检' ? '检例' : '指导案例';
        found = numbersAt(text, i, guide.end, number => `${name}${number}号`);
      } else if (text[i] === '令' && /[院席部委局署会府行办]$/.test(text.slice(done, i))) {
        // 和 within 共和国 introduces no number.
        const before = text.slice(done, i), issuer = issuerOf(before).replace(/^经(?![济贸])/, ''), state = before.endsWith('中华人民共和' + issuer), giver = state ? issuer.slice(1) : issuer;
        found = numbersAt(text, i - issuer.length - (state ? 6 : 0), i + 1, number => `${giver}令${number}号`);
      } else if ((year = at(YEARED, text, i)) && (year[1] = value(year[1])) > 999) {
        const rest = text.slice(year.end, year.end + 24).split('号')[0], [letter] = /^(?:[a-z](?=\d))?/.exec(rest);
        if (/^[一-鿿]/.test(rest) && rest[0] !== '第' && !numbersAt(text, i, year.end, String).end) {
          for (let place = 1; place < rest.length && !(found && found.end) && /^[一-鿿 \d]*$/.test(rest.slice(0, place)); place++) {
            if (/\d/.test(rest[place]) && !/\d/.test(rest[place - 1])) found = numbersAt(text, i, year.end + place, number => `(${year[1]})${rest.slice(0, place).replace(/ /g, '')}${number}号`);
          }
        } else {
          const before = text.slice(done, i).trimEnd(), issuer = issuerOf(before);
          found = numbersAt(text, done + before.length - issuer.length, year.end + letter.length, number => `${issuer}${year[1]}-${letter}${number}号`);
        }
      }
      if (!found || !found.end) continue;
      for (const { number, start, end } of found.all) all.push({ kind: 'number', number, start: from[start][0], end: from[end - 1][1] });
      i = (done = found.end) - 1;
    }
    return all;
  };

  /** What a paragraph names, in its order; `law` is the last one that was named before it. */
  const mentions = (text, law) => {
    const before = law ? `《${law}》。` : '', { length } = before;
    const named = articlesOf(before + text, length).map(one => ({ ...one, start: one.start - length, end: one.end - length }));
    return [...titlesOf(text), ...named, ...numbersOf(text)].sort((a, b) => a.start - b.start || a.end - b.end);
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
  const definitions = text => titlesOf(text).map(({ end, name }) => {
    const inner = /^\s*[（(]([^）)]*)/.exec(text.slice(end)), short = inner && re('(?:DEFINES)(.+)$').exec(inner[1]);
    return short && [short[1].replace(/^[：:“”"《》「」‘’ ，为]+|[：:“”"《》「」‘’ ，为]+$/g, ''), name];
  }).filter(Boolean);

  /** What a draft cites, paragraph by paragraph in its order. */
  const citations = draft => {
    const all = paragraphs(draft), short = [];
    let law = '';
    for (const one of all) {
      one.named = mentions(one.text, law);
      short.push(...definitions(one.text));
      const laws = one.named.filter(({ name }) => name && re('(?:LAWS)$').test(plainName(name)));
      if (laws.length) law = last(laws).name;
    }
    const found = all.map((one, i) => [...one.named, ...quotations(draft, i, all)].map(own => ({
      ...own, text: one.text.slice(own.start, own.end), paragraph: one.text, from: one.at[own.start], to: one.at[own.end - 1] + 1, rank: own
    })));
    return { short, found: [].concat(...found).sort((a, b) => a.from - b.from || a.to - b.to) };
  };

  Object.assign(jianyan, { citing: { forms: {}, re, last, citations, flat, around, FIGURE } });
})(jianyan);
