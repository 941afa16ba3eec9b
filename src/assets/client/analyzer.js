/* The analyzer of the index, in the browser: normal form, units, tokens, article spans.
   docs/search.md, section 1; src/index/analyzer.rs is its twin. */
var jianyan = jianyan || {};
(jianyan => {
  'use strict';
  const CJK = '々-〇ぁ-ゖゝ-ゟァ-ヺー-ヿ㐀-䶿' +
    '一-鿿\\uAC00-\\uD7AF\\uF900-\\uFAFF\\u{20000}-\\u{3FFFF}';
  const LETTER = `(?:(?![${CJK}])[\\p{L}\\p{N}])`;
  const IS_CJK = new RegExp(`^[${CJK}]`, 'u');
  const UNIT = new RegExp(`[${CJK}]|${LETTER}+`, 'gu');
  const BEFORE_CJK = new RegExp(`^(${LETTER}+)([${CJK}])$`, 'u'), SPACES = /\p{White_Space}/gu;
  const INSIDE = new RegExp(`(?<=${LETTER})${LETTER}`, 'uy');
  const reversed = text => Array.from(text).reverse().join('');
  const DROPPED = /[\p{Cf}\u034F\u115F\u1160\u3164\uFFA0\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;
  const RUN = '(?![百千])[〇零一二三四五六七八九十百千]+';
  const ARTICLE = new RegExp(`(?:第[ \\t]*(\\d{1,4}|${RUN})|(?<![\\d.])(\\d{1,4}))[ \\t]*([条章节编款项])` +
    `(?:[ \\t]*之[ \\t]*(\\d{1,2}|${RUN}))?`, 'g');
  const PLACES = { 十: 10, 百: 100, 千: 1000 };

  /** Characters that are folded to others (traditional, radicals): those that a text came with, or all once a query
      needed them. */
  let table = new Map(), whole = false;

  const simplify = text => table.size ? Array.from(text, c => table.get(c) || c).join('') : text;

  /** The value of digits or of a Chinese numeral, with places (二百六十四) or without (二〇二三). */
  const numeral = text => {
    if (/^\d/.test(text)) return +text;
    const places = /[十百千]/.test(text);
    let total = 0, pending = null;
    for (const c of text) {
      const digit = Math.max('〇一二三四五六七八九'.indexOf(c), 0);
      if (PLACES[c]) {
        total += (pending === null ? 1 : pending) * PLACES[c];
        pending = null;
      } else {
        pending = places ? digit : pending * 10 + digit;
      }
    }
    return total + pending;
  };

  const analyzer = jianyan.analyzer = {
    CJK,
    value: numeral,

    /** The normal form of a text. */
    normal: text => simplify(text.replace(DROPPED, '').normalize('NFKC').toLowerCase()),

    /** The sequences of a normal form: arrays of units, each with its text, place and class. */
    sequences(text) {
      const all = [];
      let end = -1, match;
      UNIT.lastIndex = 0;
      while ((match = UNIT.exec(text))) {
        if (match.index !== end) all.push([]);
        end = UNIT.lastIndex;
        all[all.length - 1].push({ text: match[0], start: match.index, end, cjk: IS_CJK.test(match[0]) });
      }
      return all;
    },

    /** The tokens of a sequence in order: text, first unit, number of units. */
    tokensOf(units) {
      const out = [];
      units.forEach((unit, i) => {
        if (!unit.cjk || units.length === 1) out.push({ text: unit.text, unit: i, units: 1 });
        if (i + 1 < units.length) out.push({ text: unit.text + units[i + 1].text, unit: i, units: 2 });
      });
      return out;
    },

    /** The name of a token in the index: a letter-or-digit unit before a CJK character is named from its end. */
    keyOf: text => BEFORE_CJK.test(text) ? text.replace(BEFORE_CJK, (_, unit, last) => `${last}\x01${reversed(unit)}`) : text,

    /** The name of what joins two units over a separator. */
    jointOf: (before, between, behind) => '\x02' + Array.from(between.replace(SPACES, ' ').replace(/\p{Cc}/gu, '').replace(/ +/g, ' ')).slice(0, 8).join('')
      + reversed(before) + '\x01' + behind,

    /** The name of a part of a letter-or-digit unit: its name, or how that begins. */
    partOf(text) {
      const letters = Array.from(text);
      return { text: '\x03' + letters.slice(0, 64).join(''), at: 0, begins: letters.length > 3 };
    },

    /** The article spans of a normal form: canonical token, start and end. */
    articles(text) {
      const out = [];
      let match;
      ARTICLE.lastIndex = 0;
      while ((match = ARTICLE.exec(text))) {
        const number = numeral(match[1] || match[2]), sub = match[4] === undefined ? '' : numeral(match[4]);
        if (number >= 2 ** 32 || sub >= 2 ** 32) ARTICLE.lastIndex = match.index + 1;
        else out.push({ text: '#' + number + match[3] + (match[4] ? '-' + sub : ''), start: match.index, end: ARTICLE.lastIndex });
      }
      return out;
    },

    /** Whether a place is inside of a run of letters and digits. */
    inside(text, at) {
      INSIDE.lastIndex = at;
      return INSIDE.test(text);
    },

    /** Whether the table of folds, not there yet, could change a text. */
    mayChange: text => !whole && /[\u2E80-\u2FDF\u3400-\u9FFF\uF900-\uFAFF\u{20000}-\u{3FFFF}]/u.test(text),

    /** Takes the table: a Map of character to character. */
    simplifyBy(map) {
      table = map;
      whole = true;
    },

    /** Takes some of it: characters, each before what it becomes. */
    fold(pairs) {
      const all = Array.from(pairs);
      for (let i = 0; i < all.length; i += 2) table.set(all[i], all[i + 1]);
    }
  };
})(jianyan);
