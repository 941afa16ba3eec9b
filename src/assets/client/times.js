/* The times that the filter `year` takes, as people write them; 去年 counts from the site's reference day.
   src/query/syntax/time.rs is the twin. */
(jianyan => {
  'use strict';
  const { normal: normalize } = jianyan.analyzer, BLANKS = new RegExp(`[${jianyan.query.SPACE}]`, 'g');

  /** Days from 1970 to the first of a month. */
  const firstDay = (year, month) => new Date(0).setUTCFullYear(year, month - 1, 1) / 864e5;

  const dated = (year, month, day) => {
    const good = month > 0 && month < 13 && (day === undefined || day > 0 && day <= firstDay(year, month + 1) - firstDay(year, month));
    return good ? { year, months: [month, month], day } : null;
  };

  /** The months of 上半年, 年初, 一季度 (its numeral is a digit here) and the like. */
  const partOf = text => {
    const quarter = /^第?([1-4])季度$/.exec(text), months = { 上半年: [1, 6], 下半年: [7, 12], 初: [1, 3], 中: [4, 9], 底: [10, 12], 末: [10, 12] };
    return quarter ? [3 * quarter[1] - 2, 3 * quarter[1]] : months[text] || months[text.replace(/^年(?=[初中底末])/, '')] || null;
  };

  /** A year, a month, a day, a half or a quarter of a year; what it lacks is that of the `last` one. */
  const endOf = (text, last) => {
    const [, digits, rest] = /^(\d*)([^]*)$/.exec(text), value = +digits;
    let match = /^(\d{4})(\d\d)(\d\d)?$/.exec(text);
    if (match) return dated(+match[1], +match[2], match[3] && +match[3]);
    if (!digits) return null;
    const full = digits.length === 4, year = full ? value : value + (value < 50 ? 2000 : 1900);
    if (full || digits.length === 2) {
      if (!rest && (full || !last) || /^年[度份]?$/.test(rest)) return { year };
      const months = full || rest[0] === '年' ? partOf(rest.replace(/^年/, '')) : null;
      if (months) return { year, months };
      match = (full ? /^[年./-](\d\d?)(?!\d)(.*)$/ : /^年(\d\d?)(?!\d)(.*)$/).exec(rest);
      if (full || rest[0] === '年') return match && behind(year, +match[1], match[2]);
    }
    if (!last || digits.length > 2) return null;
    if (rest[0] === '月') return behind(last.year, value, rest);
    if (/^[日号]$/.test(rest)) return last.months ? dated(last.year, last.months[1], value) : null;
    return !rest && last.months && last.day === undefined ? dated(last.year, value) : null;
  };

  /** A month with what stands behind it. */
  const behind = (year, month, text) => {
    const rest = text.replace(/^月/, '').replace(/^[./-](?=[^])/, ''), match = /^(\d\d?)[日号]?$/.exec(rest);
    return rest === '' || rest === '份' ? dated(year, month) : match && dated(year, month, +match[1]);
  };

  const rangeOf = (from, to) => {
    const days = [from, to].some(end => end && end.months);
    const first = end => firstDay(end.year, end.months ? end.months[0] : 1) + (end.day || 1) - 1;
    const last = end => end.day ? first(end) : firstDay(end.year, (end.months ? end.months[1] : 12) + 1) - 1;
    const range = days ? [from ? first(from) : -Infinity, to ? last(to) : Infinity] : [from ? from.year : -Infinity, to ? to.year : Infinity];
    return range[0] <= range[1] ? { column: days ? 'date' : 'year', range } : null;
  };

  const DASH = '至到~〜—–―─‐-', DASHES = new RegExp(`(?<![${DASH}])[${DASH}]+`, 'g');

  /** The texts before and behind the sign of a range; null for none. */
  const halves = text => {
    const points = text.indexOf('..');
    if (points >= 0) {
      const to = text.slice(points).replace(/^\.+/, '');
      return points || to ? [text.slice(0, points), to] : null;
    }
    const places = [];
    text.replace(DASHES, (sign, at) => { places.push(at); return ''; });
    const strong = places.find(at => text[at] !== '-'), at = strong === undefined ? places[places.length >> 1] : strong;
    if (!at) return null;
    const to = text.slice(at).replace(new RegExp(`^[${DASH}]+`), '');
    return to || strong !== undefined || places.length < 2 ? [text.slice(0, at), to] : null;
  };

  /** Each Chinese numeral as digits: 二〇二四 digit by digit, 十二 by its value. */
  const digitsOf = text => text.replace(/[〇零○一二三四五六七八九十][〇零○o一二三四五六七八九十]*/g, run => {
    const digit = c => Math.max('〇一二三四五六七八九'.indexOf(c), 0), value = part => Array.from(part).reduce((sum, c) => sum * 10 + digit(c), 0);
    const at = run.indexOf('十');
    return at < 0 ? Array.from(run, digit).join('') : String((at ? value(run.slice(0, at)) : 1) * 10 + value(run.slice(at + 1)));
  });

  /** Years in place of the words that count from the reference day's: 去年, 近3年. */
  const absolute = text => {
    const { year } = jianyan, span = year && /^(?:最近|过去|近)(两|[1-9]\d?)年[来内]?$/.exec(text);
    if (span) return `${year + 1 - (span[1] === '两' ? 2 : span[1])}年至${year}年`;
    return year ? text.replace(/[今本去上前]年/g, ([when]) => year - (when === '前' ? 2 : /[去上]/.test(when) ? 1 : 0) + '年') : text;
  };
  const plain = value => digitsOf(normalize(value).replace(BLANKS, ''));

  /** What a value that counts from the reference day is read as; null for any other. */
  jianyan.query.readAs = value => {
    const own = plain(value), read = absolute(own);
    return read === own ? null : read;
  };

  /** The times of a filter's value, each with the column that it looks at and the ends; none when it can't be read. */
  jianyan.query.timesOf = value => {
    const normal = absolute(plain(value));
    const span = (text, state) => {
      const read = text => state.last = endOf(text, state.last) || undefined;
      const before = state.last, whole = endOf(text, before);
      if (whole) { state.last = whole; return rangeOf(whole, whole); }
      let match = /^(.*)(?:以来|至今|以后|之后|起)$/.exec(text), end;
      if (match) return (end = read(match[1].replace(/^自/, ''))) ? rangeOf(end, null) : null;
      match = /^(.*)(?:以前|之前|为止|止)$/.exec(text);
      if (match) return (end = read(match[1])) ? rangeOf(null, end) : null;
      const texts = halves(text);
      if (!texts) return null;
      const from = texts[0] ? read(texts[0]) : null, to = from !== undefined && texts[1] ? read(texts[1]) : null;
      return from === undefined || to === undefined ? null : rangeOf(from, to);
    };
    const whole = span(normal, {}), state = {};
    if (whole) return [whole];
    const all = normal.split(/[、,;和及与或/]/).map(part => span(part, state));
    return all.every(Boolean) ? all : [];
  };
})(jianyan);
