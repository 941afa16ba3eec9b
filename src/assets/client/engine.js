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

  function intersection(a, b) {
    var out = [];
    for (var i = 0, j = 0; i < a.length && j < b.length;) {
      if (a[i] < b[j]) i++;
      else if (a[i] > b[j]) j++;
      else { out.push(a[i]); i++; j++; }
    }
    return out;
  }

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

  /** Whether a document passes the filters, as a function; null while a column is missing. */
  Run.prototype.filter = function () {
    var run = this;
    var tests = this.plan.filters.map(function (filter) { return run.bundle.filter(filter, run.missing); });
    if (this.lacks().length) return null;
    return function (doc) { return tests.every(function (test) { return test(doc); }); };
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
    if (docs === null) docs = this.plan.words ? [] : all(this.n);
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

  jianyan.Run = Run;
  jianyan.sets = { intersection: intersection, union: union, without: without };
})(jianyan);
