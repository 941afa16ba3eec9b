/* The files of the bundle: loading, payloads, the directory, term blocks, postings, columns.
   docs/search.md, section 6; src/bundle writes what this reads. */
var jianyan = jianyan || {};
(jianyan => {
  'use strict';
  const { assign } = Object, { from: arrayOf } = Array;
  const FORMAT = 7;
  /** Fields by their bits; the first six hold positions, those from `laws` on neither frequencies nor lengths. */
  const FIELDS = 'title body summary keywords headings extra chars number laws parts title_chars title_parts articles'.split(' ');
  const BODY = 1, POSITIONED = 6, LAWS = 8;
  /** Columns of positions; places of bytes in what parts blocks, from which on they share a column. */
  const POSITIONS = 3, PLACES = 6;

  // ---- files ----

  const arrived = {}, pending = {}, loaded = {};

  /** Folder of the bundle, relative to the page. */
  jianyan.base = 'search/';

  const sourceOf = path => `${jianyan.base}${path}.js`;

  /** Runs the script of a data file; resolves once it has handed over its payload. Nothing runs before what the browser
      lacks is there: `older`, which page.js asks for. */
  jianyan.load = async (path, query = '') => {
    await jianyan.older;
    const script = document.createElement('script');
    try {
      await new Promise((resolve, reject) => {
        script.src = sourceOf(path) + query;
        script.onload = resolve;
        script.onerror = () => reject(new Error(path));
        document.head.append(script);
      });
    } finally {
      script.remove();
    }
  };

  /** Inflates a zlib stream. */
  jianyan.inflate = async bytes => {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

  /** What a data file calls, in the global scope: `this` of a script. */
  this.jy = payload => { arrived[document.currentScript.getAttribute('src')] = payload; };

  /** The bytes of a payload: two a character; a space stands before one that was moved. */
  const unpack = payload => {
    const words = new Uint16Array(payload.length);
    let n = 0;
    for (let i = 1; i < payload.length; i++) {
      const code = payload.charCodeAt(i);
      words[n++] = code === 32 ? payload.charCodeAt(++i) - 0x2900 : code;
    }
    return new Uint8Array(words.buffer, 0, 2 * n - payload[0]);
  };

  const bytesOf = async (path, query = '') => {
    const source = sourceOf(path) + query;
    // A page may have named the file itself, to have it early.
    await (source in arrived ? jianyan.older : jianyan.load(path, query));
    const payload = arrived[source];
    delete arrived[source];
    return jianyan.inflate(unpack(payload));
  };

  const fetchFile = async path => {
    try {
      return (loaded[path] = await bytesOf(path));
    } catch (error) {
      delete pending[path];
      throw error;
    }
  };

  /** Loads files; resolves to their bytes when all are there. */
  const files = paths => Promise.all(paths.map(path => pending[path] || (pending[path] = fetchFile(path))));

  // ---- bytes ----

  /** Of a file that is damaged or another program's: a count in it may be any. */
  const damaged = () => { throw new Error('damaged'); };

  class Reader {
    constructor(bytes, at) { assign(this, { bytes, at: at || 0 }); }

    /** Throws where fewer bytes are left. */
    room(count) {
      if (!(count <= this.bytes.length - this.at)) damaged();
      return count;
    }

    int() {
      let byte = this.bytes[this.at++], value = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = this.bytes[this.at++];
        value |= (byte & 127) << shift;
      }
      // Read past the end: of a damaged file.
      if (byte === undefined) damaged();
      return value >>> 0;
    }

    ints(count) {
      const out = new Uint32Array(this.room(count));
      for (let i = 0; i < count; i++) out[i] = this.int();
      return out;
    }

    /** Integers of which each is the distance from the one before. */
    rising(count, last) {
      const out = this.ints(count);
      for (let i = 0; i < count; i++) out[i] = last += out[i];
      return out;
    }

    skip(count) { this.room(count); for (const { bytes } = this; count; count--) while (bytes[this.at++] > 127); }

    /** A reader from here on of `count` bytes, which are stepped over; `large` counts those that are above 127. */
    part(count) {
      const part = new Reader(this.bytes, this.at);
      part.large = 0;
      for (const end = this.at + this.room(count); this.at < end;) part.large += this.bytes[this.at++] >> 7;
      return part;
    }

    /** An integer of which `rest` holds what is above its lowest seven bits. */
    split(rest) {
      const byte = this.bytes[this.at++];
      return byte > 127 ? byte - 128 + rest.int() * 128 : byte;
    }

    latin(length) {
      let out = '';
      for (const end = this.at + this.room(length); this.at < end;) out += String.fromCharCode(this.bytes[this.at++]);
      return out;
    }

    json() { return JSON.parse(decodeURIComponent(escape(this.latin(this.int())))); }

    /** Readers of the columns from here on: the lengths of all but the last stand before them. */
    columns(count) {
      const lengths = this.ints(count - 1);
      let { at } = this;
      return arrayOf({ length: count }, (_, i) => {
        const reader = new Reader(this.bytes, at);
        at += lengths[i];
        return reader;
      });
    }

    /** A name of eight letters: forty bits. */
    name() {
      let out = '', held = 0;
      for (let i = 0, bits = 0; i < 5; i++) {
        held = held << 8 | this.bytes[this.at++];
        for (bits += 8; bits >= 5; held &= (1 << bits) - 1) out += 'abcdefghijklmnopqrstuvwxyz234567'[held >> (bits -= 5)];
      }
      return out;
    }
  }

  /** A text in the code of src/bundle/prose.rs. */
  const prose = (bytes, single) => {
    const low = [0, 0x20, 0x21, 0x22, 0x25, 0x30, 0xFF], out = [];
    for (let at = 0; at < bytes.length;) {
      const code = bytes[at++], page = code - single.length;
      if (page < 0) {
        out.push(single[code]);
      } else if (code < 255) {
        out.push(String.fromCharCode((page < 7 ? low[page] : 0x47 + page) << 8 | bytes[at++]));
      } else {
        out.push(String.fromCodePoint(bytes[at] << 16 | bytes[at + 1] << 8 | bytes[at + 2]));
        at += 3;
      }
    }
    return out.join('');
  };

  /** The number of the last entry that is not above a key; -1 when all are. */
  const lastNotAbove = (entries, key) => {
    let low = 0, high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (entries[middle] <= key) low = middle + 1; else high = middle;
    }
    return low - 1;
  };

  // ---- postings ----

  /** Consecutive postings of a list: document numbers, frequencies, lengths, positions. */
  class Chunk {
    constructor(field, scored, count, base) { assign(this, { field, scored, count, base }); }

    /** Takes note of where its columns begin, and steps over them. `inline` is the most positions that stand beside
        it. */
    place(columns, path, inline) {
      const [gaps, freqs, norms, tables, firsts, steps, rest] = columns, { count, field, scored } = this;
      this.gaps = new Reader(gaps.bytes, gaps.at);
      gaps.skip(count);
      if (field < LAWS) {
        this.freqs = freqs.ints(count);
        if (scored) this.norms = norms.bytes.subarray(norms.at, norms.at += norms.room(count));
      }
      if (field >= POSITIONED) return this;
      const total = this.freqs.reduce((sum, freq) => sum + freq, 0);
      if (total <= inline) {
        const own = [firsts.part(count), steps.part(total - count), new Reader(rest.bytes, rest.at)];
        rest.skip(own[0].large + own[1].large);
        this.parts = [{ from: 0, count, columns: own }];
        return this;
      }
      this.parts = [];
      for (let from = 0, number = tables.int(); from < count; number++) {
        const size = tables.int();
        if (!size) damaged();
        this.parts.push({ from, count: size, path: `${path}q${number}` });
        from += size;
      }
      if (field === BODY) this.passages = tables.ints(count);
      return this;
    }

    /** Decodes the document numbers, once. */
    open() {
      if (!this.docs) this.docs = this.gaps.rising(this.count, this.base);
      return this;
    }

    /** Positions in the document of the posting `at`; null, with the file noted as missing, when they aren't there yet. */
    positions(at, missing) {
      const part = this.parts[lastNotAbove(this.parts.map(part => part.from), at)];
      if (!part.starts) {
        const bytes = loaded[part.path], columns = part.columns || bytes && new Reader(bytes).columns(POSITIONS);
        if (!columns) { missing[part.path] = 1; return null; }
        const [firsts, steps, rest] = columns, starts = [0];
        for (const freq of this.freqs.subarray(part.from, part.from + part.count)) starts.push(starts[starts.length - 1] + freq);
        const all = new Uint32Array(firsts.room(part.count) + steps.room(starts[part.count] - part.count));
        for (let i = 0; i < part.count; i++) {
          for (let place = starts[i], value = 0; place < starts[i + 1]; place++) all[place] = value += (place > starts[i] ? steps : firsts).split(rest);
        }
        assign(part, { starts, all });
      }
      return part.all.subarray(part.starts[at - part.from], part.starts[at - part.from + 1]);
    }
  }

  /** A term's postings in one field. */
  class List {
    constructor(field, scored, own, columns, path, { chunk: size, inline }) {
      const df = own.int(), large = df > size;
      assign(this, { df, chunks: [], lasts: [] });
      if (!large) this.chunks.push(new Chunk(field, scored, df, 0).place(columns, path, inline));
      for (let left = df, base = 0, number = large ? own.int() : 0; large && left > 0; left -= size) {
        this.chunks.push(assign(new Chunk(field, scored, Math.min(left, size), base), { stem: path, path: `${path}p${number++}` }));
        this.lasts.push(base += own.int());
      }
    }

    /** The chunk `at`, opened; null, with its file noted as missing, when it isn't there yet. */
    chunk(at, missing) {
      const chunk = this.chunks[at];
      if (!chunk.gaps) {
        const bytes = loaded[chunk.path];
        if (!bytes) { missing[chunk.path] = 1; return null; }
        chunk.place(new Reader(bytes).columns(4), chunk.stem, -1);
      }
      return chunk.open();
    }

    /** Calls `f(i, chunk, at)` for each of the sorted documents `docs[i]` that the list holds. */
    meet(docs, missing, f) {
      for (let c = 0, i = 0; c < this.chunks.length && i < docs.length; c++) {
        const last = c + 1 < this.chunks.length ? this.lasts[c] : Infinity;
        if (docs[i] > last) continue;
        const chunk = this.chunk(c, missing), own = chunk ? chunk.docs : [], n = own.length;
        for (let j = 0; i < docs.length && docs[i] <= last; i++) {
          const doc = docs[i];
          if (own[j] < doc) {
            // Doubling steps, then halving ones: few documents against a long list.
            let step = 1;
            for (; j + step < n && own[j + step] < doc; step *= 2) j += step;
            for (; step >= 1; step /= 2) if (j + step < n && own[j + step] < doc) j += step;
            j++;
          }
          if (own[j] === doc) f(i, chunk, j);
        }
      }
    }

    /** All documents of the list, as far as its chunks are there. */
    docs(missing) {
      const chunks = this.chunks.map((_, at) => this.chunk(at, missing)).filter(Boolean);
      if (chunks.length === 1) return chunks[0].docs;
      return chunks.flatMap(chunk => [...chunk.docs]);
    }
  }

  /** The terms of a block, each with its lists by field. */
  const readBlock = (path, layout) => {
    const columns = new Reader(loaded[path]).columns(5 + POSITIONS), own = columns.shift(), end = columns[0].at, terms = new Map();
    for (let last = ''; own.at < end;) {
      last = last.slice(0, own.int());
      last += own.latin(own.int());
      const lists = [];
      for (let mask = own.int(), field = 0; mask; mask >>>= 1, field++) {
        // What joins two units has no lengths.
        if (mask & 1) lists[field] = new List(field, last[0] !== '\x02', own, columns, path, layout);
      }
      terms.set(last, lists);
    }
    return terms;
  };

  /** A passage file read: `m`, what is shown of the document, whose page is that of the id unless it says otherwise;
      `blocks`, how many `files` the document has, and its `standing` (src/bundle/cited.rs). */
  const passage = file => {
    const [head, ...lines] = file.split(/\n(?!\t)/), blocks = [];
    const [[id, title, kind, date, unit, line, badges, url], others, folds, files, standing] = JSON.parse(head);
    let section = '';
    jianyan.analyzer.fold(folds);
    for (const line of lines) {
      const whole = line.replace(/\n\t/g, '\n'), at = whole.indexOf(' ');
      if (line[0] === '#') section = whole.slice(1);
      else blocks.push({ section, anchor: whole.slice(0, at), text: whole.slice(at + 1) });
    }
    for (const text of others) blocks.push({ section: '', anchor: '', text });
    return {
      files, standing, m: { id, title, kind, date, unit, line, badges, url: url || id.split('/').map(encodeURIComponent).join('/') + '.html' }, blocks
    };
  };

  // ---- the bundle ----

  class Bundle {
    constructor(bytes) {
      const reader = new Reader(bytes), head = this.head = reader.json();
      if (head.format !== FORMAT) throw new Error('format');
      const count = reader.int(), [cuts, ...places] = reader.columns(PLACES + 2), groups = places[PLACES];
      let last = '';
      this.firsts = arrayOf({ length: count }, () => {
        const cut = cuts.int();
        last = last.slice(0, cut >> 3);
        for (let left = cut & 7 || cuts.int(); left; left--) last += places[Math.min(last.length, PLACES - 1)].latin(1);
        return last;
      });
      this.termGroups = arrayOf({ length: Math.ceil(count / head.blocks) }, () => groups.name());
      const starts = this.starts = groups.rising(groups.int(), 0);
      this.docGroups = arrayOf(starts, () => groups.name());
      this.packs = groups.ints(starts.length);
      this.articles = groups.ints(starts.length);
      this.longest = groups.int();
      this.space = groups.int();
      this.members = new Set(groups.rising(groups.int(), 0));
      this.groups = {};
      this.blocks = {};
      this.columns = {};
      this.passages = {};
    }

    /** The terms of a block; undefined, with its file noted as missing, when it isn't there yet. */
    block(at, missing) {
      const per = this.head.blocks, path = `${this.termGroups[at / per | 0]}/${at % per}`;
      if (!loaded[path]) { missing[path] = 1; return undefined; }
      return this.blocks[path] || (this.blocks[path] = readBlock(path, this.head));
    }

    /** A term's lists by field, empty when no block holds it; undefined when the block isn't there yet. */
    lists(term, missing) {
      const key = unescape(encodeURIComponent(term)), at = lastNotAbove(this.firsts, key);
      if (at < 0) return [];
      const block = this.block(at, missing);
      return block && (block.get(key) || []);
    }

    /** The lists in a field of the terms that begin so and go on as `holds` says, as far as their blocks are there. */
    beginning(field, prefix, holds, missing) {
      const key = unescape(encodeURIComponent(prefix)), { firsts } = this, out = [];
      for (let at = Math.max(lastNotAbove(firsts, key), 0); at < firsts.length && (firsts[at] <= key || firsts[at].startsWith(key)); at++) {
        for (const [term, lists] of this.block(at, missing) || []) {
          if (lists[field] && term.startsWith(key) && holds(decodeURIComponent(escape(term.slice(key.length))))) out.push(lists[field]);
        }
      }
      return out;
    }

    /** The synonym groups of which a member may stand in a normal form, by their numbers, as far as their blocks are there:
        src/bundle/synonyms.rs has the hash. */
    synonyms(normal, missing) {
      const { longest, members, space, head: { synonyms: paths, prose: single } } = this, letters = arrayOf(normal), begins = new Set();
      letters.forEach((_, i) => {
        for (let j = i, hash = 7, begin; j < letters.length && j < i + longest; j++) {
          hash = Math.imul(Math.imul(hash, 31) + letters[j].codePointAt(0), 0x1000193);
          hash ^= hash >>> 15;
          if (j < i + 2) begin = hash;
          if (members.has((hash >>> 0) % space)) begins.add(begin >>> 0);
        }
      });
      const found = [];
      for (const begin of begins) {
        const path = paths[begin % paths.length];
        if (!loaded[path]) missing[path] = 1;
        else for (const [number, group] of this.groups[path] || (this.groups[path] = JSON.parse(prose(loaded[path], single)))) found[number] = group;
      }
      return found.filter(Boolean);
    }

    async text(path) { return prose((await files([path]))[0], this.head.prose); }

    /** The text of a document's file of that name; `packs` has for each group how many documents share one. */
    async shared(doc, name, packs) {
      const group = lastNotAbove(this.starts, doc), at = doc - this.starts[group], place = packs ? at % packs[group] : 0;
      return (await this.text(`${this.docGroups[group]}/${at - place}-${name}`)).split('\n\n')[place] || damaged();
    }

    /** Loads and reads a passage file of a document. */
    async passage(doc, number) {
      const name = `${doc}-${number}`;
      return this.passages[name] || (this.passages[name] = passage(await this.shared(doc, number, number ? null : this.packs)));
    }

    /** Loads the traditional-to-simplified table into the analyzer. */
    async loadTable() {
      const reader = new Reader((await files([this.head.t2s]))[0]), from = reader.rising(reader.int(), 0);
      let to = 0;
      jianyan.analyzer.simplifyBy(new Map(arrayOf(from, code => {
        const folded = reader.int();
        to += folded & 1 ? -(folded + 1) / 2 : folded / 2;
        return [String.fromCodePoint(code), String.fromCodePoint(to)];
      })));
    }

    /** A reader of a file; null, with the file noted as missing, when it isn't there yet. */
    reader(path, missing) {
      if (loaded[path]) return new Reader(loaded[path]);
      missing[path] = 1;
      return null;
    }
  }

  let opened = null;

  /** The bundle of the site; its directory is loaded once. */
  jianyan.open = async () => opened || (opened = new Bundle((await files(['current']))[0]));

  /** Takes another directory than that of the site when the page was opened; tells whether it is another. */
  jianyan.renew = async query => {
    const fresh = new Bundle(await bytesOf('current', query)), changed = opened && fresh.head.generation !== opened.head.generation;
    if (changed) opened = fresh;
    return changed;
  };

  jianyan.bundle = { FIELDS, files };
})(jianyan);
