/* From a query to a plan: syntax, pieces, alternatives, what is scored.
   docs/search.md, section 3; src/query/syntax.rs and plan.rs are its twins. */
var jianyan = jianyan || {};
(function (jianyan) {
  'use strict';

  var analyzer = jianyan.analyzer;
  var SPACE = '\\t-\\r \\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000';
  var SPACES = new RegExp('[' + SPACE + ']*', 'y'), WORD = new RegExp('[^' + SPACE + ']*', 'y');
  var BLANK = new RegExp('[' + SPACE + ']');
  var EDGES = new RegExp('^[' + SPACE + ']+|[' + SPACE + ']+$', 'g');
  var CLOSING = { '"': '"', '“': '”', '「': '」' };
  var LIMIT = 64;
  var STRICT = [0, 1, 2, 3, 5], CHARS = [6], NUMBER = [7], LAWS = [8];

  var NAMES = {};
  [
    'title 标题 题名', 'unit 单位', 'department 部门', 'author 作者', 'number 编号 文号 案号', 'law 法条 法律',
    'kind 类别', 'adopted 层级 转化层级 level', 'form 转化形式', 'rank 等次 案例等次', 'case_level 案例层级',
    'state 状态', 'line 条线 业务条线', 'tag 标签', 'cause 案由', 'year 年份 年'
  ].forEach(function (line) {
    var names = line.split(' ');
    names.forEach(function (name) { NAMES['$' + name] = names[0]; });
  });

  // ---- syntax ----

  function trim(text) { return text.replace(EDGES, ''); }

  /** A year; NaN when it can't be read, beyond all when it is left out. */
  function year(text, absent) {
    var match = /^\+?(\d+)年*$/.exec(trim(text));
    return !trim(text) ? absent : match && +match[1] < 65536 ? +match[1] : NaN;
  }

  /** The years of a filter's value as a pair; null when it can't be read. */
  function years(value) {
    var normal = analyzer.normal(value), at = normal.indexOf('..');
    var from = year(at < 0 ? normal : normal.slice(0, at), at < 0 ? NaN : -Infinity);
    var to = at < 0 ? from : year(normal.slice(at + 2), Infinity);
    return from === from && to === to && (from > -Infinity || to < Infinity) ? [from, to] : null;
  }

  /** Reads a query as typed into items: words, operators, filters. */
  function parse(text) {
    var at = 0, items = [], notes = [];

    function take(pattern) {
      pattern.lastIndex = at;
      var found = pattern.exec(text)[0];
      at += found.length;
      return found;
    }

    /** An exact text at `at`; null when none is there. An opening mark that nothing closes is dropped. */
    function quote() {
      var closing;
      while ((closing = CLOSING[text[at]])) {
        var end = text.indexOf(closing, at + 1), inner = text.slice(at + 1, end);
        if (end >= 0) {
          at = end + 1;
          return inner;
        }
        notes.push({ code: 'query.unclosed-quote', about: text.slice(at) });
        at++;
      }
      return null;
    }

    function filter(word) {
      var match = /^([^:：]*)[:：]/.exec(word);
      if (!match) return null;
      var name = NAMES['$' + match[1].replace(/[A-Z]/g, function (c) { return c.toLowerCase(); })];
      if (!name) {
        if (/^[A-Za-z_]+$/.test(match[1])) notes.push({ code: 'query.unknown-filter', about: match[1] });
        return null;
      }
      var from = at, before = notes.length;
      at += match[0].length;
      var value = quote();
      if (value === null) value = take(WORD);
      var range = name === 'year' ? years(trim(value)) : undefined;
      if (trim(value) && range !== null) return { filter: name, value: value, range: range };
      notes.length = before;
      notes.push({ code: 'query.bad-filter', about: word });
      at = from;
      return null;
    }

    function operand() {
      var exact = quote();
      if (exact !== null) return { text: exact, quoted: true };
      take(SPACES);
      if (at >= text.length) return null;
      var from = at, word = take(WORD), end = at;
      at = from;
      var found = filter(word);
      if (found) return found;
      at = end;
      return { text: word, quoted: false, operator: word === 'OR' || word === '或' };
    }

    for (take(SPACES); at < text.length; take(SPACES)) {
      var negative = /[-－]/.test(text[at]) && at + 1 < text.length && !BLANK.test(text[at + 1]);
      if (negative) at++;
      var item = operand();
      if (!item) break;
      item.negative = negative;
      items.push(item);
    }
    return { items: items, notes: notes };
  }

  /** Groups the items: clauses of words joined by OR, excluded words, filters. */
  function group(parsed) {
    var clauses = [], excluded = [], filters = [], items = parsed.items, after = false;
    for (var i = 0; i < items.length; i++) {
      var item = items[i], next = items[i + 1];
      if (item.filter) filters.push(item);
      else if (item.negative) excluded.push(item);
      else if (item.operator && after && next && !next.filter && !next.negative && !next.operator) {
        clauses[clauses.length - 1].push(items[++i]);
      } else {
        if (item.operator) parsed.notes.push({ code: 'query.dangling-operator', about: item.text });
        clauses.push([item]);
      }
      after = !item.filter && !item.negative;
    }
    return { clauses: clauses, excluded: excluded, filters: filters };
  }

  // ---- words ----

  /** Counts distinct tokens up to the limit. */
  function Counter() { this.tokens = []; this.seen = {}; this.passed = false; }
  Counter.prototype.add = function (token, fields) {
    if (this.seen['$' + token]) return true;
    if (this.tokens.length >= LIMIT) return false;
    this.seen['$' + token] = true;
    this.tokens.push({ text: token, fields: fields });
    return true;
  };

  function isChar(units) { return units.length === 1 && units[0].cjk; }
  function fieldsOf(units) { return isChar(units) ? CHARS : STRICT; }

  /** What the limit leaves of a piece. */
  function limited(units, counter) {
    var tokens = analyzer.tokensOf(units), fields = fieldsOf(units);
    var fits = function (token) {
      return counter.passed ? counter.seen['$' + token.text] : counter.add(token.text, fields);
    };
    for (var i = 0; i < tokens.length && fits(tokens[i]);) i++;
    if (i === tokens.length) return units;
    var first = !counter.passed;
    counter.passed = true;
    for (var length = first ? units.length - 1 : 0; length > 1; length--) {
      var kept = units.slice(0, length);
      if (analyzer.tokensOf(kept).every(function (token) { return counter.seen['$' + token.text]; })) return kept;
    }
    return null;
  }

  function phraseOf(units, at) {
    return analyzer.tokensOf(units).map(function (token, i) { return { text: token.text, at: at + i }; });
  }

  function testsOf(pieces, quoted) {
    var tests = pieces.map(function (units) { return { fields: fieldsOf(units), tokens: phraseOf(units, 0) }; });
    var run = [], length = 0, count = 0;
    function close() {
      if (count > 1) tests.push({ fields: STRICT, tokens: run });
      run = [];
      length = count = 0;
    }
    if (quoted) {
      pieces.forEach(function (units) {
        if (units.length < 2) { close(); return; }
        var own = phraseOf(units, length);
        run = run.concat(own);
        length += own.length + 1;
        count++;
      });
      close();
    }
    return tests;
  }

  /** Canonical form of a word that is wholly a number, such as 检例142号; empty for any other. */
  function numberOf(word) {
    var open = '[(〔\\[【][ \\t]*(\\d{4})[ \\t]*[)〕\\]】][ \\t]*', match;
    if ((match = /^检例[ \t]*第?[ \t]*(\d{1,6})[ \t]*号$/.exec(word))) return '检例' + match[1] + '号';
    match = new RegExp('^' + open + '((?![第号])[\\u4E00-\\u9FFF](?:(?!号)[\\u4E00-\\u9FFF\\d ]){0,23})[ \\t]*号$').exec(word);
    if (match) {
      var court = match[2].replace(/ /g, '');
      return /\d$/.test(court) ? '(' + match[1] + ')' + court + '号' : '';
    }
    match = new RegExp('^([\\u4E00-\\u9FFFa-z]*)[ \\t]*' + open + '第?[ \\t]*(\\d{1,6})[ \\t]*号$').exec(word);
    return match ? match[1] + match[2] + '-' + match[3] + '号' : '';
  }

  /** The `laws` term of a word that is a law's name with one article; empty for any other. */
  function lawOf(word, articles) {
    var last = articles[articles.length - 1];
    if (articles.length !== 1 || last.end !== word.length || !/^#\d+条/.test(last.text)) return '';
    var name = word.slice(0, last.start).replace(/[ \t《》]/g, '').replace(/^中华人民共和国/, '');
    return /^[\p{L}()]+$/u.test(name) ? name + last.text : '';
  }

  /** A word read: normal form, pieces, article spans, alternatives. */
  function read(text, quoted, counter) {
    var normal = analyzer.normal(text), word = trim(normal);
    var pieces = analyzer.sequences(normal), articles = analyzer.articles(normal);
    var kept = counter ? pieces.map(function (units) { return limited(units, counter); }).filter(Boolean) : pieces;
    var options = kept.length ? [testsOf(kept, quoted)] : [];
    var number = quoted ? '' : numberOf(word);
    if (!quoted) {
      var spans = word === normal ? articles : analyzer.articles(word), whole = spans.length === 1 && spans[0];
      if (whole && whole.start === 0 && whole.end === word.length) options.push([test(STRICT, whole.text)]);
      var law = lawOf(word, spans);
      if (law) options.push([test(LAWS, law)]);
      if (number) options.push([test(NUMBER, number)]);
    }
    return { normal: normal, all: pieces, pieces: kept, articles: articles, number: number, options: options };
  }

  function test(fields, text) { return { fields: fields, tokens: [{ text: text, at: 0 }] }; }

  // ---- what is scored ----

  function Member(factor) { this.factor = factor; this.tokens = []; this.chars = []; this.phrases = []; this.known = new Map(); }

  Member.prototype.token = function (text, numeral, loose, around) {
    var token = this.known.get(text);
    if (!token) {
      token = { text: text, numeral: numeral, loose: loose, around: [] };
      this.known.set(text, token);
      this.tokens.push(token);
    }
    token.around.push(around);
  };

  var LOOSE = /[的了是吗呢吧啊么哪谁何]/;

  Member.prototype.sequence = function (units) {
    var member = this, tokens = analyzer.tokensOf(units);
    if (isChar(units)) {
      if (this.chars.indexOf(units[0].text) < 0) this.chars.push(units[0].text);
      return;
    }
    tokens.forEach(function (token, i) {
      var joined = token.units === 2, before = tokens[i - 1], after = tokens[i + 1];
      var loose = joined && (LOOSE.test(token.text) || !units[token.unit].cjk || !units[token.unit + 1].cjk);
      var inner = joined && before && after && before.units === 2 && after.units === 2;
      member.token(token.text, '', loose, inner ? [before.text, after.text] : null);
    });
    if (units.length < 3) return;
    var key = units.map(function (unit) { return unit.text; }).join('\n');
    if (this.known.has('\n' + key)) return;
    this.known.set('\n' + key, true);
    this.phrases.push(phraseOf(units, 0));
  };

  /** Adds a word: article and number tokens in place of the tokens of their spans. */
  Member.prototype.word = function (word) {
    var member = this;
    if (word.number) {
      this.token(word.number, 'number', false, null);
      return;
    }
    word.articles.forEach(function (article) { member.token(article.text, 'article', false, null); });
    word.pieces.forEach(function (units) {
      var rest = [], cut = false;
      function close() {
        if (rest.length && !(cut && isChar(rest))) member.sequence(rest);
        rest = [];
      }
      var touched = units.map(function (unit) {
        return word.articles.some(function (article) { return unit.start < article.end && unit.end > article.start; });
      });
      cut = touched.indexOf(true) >= 0;
      units.forEach(function (unit, i) { if (touched[i]) close(); else rest.push(unit); });
      close();
    });
  };

  function numbered(word) { return !!(word.number || word.articles.length); }

  // ---- the plan ----

  /** The plan of a query under the synonym groups of a site. `without` lists groups (by their number)
      that the reader took away. */
  function plan(text, synonyms, without) {
    var parsed = parse(text), grouped = group(parsed), notes = parsed.notes;
    var counter = new Counter(), apart = new Counter(), main = new Member(1), parts = [main].map(function (m) { return [m]; });
    var taken = {}, marks = [], anyNumber = false;
    var members = synonyms.map(function (own) { return own.map(analyzer.normal); });

    function groupOf(word) {
      for (var g = 0; g < members.length; g++) {
        if (members[g].indexOf(word.normal) >= 0 && (without || []).indexOf(g) < 0) return g;
      }
      return -1;
    }

    function typed(item) {
      var word = read(item.text, item.quoted, counter);
      if (!word.all.length) notes.push({ code: 'query.empty-word', about: item.text });
      if (!word.pieces.length) return [];
      anyNumber = anyNumber || numbered(word);
      marks.push(word);
      var g = item.quoted ? -1 : groupOf(word);
      if (g < 0) {
        main.word(word);
        return word.options;
      }
      (taken[g] = taken[g] || []).push(word.normal);
      return members[g].reduce(function (options, member, m) {
        return options.concat(read(synonyms[g][m], false, null).options);
      }, []);
    }

    var clauses = grouped.clauses.map(function (items) {
      return items.reduce(function (options, item) { return options.concat(typed(item)); }, []);
    }).filter(function (options) { return options.length; });

    var excluded = grouped.excluded.map(function (item) {
      var word = read(item.text, item.quoted, apart);
      if (!word.all.length) notes.push({ code: 'query.empty-word', about: item.text });
      return word.pieces.length ? word.options : [];
    }).filter(function (options) { return options.length; });

    Object.keys(taken).forEach(function (g) {
      var others = [];
      parts.push(synonyms[g].map(function (text, m) {
        var own = taken[g].indexOf(members[g][m]) >= 0, member = new Member(own ? 1 : 0);
        var word = read(text, false, null);
        if (!own) { others.push(text); marks.push(word); }
        member.word(word);
        return member;
      }));
      notes.push({ code: 'query.synonyms', about: others.join('、'), group: +g });
    });
    if (counter.passed || apart.passed) notes.push({ code: 'query.token-limit', about: String(LIMIT) });

    return {
      text: text, clauses: clauses, excluded: excluded, filters: grouped.filters, notes: notes, parts: parts,
      numbered: anyNumber, tokens: counter.tokens, marks: marks,
      empty: !clauses.length && !excluded.length && !grouped.filters.length
    };
  }

  jianyan.query = { parse: parse, plan: plan, numberOf: numberOf };
})(jianyan);
