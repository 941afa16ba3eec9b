/* The files of the bundle: loading, payloads, the directory, term blocks, postings.
   docs/search.md, section 6; src/bundle writes what this reads. */
var jianyan = jianyan || {};
(function (jianyan) {
  'use strict';

  // ---- files ----

  /** Folder of the bundle, relative to the page. */
  jianyan.base = 'search/';

  /** Runs the script of a data file; resolves once it has handed over its payload. */
  jianyan.load = function (path) {
    return new Promise(function (resolve, reject) {
      var script = document.createElement('script');
      script.src = jianyan.base + path + '.js';
      script.onload = function () { script.remove(); resolve(); };
      script.onerror = function () { script.remove(); reject(new Error(path)); };
      document.head.appendChild(script);
    });
  };

  /** Inflates a zlib stream. */
  jianyan.inflate = function (bytes) {
    var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
    return new Response(stream).arrayBuffer().then(function (buffer) { return new Uint8Array(buffer); });
  };

  var arrived = {};
  var pending = {};
  var loaded = {};

  /** What a data file calls. */
  jianyan.data = function (path, payload) { arrived[path] = payload; };

  /** The bytes of a payload: fifteen bits a character. */
  function unpack(payload) {
    var count = payload.length, spare = payload.charCodeAt(0) - 0x3400;
    var out = new Uint8Array(((count - 1) * 15 - spare) >> 3), held = 0, bits = 0, at = 0;
    for (var i = 1; i < count; i++) {
      held = (held << 15) | (payload.charCodeAt(i) - 0x3400);
      bits += 15;
      while (bits >= 8) {
        bits -= 8;
        out[at++] = held >> bits;
        held &= (1 << bits) - 1;
      }
    }
    return out;
  }

  function file(path) {
    return pending[path] || (pending[path] = jianyan.load(path).then(function () {
      var payload = arrived[path];
      delete arrived[path];
      return jianyan.inflate(unpack(payload));
    }).then(function (bytes) {
      return (loaded[path] = bytes);
    }).catch(function (error) {
      delete pending[path];
      throw error;
    }));
  }

  /** Loads files; resolves when all are there. */
  function files(paths) { return Promise.all(paths.map(file)); }

  // ---- bytes ----

  function Reader(bytes, at) { this.bytes = bytes; this.at = at || 0; }
  Reader.prototype.int = function () {
    var bytes = this.bytes, byte = bytes[this.at++], value = byte & 127;
    for (var shift = 7; byte > 127; shift += 7) {
      byte = bytes[this.at++];
      value |= (byte & 127) << shift;
    }
    return value >>> 0;
  };
  Reader.prototype.ints = function (count) {
    var out = new Uint32Array(count);
    for (var i = 0; i < count; i++) out[i] = this.int();
    return out;
  };
  Reader.prototype.skip = function (count) {
    var bytes = this.bytes, at = this.at;
    for (; count; count--) while (bytes[at++] > 127);
    this.at = at;
  };
  Reader.prototype.latin = function (length) {
    var out = '';
    for (var end = this.at + length; this.at < end;) out += String.fromCharCode(this.bytes[this.at++]);
    return out;
  };

  function toUtf8(text) { return unescape(encodeURIComponent(text)); }
  function fromUtf8(text) { return decodeURIComponent(escape(text)); }

  /** A text in the code of src/bundle/prose.rs. */
  function prose(bytes, single) {
    var pages = [0, 0x20, 0x21, 0x22, 0x25, 0x30, 0xFF], codes = [], out = '', count = single.length;
    for (var at = 0; at < bytes.length;) {
      var code = bytes[at++];
      if (code < count) {
        codes.push(single.charCodeAt(code));
      } else if (code < 255) {
        code -= count;
        codes.push((code < 7 ? pages[code] : 0x47 + code) << 8 | bytes[at++]);
      } else {
        code = bytes[at] << 16 | bytes[at + 1] << 8 | bytes[at + 2];
        at += 3;
        if (code > 0xFFFF) codes.push(0xD7C0 + (code >> 10), 0xDC00 | (code & 1023));
        else codes.push(code);
      }
      if (codes.length > 4096) {
        out += String.fromCharCode.apply(null, codes);
        codes = [];
      }
    }
    return out + String.fromCharCode.apply(null, codes);
  }

  // ---- the directory ----

  var LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

  function name(reader) {
    var out = '', high = 0, bits = 0;
    for (var i = 0; i < 5; i++) {
      high = high << 8 | reader.bytes[reader.at++];
      for (bits += 8; bits >= 5;) {
        bits -= 5;
        out += LETTERS[high >> bits & 31];
        high &= (1 << bits) - 1;
      }
    }
    return out;
  }

  /** The number of the last entry that is not greater than a key. */
  function lastNotAbove(entries, key) {
    var low = 0, high = entries.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (entries[middle] <= key) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  function readDirectory(bytes) {
    var reader = new Reader(bytes), i;
    var directory = JSON.parse(fromUtf8(reader.latin(reader.int())));
    var count = reader.int(), shared = reader.ints(count), lengths = reader.ints(count), last = '';
    directory.firsts = [];
    for (i = 0; i < count; i++) directory.firsts.push(last = last.slice(0, shared[i]) + reader.latin(lengths[i]));
    directory.termGroups = [];
    for (i = 0; i < count; i += directory.blocks) directory.termGroups.push(name(reader));
    count = reader.int();
    directory.docFirsts = [];
    directory.docGroups = [];
    for (i = 0, last = 0; i < count; i++) directory.docFirsts.push(last += reader.int());
    for (i = 0; i < count; i++) directory.docGroups.push(name(reader));
    return directory;
  }

  // ---- term blocks ----

  /** Fields in the order of their bits; the first six hold positions. */
  var FIELDS = ['title', 'body', 'summary', 'keywords', 'headings', 'extra', 'chars', 'number', 'laws'];
  var POSITIONED = 6, LAWS = 8;
  /** A chunk holds at most so many postings, and positions stand beside at most so many. */
  var CHUNK, INLINE;

  /** Consecutive postings of a list: document numbers, frequencies, lengths, positions. */
  function Chunk(field, count, base) { this.field = field; this.count = count; this.base = base; }

  /** Takes note of where the columns of a chunk begin, and steps over them. */
  Chunk.prototype.place = function (columns, path, inFile) {
    var i, n = this.count;
    this.columns = columns;
    this.gapsAt = columns[0].at;
    columns[0].skip(n);
    this.total = 0;
    if (this.field !== LAWS) {
      this.freqsAt = columns[1].at;
      for (i = 0; i < n; i++) this.total += columns[1].int();
      this.normsAt = columns[2].at;
      columns[2].at += n;
    }
    if (this.field >= POSITIONED) return;
    if (!inFile && this.total <= INLINE) {
      this.positionsAt = columns[4].at;
      columns[4].skip(this.total);
      return;
    }
    this.parts = [];
    for (var from = 0, number = columns[3].int(); from < n; number++) {
      var size = columns[3].int();
      this.parts.push({ path: path + 'q' + number, from: from, count: size });
      from += size;
    }
    if (FIELDS[this.field] === 'body') this.passages = columns[3].ints(n);
  };

  /** Decodes document numbers, frequencies and lengths, once. */
  Chunk.prototype.open = function () {
    if (this.docs) return this;
    var n = this.count, doc = this.base, reader = new Reader(this.columns[0].bytes, this.gapsAt);
    this.docs = reader.ints(n);
    for (var i = 0; i < n; i++) this.docs[i] = doc += this.docs[i];
    if (this.field !== LAWS) {
      reader.at = this.freqsAt;
      this.freqs = reader.ints(n);
      this.norms = reader.bytes.subarray(this.normsAt, this.normsAt + n);
    }
    return this;
  };

  function decodePositions(reader, freqs, from, count) {
    var starts = new Uint32Array(count + 1), i, j, total = 0;
    for (i = 0; i < count; i++) starts[i + 1] = total += freqs[from + i];
    var all = new Uint32Array(total);
    for (i = j = 0; i < count; i++) for (var last = 0; j < starts[i + 1]; j++) all[j] = last += reader.int();
    return { all: all, starts: starts, from: from };
  }

  /** Positions of the chunk's posting `at`: an object with `all` and the range `starts[at - from]`
      to the next; null, with the file noted as missing, when it isn't there yet. */
  Chunk.prototype.positions = function (at, missing) {
    if (!this.parts) {
      return this.inline || (this.inline =
        decodePositions(new Reader(this.columns[4].bytes, this.positionsAt), this.freqs, 0, this.count));
    }
    var low = 0;
    while (low + 1 < this.parts.length && this.parts[low + 1].from <= at) low++;
    var part = this.parts[low];
    if (part.positions) return part.positions;
    var bytes = loaded[part.path];
    if (!bytes) { missing[part.path] = 1; return null; }
    return (part.positions = decodePositions(new Reader(bytes), this.freqs, part.from, part.count));
  };

  /** A term's postings in one field. */
  function List(field, df) { this.field = field; this.df = df; this.chunks = []; this.lasts = []; }

  /** The chunk `at`, opened; null, with its file noted as missing, when it isn't there yet. */
  List.prototype.chunk = function (at, missing) {
    var chunk = this.chunks[at];
    if (chunk.columns) return chunk.open();
    var bytes = loaded[chunk.path];
    if (!bytes) { missing[chunk.path] = 1; return null; }
    chunk.place(columnsOf(new Reader(bytes), 4), chunk.stem, true);
    return chunk.open();
  };

  /** Calls `f(i, chunk, at)` for each of the sorted documents `docs[i]` that the list holds. */
  List.prototype.meet = function (docs, missing, f) {
    for (var c = 0, i = 0; c < this.chunks.length && i < docs.length; c++) {
      var last = this.lasts[c];
      if (docs[i] > last) continue;
      var chunk = this.chunk(c, missing);
      if (!chunk) {
        while (i < docs.length && docs[i] <= last) i++;
        continue;
      }
      var own = chunk.docs, n = own.length;
      for (var j = 0; j < n && i < docs.length && docs[i] <= last; i++) {
        var doc = docs[i];
        if (own[j] < doc) {
          // Doubling steps, then halving: few documents against a long list.
          for (var step = 1; j + step < n && own[j + step] < doc; step *= 2) j += step;
          for (; step >= 1; step /= 2) if (j + step < n && own[j + step] < doc) j += step;
          j++;
        }
        if (own[j] === doc) f(i, chunk, j);
      }
    }
  };

  /** All documents of the list. */
  List.prototype.docs = function (missing) {
    if (this.chunks.length === 1) return this.chunk(0, missing).docs;
    var out = new Uint32Array(this.df), at = 0;
    for (var c = 0; c < this.chunks.length; c++) {
      var chunk = this.chunk(c, missing);
      if (!chunk) continue;
      out.set(chunk.docs, at);
      at += chunk.count;
    }
    return out.subarray(0, at);
  };

  /** Readers of the columns of a file: their lengths stand before them. */
  function columnsOf(reader, count) {
    var lengths = reader.ints(count - 1), out = [], at = reader.at;
    for (var i = 0; i < count; i++) {
      out.push(new Reader(reader.bytes, at));
      at += lengths[i];
    }
    return out;
  }

  /** The terms of a block, each with its lists by field. */
  function readBlock(path, bytes) {
    var reader = new Reader(bytes), terms = new Map(), last = '';
    var columns = columnsOf(reader, 6), own = columns.shift();
    for (var end = columns[0].at; own.at < end;) {
      last = last.slice(0, own.int());
      last += own.latin(own.int());
      var lists = [];
      for (var mask = own.int(), field = 0; mask; mask >>= 1, field++) {
        if (mask & 1) lists[field] = readList(field, own, columns, path);
      }
      terms.set(last, lists);
    }
    return terms;
  }

  function readList(field, own, columns, path) {
    var list = new List(field, own.int()), chunk;
    if (list.df <= CHUNK) {
      chunk = new Chunk(field, list.df, 0);
      chunk.place(columns, path, false);
      list.chunks.push(chunk);
      list.lasts.push(Infinity);
      return list;
    }
    var number = own.int(), base = 0;
    for (var left = list.df; left > 0; left -= CHUNK) {
      chunk = new Chunk(field, Math.min(left, CHUNK), base);
      chunk.path = path + 'p' + number;
      chunk.stem = path;
      number++;
      list.chunks.push(chunk);
      list.lasts.push(base += own.int());
    }
    return list;
  }

  // ---- the bundle ----

  function Bundle(directory) {
    this.directory = directory;
    this.parsed = {};
    CHUNK = directory.chunk;
    INLINE = directory.inline;
  }

  /** The file of the block that would hold a term; empty where no block can. */
  Bundle.prototype.blockOf = function (term) {
    var at = lastNotAbove(this.directory.firsts, toUtf8(term)), per = this.directory.blocks;
    return at < 0 ? '' : this.directory.termGroups[at / per | 0] + '/' + at % per;
  };

  /** A term's lists by field; undefined, with its file noted as missing, when it isn't there yet. */
  Bundle.prototype.lists = function (term, missing) {
    var path = this.blockOf(term);
    if (!path) return [];
    if (!this.parsed[path]) {
      if (!loaded[path]) { missing[path] = 1; return undefined; }
      this.parsed[path] = readBlock(path, loaded[path]);
    }
    return this.parsed[path].get(toUtf8(term)) || [];
  };

  /** The file of a document's passages around a position of its body. */
  Bundle.prototype.passagePath = function (doc, number) {
    var group = lastNotAbove(this.directory.docFirsts, doc);
    return this.directory.docGroups[group] + '/' + (doc - this.directory.docFirsts[group]) + '-' + number;
  };

  /** Loads and reads a passage file. */
  Bundle.prototype.passage = function (doc, number) {
    var single = this.directory.prose;
    return file(this.passagePath(doc, number)).then(function (bytes) { return JSON.parse(prose(bytes, single)); });
  };

  /** Loads the traditional-to-simplified table into the analyzer. */
  Bundle.prototype.loadTable = function () {
    var single = this.directory.prose;
    return file(this.directory.t2s).then(function (bytes) {
      var map = new Map(), pairs = Array.from(prose(bytes, single));
      for (var i = 0; i + 1 < pairs.length; i += 2) map.set(pairs[i], pairs[i + 1]);
      jianyan.analyzer.simplifyBy(map);
    });
  };

  var opened = null;

  /** The bundle of the site: its directory is loaded once. */
  jianyan.open = function () {
    return opened || (opened = file('current').then(function (bytes) { return new Bundle(readDirectory(bytes)); })
      .catch(function (error) { opened = null; throw error; }));
  };

  jianyan.bundle = { files: files, file: file, loaded: loaded, unpack: unpack, Reader: Reader, prose: prose, FIELDS: FIELDS };
})(jianyan);
