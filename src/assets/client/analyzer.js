/* The analyzer of the index, in the browser: normal form, units, tokens.
   docs/search.md, section 1; src/index/analyzer.rs is its twin. */
var jianyan = jianyan || {};
(function (jianyan) {
  'use strict';

  var CJK = '\\u3005-\\u3007\\u3041-\\u3096\\u309D-\\u309F\\u30A1-\\u30FA\\u30FC-\\u30FF\\u3400-\\u4DBF' +
    '\\u4E00-\\u9FFF\\uAC00-\\uD7AF\\uF900-\\uFAFF\\u{20000}-\\u{3FFFF}';
  var IS_CJK = new RegExp('^[' + CJK + ']', 'u');
  var UNIT = new RegExp('[' + CJK + ']|(?:(?![' + CJK + '])[\\p{L}\\p{N}])+', 'gu');
  var DROPPED = /[\u00AD\u200B-\u200D\u2060\uFEFF\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;
  var HAN = /[\u3400-\u9FFF\uF900-\uFAFF\u{20000}-\u{3FFFF}]/u;

  /** The traditional-to-simplified table, once a query needed it. */
  var table = null;

  function simplify(text) {
    if (!table) return text;
    var out = '';
    for (var c of text) out += table.get(c) || c;
    return out;
  }

  /** The normal form of a text. */
  function normal(text) {
    return simplify(text.replace(DROPPED, '').normalize('NFKC').toLowerCase());
  }

  /** The sequences of a normal form: arrays of units, each with its text, place and class. */
  function sequences(text) {
    var all = [], end = -1, match;
    UNIT.lastIndex = 0;
    while ((match = UNIT.exec(text))) {
      if (match.index !== end) all.push([]);
      end = UNIT.lastIndex;
      all[all.length - 1].push({ text: match[0], start: match.index, end: end, cjk: IS_CJK.test(match[0]) });
    }
    return all;
  }

  /** The tokens of a sequence: text, first unit, number of units. The position of a token within
      its sequence is its index. */
  function tokensOf(units) {
    var out = [];
    if (units.length === 1) return [{ text: units[0].text, unit: 0, units: 1 }];
    units.forEach(function (unit, i) {
      if (!unit.cjk) out.push({ text: unit.text, unit: i, units: 1 });
      if (i + 1 < units.length) out.push({ text: unit.text + units[i + 1].text, unit: i, units: 2 });
    });
    return out;
  }

  var NUMERALS = '〇一二三四五六七八九', PLACES = { 十: 10, 百: 100, 千: 1000 };
  var RUN = '[〇零一二三四五六七八九十百千]+';
  var ARTICLE = new RegExp('(?:第[ \\t]*(\\d{1,4}|' + RUN + ')|(?<![\\d.])(\\d{1,4}))[ \\t]*([条章节编款项])' +
    '(?:[ \\t]*之[ \\t]*(\\d{1,2}|' + RUN + '))?', 'g');

  /** The value of digits or of a Chinese numeral, with places (二百六十四) or without (二〇二三). */
  function numeral(text) {
    if (/^\d/.test(text)) return +text;
    var total = 0, pending = null, places = /[十百千]/.test(text);
    for (var i = 0; i < text.length; i++) {
      var place = PLACES[text[i]], digit = Math.max(NUMERALS.indexOf(text[i]), 0);
      if (place) {
        total += (pending === null ? 1 : pending) * place;
        pending = null;
      } else {
        pending = places ? digit : pending * 10 + digit;
      }
    }
    return total + (pending || 0);
  }

  /** The article spans of a normal form: canonical token, start and end. */
  function articles(text) {
    var out = [], match, limit = 4294967295;
    ARTICLE.lastIndex = 0;
    while ((match = ARTICLE.exec(text))) {
      var number = numeral(match[1] || match[2]), sub = match[4] === undefined ? null : numeral(match[4]);
      if (number > limit || sub > limit) {
        ARTICLE.lastIndex = match.index + 1;
        continue;
      }
      out.push({
        text: '#' + number + match[3] + (sub === null ? '' : '-' + sub),
        start: match.index,
        end: ARTICLE.lastIndex
      });
    }
    return out;
  }

  jianyan.analyzer = {
    articles: articles,
    normal: normal,
    sequences: sequences,
    tokensOf: tokensOf,
    /** Whether the traditional-to-simplified table could change a text. */
    mayChange: function (text) { return !table && HAN.test(text); },
    /** Takes the table: a Map of character to character. */
    simplifyBy: function (map) { table = map; }
  };
})(jianyan);
