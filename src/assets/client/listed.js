/* Articles and numbers as texts list them: 第341、342条, 第二十条至第二十三条, 检例第142—146号.
   src/markdown/citation/series.rs and src/text/number/series.rs are the twins. */
(jianyan => {
  'use strict';
  if (jianyan.listed) return;
  const DIGITS = '〇零○一二两三四五六七八九', CAPITALS = '壹贰叁肆伍陆柒捌玖拾佰仟', NUMERAL = `[\\d${DIGITS}十百千${CAPITALS}]`;
  const RUN = new RegExp(`${NUMERAL}*`, 'y'), PLACED = /^(?:(.)千)?(?:〇?(.)百)?(?:〇?(.?)十)?(〇?)(.?)$/;
  const LIST = 1, RANGE = 2, HYPHEN = 3, WIDEST = 200;

  /** The value of a numeral as texts write it; NaN for none. */
  const valueOf = text => {
    const plain = text.replace(/[^]/g, c => ({ 零: '〇', '○': '〇', 两: '二' }[c] || '一二三四五六七八九十百千'[CAPITALS.indexOf(c)] || c));
    const digit = c => '〇一二三四五六七八九'.indexOf(c), row = plain.replace(/[〇一二三四五六七八九]/g, digit);
    if (/^\d+$/.test(row)) return row < 2 ** 32 ? +row : NaN;
    const [, thousands, hundreds, tens, zero, last] = PLACED.exec(plain) || [], smallest = tens !== undefined ? 10 : hundreds ? 100 : 1000;
    const parts = [[thousands, 1000], [hundreds, 100], [tens === '' ? '一' : tens, 10], [last, zero ? 1 : smallest / 10]].filter(([part]) => part);
    return plain && parts.length ? parts.reduce((sum, [part, unit]) => sum + (digit(part) > 0 ? digit(part) * unit : NaN), 0) : NaN;
  };

  const blank = (text, at) => at + /^\s*/.exec(text.slice(at))[0].length;
  const has = (text, at, letters) => at < text.length && letters.includes(text[at]);
  const ordinal = (text, at) => at + has(text, at, '第');

  /** The number at a place, blanks before it passed over, and its end; null for none. */
  const numberAt = (text, from) => {
    const at = RUN.lastIndex = blank(text, from), [run] = RUN.exec(text), value = valueOf(run);
    return isNaN(value) ? null : { value, run, end: at + run.length };
  };

  /** What joins two numbers, and the place behind it. */
  const jointAt = (text, from) => {
    const at = blank(text, from), word = /^(?:或者|以及)/.test(text.slice(at, at + 2)), letter = text[at];
    const kind = word ? LIST : 1 + ['、,/和及与或', '至到~〜', '-‐‑−—–―─'].findIndex(all => has(text, at, all));
    if (!kind) return null;
    let end = at + (word ? 2 : 1);
    while (kind !== LIST && text[end] === letter) end++;
    return { kind, end };
  };

  // ---- articles ----

  /** The place behind 条; none behind 条例. */
  const unitAt = (text, from) => {
    const at = blank(text, from);
    return text[at] === '条' && text[at + 1] !== '例' ? at + 1 : null;
  };

  /** The number after 之; where one was before it, the 之 may be missing. */
  const insertionAt = (text, at, asks) => {
    const begin = blank(text, at), marked = text[begin] === '之';
    if (asks && !marked) return null;
    const from = begin + marked, open = from + has(text, from, '('), found = numberAt(text, open);
    if (!found || open > from && text[found.end] !== ')') return null;
    const end = found.end + (open > from), rest = text.slice(end);
    return found.value === 1 && /^[般些样致定切旦直方面种个部并律]/.test(rest) || !marked && /^\s*[条款项章]/.test(rest) ? null : { value: found.value, end };
  };

  /** The number of 第1,179条: no law has so many articles that the first digit could be another. */
  const thousandAt = (text, from) => {
    const found = /^\s*1,(\d{3})(?!\d)/.exec(text.slice(from)), end = found && from + found[0].length;
    return found && unitAt(text, end) ? { value: 1000 + +found[1], end } : null;
  };

  const articleJoint = (text, at) => {
    const joint = jointAt(text, at);
    return joint && { ...joint, end: blank(text, joint.end) };
  };

  const hyphened = (text, at) => {
    const joint = articleJoint(text, at);
    return joint && joint.kind === HYPHEN ? numberAt(text, joint.end) : null;
  };

  /** The place behind 第一款第(二)项 behind an article. */
  const afterParts = (text, at) => {
    for (;;) {
      const begin = ordinal(text, blank(text, at)), found = numberAt(text, begin + has(text, begin, '('));
      const end = found && found.end + has(text, found.end, ')');
      if (!found || !has(text, end, '款项目')) return at;
      at = end + 1;
    }
  };

  /** The articles whose first begins at a place, each by its token, and where they end; null for none. What a range leaves out
      has the place of the range. */
  const series = (text, begin) => {
    const found = [];
    let waiting = [], last = null, end = begin, at = begin, kind = 0;

    const keep = (number, sub, start, to) => found.push({ text: `#${number}条${sub ? '-' + sub : ''}`, start, end: to });
    const take = () => {
      for (const { number, sub, start, end: to } of waiting) {
        end = Math.max(end, to);
        keep(number, sub, start, to);
      }
      waiting = [];
    };

    /** 第120条之一至第120条之六: the second one has the number of the first. */
    const same = (first, inserted, after) => {
      const unit = unitAt(text, after), stroke = inserted === null && hyphened(text, after);
      const sub = inserted !== null ? unit && { value: inserted, end: unit }
        : stroke ? { value: stroke.value, end: unitAt(text, stroke.end) || stroke.end } : unit && insertionAt(text, unit, true);
      if (!sub) return null;
      take();
      const from = (first.sub || 0) + 1;
      for (let i = from; i <= sub.value && i < from + WIDEST; i++) keep(first.number, i, first.start, sub.end);
      end = sub.end;
      return from <= sub.value ? end : null;
    };

    /** 之一, 之一至之六, 之一、之二 behind an article. */
    const insertions = (unit, ranges) => {
      const { number, start } = last, stroke = hyphened(text, unit);
      const isPart = stroke && stroke.value < number && !has(text, blank(text, stroke.end), '条款项目年月日');
      const first = insertionAt(text, unit, true) || (isPart ? stroke : null);
      if (!first) return unit;
      let latest = first.value, to = first.end;
      if (ranges) for (let i = 1; i < Math.min(latest, WIDEST); i++) keep(number, i, start, to);
      keep(number, latest, start, to);
      for (let joint; (joint = articleJoint(text, to));) {
        const isRange = joint.kind !== LIST, next = insertionAt(text, joint.end, !isRange);
        if (!next || isRange && (next.value <= latest || next.value - latest > WIDEST)) break;
        if (isRange) for (let i = latest + 1; i < next.value; i++) keep(number, i, start, next.end);
        keep(number, next.value, joint.end, next.end);
        latest = next.value;
        to = next.end;
      }
      // What stands for the article itself was only its beginning.
      const own = ranges ? -1 : found.findIndex(one => one.text === `#${number}条` && one.start === start && one.end === unit);
      if (own >= 0) found.splice(own, 1);
      last = { ...last, sub: latest };
      return end = to;
    };

    /** Reads one number with what belongs to it; gives the place behind it, or null where none goes with those before. */
    const article = () => {
      const first = ordinal(text, at), own = thousandAt(text, first) || numberAt(text, first);
      if (!own || kind && has(text, blank(text, own.end), '款项目')) return null;
      let { value, end: after } = own, sub = insertionAt(text, after, true);
      sub = sub && unitAt(text, sub.end) ? sub : null;
      if (sub) after = sub.end;
      const ranges = kind === RANGE || kind === HYPHEN, before = waiting[waiting.length - 1];
      if (kind === HYPHEN && before && value <= before.number) {
        Object.assign(before, { sub: value, end: after });
      } else {
        if (ranges && !last) return null;
        if (ranges && value === last.number) return same(last, sub && sub.value, after);
        if (ranges && value < last.number) return null;
        if (ranges && value - last.number <= WIDEST + 1) {
          for (let number = last.number + 1; number < value; number++) waiting.push({ number, sub: 0, start: last.start, end: after });
        }
        waiting.push({ number: value, sub: sub && sub.value, start: at, end: after });
      }
      last = { ...waiting[waiting.length - 1] };
      const unit = unitAt(text, after);
      // 第三十六、三十七条: the unit comes with a later one.
      if (!unit) return after;
      waiting[waiting.length - 1].end = unit;
      take();
      return insertions(unit, ranges);
    };

    for (let after; (after = article()) !== null;) {
      const own = articleJoint(text, after), over = own || articleJoint(text, afterParts(text, after)), joint = own || (over && over.kind !== LIST ? over : null);
      // A list that goes on after a 条 is read anew: it may name another law.
      if (!joint || joint.kind === LIST && !waiting.length) break;
      kind = joint.kind;
      at = joint.end;
    }
    return found.length ? { found, end } : null;
  };

  /** All articles that a normal form names, in lists and ranges too. */
  const articles = text => {
    const all = [];
    for (let at = 0; (at = text.indexOf('第', at)) >= 0;) {
      const own = series(text, at++);
      if (own) {
        all.push(...own.found);
        at = Math.max(at, own.end);
      }
    }
    return all;
  };

  const BEGINS = new RegExp(`第|(?<=[》法典则)、,/和及与或者]\\s*)${NUMERAL}`, 'g'), THINGS = /^(?:线索|意见|建议|措施|经验|信息|消息|新闻|记录|举措|具体|硬)/;
  /** What follows an article in a list that leaves out its 第; a noun is counted: 第三条,二十条河流. */
  const FOLLOWING = /^\s*(?:$|\P{Alphabetic}|[之第和及与或至到以的所中均等处判都也为是已并还则对]|规[定制]|明确|定罪|追究|予以|办理|作出|执行|起诉|认定|分别)/u;

  /** The articles that a normal form cites from a law; `names` tells whether a text names that law last, or lists on from where
      its last article ended. */
  const cited = (text, names) => {
    const all = [];
    if (!text.includes('条')) return all;
    BEGINS.lastIndex = 0;
    let open = -1;
    for (let match; (match = BEGINS.exec(text));) {
      const own = series(text, match.index), ordinal = match[0] === '第';
      const rest = own && text.slice(own.end), counted = own && !ordinal && (THINGS.test(rest) || !/[》法典则)]\s*$/.test(text.slice(0, match.index)) && !FOLLOWING.test(rest));
      if (own && !counted && names(text.slice(0, match.index), ordinal, open)) {
        all.push(...own.found);
        BEGINS.lastIndex = Math.max(open = own.end, match.index + 1);
      } else {
        if (own) open = -1;
        RUN.lastIndex = match.index + ordinal;
        BEGINS.lastIndex = Math.max(match.index + ordinal + RUN.exec(text)[0].length, match.index + 1);
      }
    }
    return all;
  };

  // ---- numbers ----

  /** The place behind a bracket that says what a number is, where another follows: 142号(甲案)、第143号. */
  const afterAside = (text, at) => at + (/^\([^()]{0,38}\)/.exec(text.slice(at)) || [''])[0].length;

  /** The numbers of the list or range whose first digits stand at a place: each by its digits, with its place. */
  const numbers = (text, start, at) => {
    const found = [];
    let waiting = [], last = null, kind = LIST, begin = start;
    for (;;) {
      let from = blank(text, at);
      if (last !== null && text.startsWith('检例', from)) from = blank(text, from + 2);
      const own = numberAt(text, blank(text, ordinal(text, from)));
      if (!own || /^\d{7}/.test(own.run)) break;
      const { value, end } = own, before = waiting[waiting.length - 1] || found[found.length - 1];
      if (kind === HYPHEN && last !== null && value <= last) {
        if (!waiting.length) break;
        Object.assign(before, { digits: `${before.digits}-${value}`, end });
      } else if (kind === RANGE && last !== null && value <= last) {
        break;
      } else {
        const ranges = kind !== LIST && last !== null && value - last <= WIDEST;
        for (let i = last + 1; ranges && i < value; i++) waiting.push({ digits: String(i), start: before.start, end });
        waiting.push({ digits: String(value), start: begin, end });
      }
      last = value;
      at = end;
      const sign = blank(text, end);
      if (text[sign] === '号') {
        waiting[waiting.length - 1].end = at = sign + 1;
        found.push(...waiting);
        waiting = [];
      }
      const joint = jointAt(text, afterAside(text, at));
      if (!joint) break;
      ({ kind, end: begin } = joint);
      at = begin;
    }
    return found;
  };

  jianyan.listed = { articles, cited, numbers };
})(jianyan);
