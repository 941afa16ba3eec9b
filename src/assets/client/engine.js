/* Matching and scoring over the lists of the bundle; facets and snippets.
   docs/search.md, sections 3 to 5; src/query/search.rs is its twin. */
var jianyan = jianyan || {};
(function (jianyan) {
  'use strict';

  var TITLE = 0, BODY = 1, CHARS = 6, NUMBER = 7;
  var TEXTS = [0, 1, 2, 3, 4, 5], STRICT = [0, 1, 2, 3, 5];
  var FIELDS = jianyan.bundle.FIELDS;
  var round = Math.fround;

  // ---- sets of documents: sorted arrays ----

  function union(a, b) {
    if (!a.length) return b;
    if (!b.length) return a;
    var out = [], i = 0, j = 0;
    while (i < a.length || j < b.length) {
      if (j >= b.length || a[i] < b[j]) out.push(a[i++]);
      else if (i >= a.length || a[i] > b[j]) out.push(b[j++]);
      else { out.push(a[i++]); j++; }
    }
    return out;
  }

  function without(a, b) {
    var out = [];
    for (var i = 0, j = 0; i < a.length; i++) {
      while (j < b.length && b[j] < a[i]) j++;
      if (b[j] !== a[i]) out.push(a[i]);
    }
    return out;
  }

  function all(count) {
    var out = new Uint32Array(count);
    for (var i = 0; i < count; i++) out[i] = i;
    return out;
  }

  // ---- BM25 as tantivy computes it, in single precision where it shows ----

  function idf(n, df) {
    return round(Math.log(round(1 + round(round(n - df + 0.5) / round(df + 0.5)))));
  }

  /** The length that a byte stands for. */
  function lengthOf(byte) {
    if (byte < 24) return byte;
    var rest = byte - 24, shift = (rest >> 3) - 1;
    return 24 + (shift < 0 ? rest : ((rest & 7) | 8) * Math.pow(2, shift));
  }

  var K1 = round(1.2), B = 0.75;

  function normsOf(average) {
    var out = new Float32Array(256);
    for (var i = 0; i < 256; i++) out[i] = K1 * (1 - B + B * lengthOf(i) / average);
    return out;
  }

  // ---- one run of a plan over what is loaded ----

  /** A run notes the files that it lacks in `missing`; once there are none its results stand. */
  function Run(bundle, plan) {
    this.bundle = bundle;
    this.plan = plan;
    this.n = bundle.directory.n;
    this.missing = {};
    this.phrases = new Map();
    this.norms = [];
  }

  Run.prototype.list = function (field, term) {
    var lists = this.bundle.lists(term, this.missing);
    return lists && lists[field];
  };

  Run.prototype.df = function (field, term) {
    var list = this.list(field, term);
    return list ? list.df : 0;
  };

  Run.prototype.normsFor = function (field) {
    var totals = this.bundle.directory.totals;
    return this.norms[field] || (this.norms[field] = normsOf(round(totals[FIELDS[field]] / this.n)));
  };

  Run.prototype.lacks = function () { return Object.keys(this.missing); };

  /** Documents, of those `within` (null: of all), that hold the tokens of a phrase in a field at
      their distances; with the number of places in each. */
  Run.prototype.phrase = function (field, tokens, within) {
    var key = field + '\n' + tokens.map(function (token) { return token.at + ' ' + token.text; }).join('\n');
    var known = this.phrases.get(key);
    if (known && covers(known.within, within)) return known;
    var found = this.evaluate(field, tokens, within);
    found.field = field;
    found.tokens = tokens;
    if (!this.lacks().length) this.phrases.set(key, found);
    return found;
  };

  function covers(outer, inner) {
    return outer === null || outer === inner || (inner !== null && inner.from === outer);
  }

  Run.prototype.evaluate = function (field, tokens, within) {
    var run = this, missing = this.missing, none = { docs: [], counts: [], within: within };
    var lists = tokens.map(function (token) { return run.list(field, token.text); });
    if (lists.some(function (list) { return !list; })) return none;
    var docs = within, counts;
    lists.slice().sort(function (a, b) { return a.df - b.df; }).forEach(function (list) {
      if (docs === null) { docs = list.docs(missing); return; }
      var kept = [];
      list.meet(docs, missing, function (i) { kept.push(docs[i]); });
      docs = kept;
    });
    if (this.lacks().length) return none;
    if (tokens.length > 1) return this.places(tokens, lists, docs, within);
    counts = new Uint32Array(docs.length).fill(1);
    lists[0].meet(docs, missing, function (i, chunk, at) { if (chunk.freqs) counts[i] = chunk.freqs[at]; });
    return { docs: docs, counts: counts, within: within };
  };

  Run.prototype.places = function (tokens, lists, docs, within) {
    var missing = this.missing, kept = [], counts = [], firsts = [];
    var held = lists.map(function (list) {
      var own = new Array(docs.length);
      list.meet(docs, missing, function (i, chunk, at) {
        var positions = chunk.positions(at, missing);
        if (!positions) return;
        at -= positions.from;
        own[i] = positions.all.subarray(positions.starts[at], positions.starts[at + 1]);
      });
      return own;
    });
    if (this.lacks().length) return { docs: [], counts: [], within: within };
    for (var i = 0; i < docs.length; i++) {
      var places = placesOf(tokens, held, i);
      if (!places.length) continue;
      kept.push(docs[i]);
      counts.push(places.length);
      firsts.push(places);
    }
    return { docs: kept, counts: counts, places: firsts, within: within };
  };

  /** Positions of a document at which a phrase begins. */
  function placesOf(tokens, held, i) {
    var least = 0, out = [], l;
    for (l = 1; l < held.length; l++) if (held[l][i].length < held[least][i].length) least = l;
    var next = new Uint32Array(held.length), base = held[least][i];
    for (var p = 0; p < base.length; p++) {
      var start = base[p] - tokens[least].at;
      for (l = 0; l < held.length; l++) {
        var own = held[l][i], target = start + tokens[l].at, at = next[l];
        while (at < own.length && own[at] < target) at++;
        next[l] = at;
        if (own[at] !== target) break;
      }
      if (l === held.length) out.push(start);
    }
    return out;
  }

  // ---- strict ----

  /** Documents within a set in which a test holds in any of its fields. */
  Run.prototype.test = function (test, within) {
    var run = this;
    return test.fields.reduce(function (docs, field) {
      return union(docs, run.phrase(field, test.tokens, within).docs);
    }, []);
  };

  Run.prototype.cost = function (test) {
    var run = this;
    return test.fields.reduce(function (sum, field) {
      return sum + test.tokens.reduce(function (least, token) { return Math.min(least, run.df(field, token.text)); }, run.n);
    }, 0);
  };

  /** Documents within a set in which every test of one of the options holds. */
  Run.prototype.clause = function (options, within) {
    var run = this;
    return options.reduce(function (docs, tests) {
      var own = within;
      tests.slice().sort(function (a, b) { return run.cost(a) - run.cost(b); })
        .forEach(function (test) { own = run.test(test, own); });
      return union(docs, own === null ? [] : own);
    }, []);
  };

  Run.prototype.weight = function (options) {
    var run = this;
    return options.reduce(function (sum, tests) {
      return sum + tests.reduce(function (least, test) { return Math.min(least, run.cost(test)); }, run.n);
    }, 0);
  };

  Run.prototype.excluded = function (docs) {
    var run = this;
    return this.plan.excluded.reduce(function (left, options) {
      return left.length ? without(left, run.clause(options, left)) : left;
    }, docs);
  };

  /** The strict documents. */
  Run.prototype.strict = function () {
    var run = this, passes = this.filter(), docs = null;
    this.plan.clauses.map(function (options) { return { options: options, weight: run.weight(options) }; })
      .sort(function (a, b) { return a.weight - b.weight; })
      .forEach(function (clause) { docs = run.clause(clause.options, docs); });
    if (this.plan.empty) return [];
    if (docs === null) docs = all(this.n);
    if (!passes) return [];
    if (this.plan.filters.length) docs = docs.filter(passes);
    return this.excluded(docs);
  };

  // ---- score ----

  Run.prototype.boost = function (field, numeral) {
    var ranking = this.bundle.directory.ranking, boosted = this.plan.numbered && (field === TITLE || field === NUMBER);
    if (!boosted) return field === NUMBER ? ranking.numbered : ranking[FIELDS[field]];
    return ranking.numbered * (numeral ? ranking.number_factor : 1);
  };

  /** Weight of a token in a field: the greatest of its occurrences. */
  Run.prototype.tokenWeight = function (field, token) {
    if (token.numeral) return 1;
    var run = this, ranking = this.bundle.directory.ranking;
    if (token.loose) return ranking.loose;
    var own = this.df(field, token.text);
    var inner = token.around.every(function (pair) {
      return pair && run.df(field, pair[0]) > own && run.df(field, pair[1]) > own;
    });
    return inner ? ranking.inner : 1;
  };

  Run.prototype.addList = function (scores, docs, field, list, weight) {
    var norms = this.normsFor(field), factor = weight * idf(this.n, list.df) * (1 + K1);
    list.meet(docs, this.missing, function (i, chunk, at) {
      var freq = chunk.freqs[at];
      scores[i] += factor * (freq / (freq + norms[chunk.norms[at]]));
    });
  };

  Run.prototype.addPhrase = function (scores, docs, field, tokens, weight) {
    var run = this, sum = 0;
    for (var t = 0; t < tokens.length; t++) {
      var list = this.list(field, tokens[t].text);
      if (!list) return;
      sum += idf(this.n, list.df);
    }
    var found = this.phrase(field, tokens, docs), norms = this.normsFor(field), counts = new Uint32Array(docs.length);
    for (var i = 0, j = 0; i < docs.length; i++) {
      while (j < found.docs.length && found.docs[j] < docs[i]) j++;
      if (found.docs[j] === docs[i]) counts[i] = found.counts[j];
    }
    var factor = weight * sum * (1 + K1);
    this.list(field, tokens[0].text).meet(docs, run.missing, function (i, chunk, at) {
      var count = counts[i];
      if (count) scores[i] += factor * (count / (count + norms[chunk.norms[at]]));
    });
  };

  Run.prototype.addMember = function (scores, docs, member) {
    var run = this, ranking = this.bundle.directory.ranking;
    member.tokens.forEach(function (token) {
      TEXTS.concat(NUMBER).forEach(function (field) {
        if (token.numeral === 'number' ? field !== NUMBER : field === NUMBER) return;
        var list = run.list(field, token.text);
        if (list) run.addList(scores, docs, field, list, run.boost(field, token.numeral) * run.tokenWeight(field, token));
      });
    });
    member.chars.forEach(function (text) {
      var list = run.list(CHARS, text);
      if (list) run.addList(scores, docs, CHARS, list, ranking.chars);
    });
    member.phrases.forEach(function (tokens) {
      TEXTS.forEach(function (field) {
        run.addPhrase(scores, docs, field, tokens, ranking.phrase * run.boost(field, false));
      });
    });
  };

  /** Scores of sorted documents: the sum over the parts of the best member of each. */
  Run.prototype.score = function (docs) {
    var run = this, scores = new Float64Array(docs.length);
    this.plan.parts.forEach(function (members) {
      var best = null;
      members.forEach(function (member) {
        var own = new Float64Array(docs.length);
        run.addMember(own, docs, member);
        best = best ? best.map(function (value, i) { return Math.max(value, own[i] * member.factor); })
          : own.map(function (value) { return value * member.factor; });
      });
      for (var i = 0; best && i < docs.length; i++) scores[i] += best[i];
    });
    return scores;
  };

  // ---- related ----

  var ENOUGH = 10, MOST = 50, SLACK = 1e-6;

  /** Documents that hold at least half of the query's tokens by idf, strict or not. */
  Run.prototype.half = function () {
    var run = this, n = this.n, total = 0;
    var tokens = this.plan.tokens.map(function (token) {
      var df = token.fields.reduce(function (most, field) { return Math.max(most, run.df(field, token.text)); }, 0);
      var own = { text: token.text, fields: token.fields, idf: df ? idf(n, df) : 0 };
      total += own.idf;
      return own;
    });
    if (!(total > 0)) return [];
    // Documents of the commonest tokens alone can't reach the half: their lists are only looked into.
    var spare = 0, docs = [];
    tokens.slice().sort(function (a, b) { return a.idf - b.idf; }).forEach(function (token) {
      spare += token.idf;
      if (2 * spare < total - 1e-3) return;
      token.fields.forEach(function (field) {
        var list = run.list(field, token.text);
        if (list) docs = union(docs, list.docs(run.missing));
      });
    });
    if (this.lacks().length) return [];
    var sums = new Float64Array(docs.length);
    tokens.forEach(function (token) {
      var holds = new Uint8Array(docs.length);
      token.fields.forEach(function (field) {
        var list = run.list(field, token.text);
        if (list) list.meet(docs, run.missing, function (i) { holds[i] = 1; });
      });
      for (var i = 0; i < docs.length; i++) if (holds[i]) sums[i] += token.idf;
    });
    var out = [];
    for (var i = 0; i < docs.length; i++) if (2 * sums[i] >= total - SLACK) out.push(docs[i]);
    return out;
  };

  Run.prototype.related = function (strict) {
    if (strict.length >= ENOUGH || !this.plan.clauses.length) return [];
    var passes = this.filter(), docs = without(this.half(), strict);
    if (!passes) return [];
    return this.excluded(docs.filter(passes));
  };

  // ---- filters ----

  function closed(filter) {
    var value = trim(filter.value), key = value.toLowerCase();
    return function (names) { return names[0].toLowerCase() === key || names.indexOf(value) >= 0; };
  }

  function trim(text) { return text.trim(); }

  /** A filter as a function of the document; null while a file is missing. */
  Run.prototype.holds = function (filter) {
    var name = filter.filter, value = jianyan.analyzer.normal(trim(filter.value)), matches;
    if (name === 'title') {
      var docs = this.clause(filter.options, null), set = new Set(docs);
      return function (doc) { return set.has(doc); };
    }
    if (name === 'year') {
      var years = this.bundle.numbers('year', this.missing), range = filter.range;
      return years && function (doc) { return years[doc] >= range[0] && years[doc] <= range[1]; };
    }
    if (/^(unit|department|author)$/.test(name)) {
      matches = function (names) { return jianyan.analyzer.normal(names[0]).indexOf(value) >= 0; };
    } else if (/^(line|tag|cause)$/.test(name)) {
      matches = function (names) { return jianyan.analyzer.normal(names[0]) === value; };
    } else if (/^(number|law)$/.test(name)) {
      var term = filter.term, part = value.replace(/[《》]/g, '');
      matches = function (names) { return term ? names[0] === term : names[0].indexOf(name === 'law' ? part : value) >= 0; };
    } else {
      matches = closed(filter);
    }
    var column = this.bundle.column({ adopted: 'level', law: 'laws' }[name] || name, this.missing);
    if (!column) return null;
    var good = column.values.map(matches);
    return function (doc) {
      for (var at = column.starts[doc]; at < column.starts[doc + 1]; at++) if (good[column.ordinals[at]]) return true;
      return false;
    };
  };

  /** Whether a document passes the filters, as a function; null while a file is missing. */
  Run.prototype.filter = function () {
    var run = this, names = new Map(), dropped = [];
    this.plan.filters.forEach(function (filter) {
      var test = run.holds(filter);
      if (filter.negative) dropped.push(test);
      else names.set(filter.filter, (names.get(filter.filter) || []).concat(test));
    });
    if (this.lacks().length) return null;
    var groups = Array.from(names.values());
    return function (doc) {
      return groups.every(function (tests) { return tests.some(function (test) { return test(doc); }); }) &&
        !dropped.some(function (test) { return test(doc); });
    };
  };

  // ---- where a document matches best ----

  /** Passage files that a phrase of the body stands in, as far as what is loaded tells. */
  Run.prototype.spots = function (doc, tokens) {
    var run = this, size = this.bundle.directory.passage, places = [], out = [], known;
    this.phrases.forEach(function (found) { if (found.tokens === tokens && found.field === BODY && found.places) known = found; });
    if (known) {
      places = known.places[known.docs.indexOf(doc)] || [];
    } else if (tokens.length === 1) {
      var list = this.list(BODY, tokens[0].text);
      if (list) list.meet([doc], {}, function (i, chunk, at) {
        var positions = chunk.positions(at, {});
        if (positions) {
          at -= positions.from;
          places = positions.all.subarray(positions.starts[at], positions.starts[at + 1]);
        } else {
          out.push(chunk.passages[at]);
        }
      });
    }
    for (var i = 0; i < places.length; i++) {
      var passage = places[i] / size | 0;
      if (out[out.length - 1] !== passage) out.push(passage);
    }
    return out;
  };

  /** The passage file in which the most of the query stands. */
  Run.prototype.bestPassage = function (doc, strict) {
    var run = this, sums = new Map(), best = 0, most = 0, wanted = [];
    if (strict) {
      this.plan.clauses.forEach(function (options) {
        options.forEach(function (tests) { tests.forEach(function (test) { wanted.push(test.tokens); }); });
      });
    } else {
      wanted = this.plan.tokens.map(function (token) { return [{ text: token.text, at: 0 }]; });
    }
    wanted.forEach(function (tokens) {
      run.spots(doc, tokens).forEach(function (passage) {
        var sum = (sums.get(passage) || 0) + 1;
        sums.set(passage, sum);
        if (sum > most || (sum === most && passage < best)) { most = sum; best = passage; }
      });
    });
    return best;
  };

  // ---- snippets ----

  var WIDTH = 120, LEAD = 24;

  /** A text in normal form with, for each place in it, the place in the raw text. */
  function mapped(text) {
    var normal = '', starts = [], cluster = /[^\p{M}\uFF9E\uFF9F][\p{M}\u200B-\u200D\uFF9E\uFF9F]*|[^]/gu, match;
    while ((match = cluster.exec(text))) {
      var own = jianyan.analyzer.normal(match[0]);
      for (var i = 0; i < own.length; i++) starts.push(match.index);
      normal += own;
    }
    starts.push(text.length);
    return { normal: normal, starts: starts };
  }

  /** Ranges of a text that sequences of units stand in, with the number of each. */
  function find(text, needles) {
    var map = mapped(text), ranges = [];
    jianyan.analyzer.sequences(map.normal).forEach(function (units) {
      for (var i = 0; i < units.length; i++) {
        for (var n = 0; n < needles.length; n++) {
          var own = needles[n], k = 0;
          while (k < own.length && units[i + k] && units[i + k].text === own[k]) k++;
          if (k === own.length) ranges.push({ from: map.starts[units[i].start], to: map.starts[units[i + k - 1].end], needle: n });
        }
      }
    });
    return ranges;
  }

  /** The window of a text that holds the most of what is looked for. */
  function window_(ranges) {
    var best = { count: 0, from: 0 };
    ranges.forEach(function (range, i) {
      var seen = {}, count = 0;
      for (var j = i; j < ranges.length && ranges[j].to - range.from <= WIDTH - LEAD; j++) {
        if (!seen[ranges[j].needle]) { seen[ranges[j].needle] = 1; count++; }
      }
      if (count > best.count) best = { count: count, from: range.from };
    });
    return best;
  }

  /** The marked piece of a text from a window on: plain and marked parts in turn. */
  function cutOut(text, ranges, from) {
    var start = Math.max(0, from - LEAD), end = Math.min(text.length, start + WIDTH), at = start, parts = [''];
    if (start > 0 && (text.charCodeAt(start) & 0xFC00) === 0xDC00) start = at = start - 1;
    if (end < text.length && (text.charCodeAt(end) & 0xFC00) === 0xDC00) end--;
    ranges.forEach(function (range) {
      if (range.to <= at || range.from >= end) return;
      if (range.from > at || parts.length === 1) parts[parts.length - 1] += text.slice(at, Math.max(at, range.from));
      var marked = text.slice(Math.max(at, range.from), Math.min(end, range.to));
      if (range.from <= at && parts.length > 1) parts[parts.length - 2] += marked;
      else parts.push(marked, '');
      at = Math.min(end, range.to);
    });
    parts[parts.length - 1] += text.slice(at, end);
    if (start > 0) parts[0] = '…' + parts[0];
    if (end < text.length) parts[parts.length - 1] += '…';
    return parts;
  }

  function unitsOf(text) {
    return [].concat.apply([], jianyan.analyzer.sequences(text)).map(function (unit) { return unit.text; });
  }

  /** What a result shows of a passage file: section, anchor and the parts of the best block, plain and
      marked in turn. */
  function snippet(plan, passage) {
    var whole = [], single = plan.tokens.map(function (token) { return unitsOf(token.text); });
    plan.marks.forEach(function (word) {
      word.all.forEach(function (units) { whole.push(units.map(function (unit) { return unit.text; })); });
    });
    var blocks = passage.b.concat((passage.x || []).map(function (text) { return ['', '', text]; }));
    for (var needles of [whole, single]) {
      var best = null;
      blocks.forEach(function (block) {
        var ranges = find(block[2], needles), view = window_(ranges);
        if (view.count > (best ? best.view.count : 0)) best = { block: block, ranges: ranges, view: view };
      });
      if (best) return { section: best.block[0], anchor: best.block[1], parts: cutOut(best.block[2], best.ranges, best.view.from) };
    }
    var first = blocks[0] || ['', '', ''];
    return { section: first[0], anchor: first[1], parts: cutOut(first[2], [], 0) };
  }

  // ---- searching ----

  /** Runs a step until it lacks nothing, loading what it lacks in between. */
  function settle(run, step, current) {
    run.missing = {};
    var result = step();
    var lacks = run.lacks();
    if (!lacks.length) return Promise.resolve(result);
    return jianyan.bundle.files(lacks).then(function () { return current() ? settle(run, step, current) : null; });
  }

  /** Sorted documents by score, greatest first, then by number. */
  function ranked(docs, scores, tier) {
    return Array.from(docs, function (doc, i) { return { doc: doc, score: scores[i], tier: tier }; })
      .sort(function (a, b) { return b.score - a.score || a.doc - b.doc; });
  }

  function planOf(bundle, text, options) {
    return jianyan.query.plan(text, bundle.directory.synonyms, options.without || []);
  }

  /** The plan with every block of its terms there; reads the query again when a character of it may be a
      traditional one. */
  function prepare(bundle, text, options, current) {
    var plan = planOf(bundle, text, options), run = new Run(bundle, plan);
    return settle(run, function () { return run.touch(); }, current).then(function (unknown) {
      if (!unknown || !current()) return run;
      return bundle.loadTable().then(function () {
        return current() ? prepare(bundle, text, options, current) : run;
      });
    });
  }

  /** Looks at every term of the plan; tells whether one that isn't there could be in traditional characters. */
  Run.prototype.touch = function () {
    var run = this, unknown = false;
    function look(token) {
      var lists = run.bundle.lists(token.text, run.missing);
      if (lists && !lists.length && token.text[0] !== '#' && jianyan.analyzer.mayChange(token.text)) unknown = true;
    }
    this.plan.clauses.concat(this.plan.excluded).forEach(function (options) {
      options.forEach(function (tests) { tests.forEach(function (test) { test.tokens.forEach(look); }); });
    });
    this.plan.filters.forEach(function (filter) {
      if (jianyan.analyzer.mayChange(filter.value)) unknown = true;
    });
    this.plan.parts.forEach(function (members) {
      members.forEach(function (member) {
        member.tokens.forEach(function (token) { run.bundle.lists(token.text, run.missing); });
        member.chars.forEach(function (text) { run.bundle.lists(text, run.missing); });
      });
    });
    this.plan.tokens.forEach(look);
    return unknown;
  };

  /** Asks the bundle. `options`: `limit` and `offset` of the hits (10, 0), `without` (numbers of synonym
      groups to leave out), `current` (tells whether the search is still wanted; one that isn't resolves
      to null). The result holds `total`, `related`, `hits`, `notes` and, for what follows, `strict` and
      `others`: all documents of both tiers in order with their scores. */
  jianyan.search = function (text, options) {
    options = options || {};
    var current = options.current || function () { return true; }, run;
    return jianyan.open().then(function (bundle) {
      return prepare(bundle, text, options, current);
    }).then(function (prepared) {
      run = prepared;
      if (!current()) return null;
      return settle(run, function () {
        var strict = run.strict();
        if (run.lacks().length) return null;
        var others = run.related(strict);
        if (run.lacks().length) return null;
        return {
          query: text, plan: run.plan, notes: run.plan.notes, run: run,
          strict: ranked(strict, run.score(strict), 'strict'),
          others: ranked(others, run.score(others), 'related').slice(0, MOST)
        };
      }, current);
    }).then(function (result) {
      if (!result || !current()) return null;
      result.total = result.strict.length;
      result.related = result.others.length;
      result.facets = null;
      return jianyan.hits(result, result.strict.concat(result.others), options.offset, options.limit).then(function (hits) {
        result.hits = hits;
        return current() ? result : null;
      });
    });
  };

  /** Hits of a result from an ordered list of its documents: meta, section, anchor and snippet. */
  jianyan.hits = function (result, list, offset, limit) {
    var from = offset || 0, bundle = result.run.bundle;
    return Promise.all(list.slice(from, from + (limit === undefined ? 10 : limit)).map(function (found) {
      return bundle.passage(found.doc, result.run.bestPassage(found.doc, found.tier === 'strict')).then(function (passage) {
        var shown = snippet(result.plan, passage);
        return {
          doc: found.doc, id: passage.m.id, title: passage.m.title, kind: passage.m.kind, score: found.score,
          tier: found.tier, meta: passage.m, section: shown.section, anchor: shown.anchor, parts: shown.parts
        };
      });
    }));
  };

  var COUNTED = ['kind', 'line', 'unit', 'department', 'author', 'tag', 'cause', 'level', 'form', 'rank', 'case_level', 'state'];

  /** Counts over the strict documents of a result: facet, value, documents. */
  jianyan.facets = function (result) {
    var run = result.run, docs = result.strict;
    return settle(run, function () {
      var facets = {};
      COUNTED.forEach(function (name) {
        var column = run.bundle.column(name, run.missing), counts = {};
        if (!column) return;
        var sums = new Uint32Array(column.values.length);
        docs.forEach(function (found) {
          for (var at = column.starts[found.doc]; at < column.starts[found.doc + 1]; at++) sums[column.ordinals[at]]++;
        });
        sums.forEach(function (sum, value) { if (sum) counts[column.values[value][0]] = sum; });
        if (Object.keys(counts).length) facets[name] = counts;
      });
      var years = run.bundle.numbers('year', run.missing), own = {};
      if (years) docs.forEach(function (found) {
        var year = years[found.doc];
        if (year === year) own[year] = (own[year] || 0) + 1;
      });
      if (Object.keys(own).length) facets.year = own;
      return facets;
    }, function () { return true; }).then(function (facets) { return (result.facets = facets); });
  };

  jianyan.Run = Run;
})(jianyan);
