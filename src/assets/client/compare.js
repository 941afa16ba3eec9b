/* Names and texts side by side: whether they are the same, and what differs. src/verify (align, judge/words) and src/text/title.rs are
   the twins. */
(jianyan => {
  'use strict';
  const { normal } = jianyan.analyzer, { last, flat, FIGURE } = jianyan.citing;

  // ---- names ----

  const REMARK = /(.)\s*\((?:(?=[^)]*\d)[\d年月日.\-/修正订改版本通过公布 ]+|(?:检例|指导)[^()]*号|修正|修订)\)$/;

  /** A name as names are compared. */
  const keyOf = name => {
    let rest = normal(name).trim();
    for (let before; before !== rest;) {
      before = rest;
      rest = rest.replace(/^\((?:检例|指导)[^)]*号\)[: ]*(?=.)/, '').replace(/^\d+[.、]\s*/, '').replace(/^(?:检例|指导)[^号]{0,12}号[: ]*(?=.)/, '');
    }
    while (REMARK.test(rest)) rest = rest.replace(REMARK, '$1');
    return rest.replace(/[^\p{Alphabetic}\p{N}]/gu, '').replace(/^中华人民共和国(?=..)/, '');
  };
  const withoutIssuers = key => (/[院部局会厅署委办府组行高检](关于.*)$/.exec(key) || [])[1];

  // ---- texts side by side ----

  /** A text laid against the nearest part of another: how many letters stand in both, where that part is, and what differs. */
  const align = (text, other) => {
    const width = other.length + 1, ways = new Uint8Array((text.length + 1) * width), changes = [];
    if (text.length < 2 || ways.length > 3e7) return null;
    const costs = new Uint32Array(width);
    for (let i = 0; i < text.length; i++) {
      let diagonal = costs[0];
      costs[0] = i + 1;
      ways[(i + 1) * width] = 2;
      for (let j = 0; j < other.length; j++) {
        const same = text[i] === other[j];
        let cost = diagonal + !same, way = same ? 0 : 1;
        if (costs[j + 1] + 1 < cost) cost = costs[j + 1] + 1, way = 2;
        if (costs[j] + 1 < cost) cost = costs[j] + 1, way = 3;
        diagonal = costs[j + 1];
        costs[j + 1] = cost;
        ways[(i + 1) * width + j + 1] = way;
      }
    }
    let i = text.length, j = costs.indexOf(Math.min(...costs)), same = 0, change = null;
    const end = j;
    while (i > 0) {
      const way = ways[i * width + j];
      if (way && !change) changes.unshift(change = [0, i, 0, j]);
      if (!way) change = null, same++;
      if (way !== 3) i--;
      if (way !== 2) j--;
      if (change) change[0] = i, change[2] = j;
    }
    return { same, start: j, end, changes: changes.reduce((all, change) => {
      const widened = widen(text, other, change), before = last(all);
      if (before && widened[0] <= before[1] && widened[2] <= before[3]) before[1] = widened[1], before[3] = widened[3];
      else all.push(widened);
      return all;
    }, []) };
  };

  /** A change with the whole of a figure that it touches, and with a neighbour where a side has nothing. */
  const widen = (text, other, [a, b, c, d]) => {
    const before = () => a && c && text[a - 1] === other[c - 1], behind = () => b < text.length && text[b] === other[d], figure = FIGURE.test(text.slice(a, b) + other.slice(c, d));
    while (figure && before() && FIGURE.test(text[a - 1])) a--, c--;
    while (figure && behind() && FIGURE.test(text[b])) b++, d++;
    if (a === b || c === d) {
      if (before()) a--, c--;
      if (behind()) b++, d++;
    }
    return [a, b, c, d];
  };

  /** Where letters stand in a text from a place on, cutting through no figure and leaving no negation out before them. */
  const find = ({ letters, apart }, own, from) => {
    const cuts = i => i && FIGURE.test(letters[i - 1]) && i < letters.length && FIGURE.test(letters[i]) && !apart.has(i);
    for (let i = letters.indexOf(own, from); i >= 0; i = letters.indexOf(own, i + 1)) {
      if (!cuts(i) && !cuts(i + own.length) && !/[不未没]/.test(letters[i - 1])) return i;
    }
    return -1;
  };

  /** Words divided at ……. */
  const partsOf = words => {
    const parts = words.replace(/\.{6}|。。。|⋯⋯/g, '…').split('…').map(flat).filter(({ letters }) => letters);
    return Object.assign(parts, { size: parts.reduce((sum, { letters }) => sum + letters.length, 0) });
  };

  /** Where all parts stand in a text, one after the other. */
  const stand = (parts, text) => {
    let first = -1, from = 0;
    for (const { letters } of parts) {
      const place = find(text.flat, letters, from);
      if (place < 0) return null;
      if (first < 0) first = place;
      from = place + letters.length;
    }
    return [first, from];
  };

  /** What differs where so many hundredths of the words stand in a text. */
  const differences = (parts, text, percent) => {
    const all = parts.map(({ letters }) => align(letters, text.flat.letters)), raw = ({ text, places }, from, to) => from < to ? text.slice(places[from][0], places[to - 1][1]) : '';
    if (!all.every(Boolean) || all.reduce((sum, { same }) => sum + same, 0) * 100 < parts.size * percent) return null;
    return { at: all[0].start, same: all.reduce((sum, { same }) => sum + same, 0), list: [].concat(...all.map(({ changes }, i) =>
      changes.map(([a, b, c, d]) => ({ draft: raw(parts[i], a, b), source: raw(text.flat, c, d).replace(/\x01/g, '') })))) };
  };

  /** The pieces of a text from a place of another on, in so many gaps, the longest first. */
  const pieces = (own, letters, start, gaps) => {
    let longest = 0;
    while (longest < own.length && own[longest] === letters[start + longest]) longest++;
    if (longest === own.length) return [[start, start + longest]];
    for (let size = gaps ? longest : 0; size; size--) {
      for (let at = start + size + 1; at < Math.min(start + size + 60, letters.length); at++) {
        const rest = own[size] === letters[at] && pieces(own.slice(size), letters, at, gaps - 1);
        if (rest) return [[start, start + size], ...rest];
      }
    }
    return null;
  };

  /** Where words stand in a text but for what they leave out: the place, and what is left out. */
  const omitted = (parts, text) => {
    const [own, more] = parts, { letters, places } = text.flat;
    if (more || !own || own.letters.length < 8) return null;
    for (let start = letters.indexOf(own.letters[0]); start >= 0; start = letters.indexOf(own.letters[0], start + 1)) {
      const all = pieces(own.letters, letters, start, 2);
      if (!all) continue;
      if (Math.max(...all.map(([from, to]) => to - from)) * 2 < own.letters.length) return null;
      const list = all.slice(1).map(([next], i) => ({ draft: '', source: text.flat.text.slice(places[all[i][1]][0], places[next - 1][1]).replace(/\x01/g, '') }));
      return { place: [start, last(all)[1]], list };
    }
    return null;
  };

  jianyan.comparing = { keyOf, withoutIssuers, align, stand, omitted, partsOf, differences };
})(jianyan);
