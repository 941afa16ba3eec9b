/* What every page does: the search box, marks of the search words, copying. */
var jianyan = jianyan || {};
(function (jianyan) {
  'use strict';

  const { root = '', messages = '{}' } = document.body.dataset;
  const texts = JSON.parse(messages);
  const find = (selector) => document.querySelector(selector);

  jianyan.base = root + 'search/';

  /** The text of a message with its arguments. */
  const t = (key, args = {}) => (texts[key] || key).replace(/\{(\w+)\}/g, (all, name) => name in args ? args[name] : all);

  /** The fragment as parameters. */
  const params = () => new URLSearchParams(location.hash.slice(1));

  jianyan.page = { t, params };

  // ---- keys and boxes ----

  const boxes = 'input[type=search]';

  addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    event.preventDefault();
    find(boxes).select();
  });

  const elsewhere = find('[data-search-elsewhere]');
  if (elsewhere) elsewhere.addEventListener('submit', (event) => {
    event.preventDefault();
    const query = find(boxes).value.trim();
    location.href = root + 'index.html' + (query ? '#q=' + encodeURIComponent(query) : '');
  });

  // ---- copying ----

  /** Copies the text of an element; without the clipboard's leave (plain http) by selecting it. */
  async function copy(element) {
    if (navigator.clipboard) {
      try {
        await navigator.clipboard.writeText(element.textContent);
        return true;
      } catch (refused) { /* the old way is still open */ }
    }
    getSelection().selectAllChildren(element);
    return document.execCommand('copy');
  }

  document.querySelectorAll('[data-copy]').forEach((button) => {
    const label = button.textContent;
    button.hidden = false;
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', async () => {
      const copied = await copy(document.getElementById(button.dataset.copy));
      button.textContent = t(copied ? 'page.script.copied' : 'page.script.not_copied');
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  });

  // ---- marks ----

  const bar = find('[data-marks]');
  if (!bar) return;

  const INLINE = /^(A|ABBR|B|BDI|BDO|CITE|CODE|DEL|DFN|EM|I|INS|KBD|MARK|Q|S|SMALL|SPAN|STRONG|SUB|SUP|TIME|U|VAR)$/;
  const SKIPPED = 'nav, button, .mark-bar, .footnote-mark, .footnote-back';
  let marks = [], now = -1, marked = null;

  /** Runs of text nodes that read as one: inline elements don't part text, blocks and breaks do. */
  function runs(element) {
    const all = [];
    let run = [];
    const end = () => { if (run.length) all.push(run); run = []; };
    (function walk(parent) {
      for (const node of parent.childNodes) {
        if (node.nodeType === 3) run.push(node);
        else if (node.nodeType !== 1 || node.matches(SKIPPED)) continue;
        else if (INLINE.test(node.tagName)) walk(node);
        else { end(); walk(node); end(); }
      }
    })(element);
    return all;
  }

  /** The normal form of a text with the place in it of each of its units. */
  function normalised(text) {
    let normal = '';
    const places = [];
    for (const { 0: cluster, index } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
      const part = jianyan.analyzer.normal(cluster);
      for (let i = 0; i < part.length; i++) places.push([index, index + cluster.length]);
      normal += part;
    }
    return { normal, places };
  }

  const joins = (character) => {
    const [sequence] = jianyan.analyzer.sequences(character);
    return sequence && !sequence[0].cjk;
  };

  /** What is to be marked: the pieces of the words that are looked for. */
  function pieces(query) {
    const { normal, sequences } = jianyan.analyzer;
    return jianyan.query.parse(query).items.filter((item) => !item.negative && !item.filter && !item.operator)
      .flatMap((item) => sequences(normal(item.text)))
      .map((units) => ({ text: units.map((unit) => unit.text).join(''), first: !units[0].cjk, last: !units[units.length - 1].cjk }))
      .sort((a, b) => b.text.length - a.text.length);
  }

  /** Places of the pieces in a text, ascending and apart; `open` loses the pieces that were found. */
  function places(text, wanted, open) {
    const { normal, places } = normalised(text);
    const found = [];
    for (const piece of wanted) {
      for (let at = normal.indexOf(piece.text); at >= 0; at = normal.indexOf(piece.text, at + 1)) {
        const end = at + piece.text.length;
        // A number or a Latin word is found whole or not at all.
        if (piece.first && at && joins(normal[at - 1]) || piece.last && end < normal.length && joins(normal[end])) continue;
        open.delete(piece);
        found.push([places[at][0], places[end - 1][1]]);
      }
    }
    found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    return found.filter((range, i) => {
      const before = found[i - 1];
      if (!before || range[0] >= before[1]) return true;
      range[0] = before[0];
      range[1] = Math.max(range[1], before[1]);
      return (before.gone = true);
    }).filter((range) => !range.gone);
  }

  /** Puts <mark> around a range of a run: one element a text node, all of one place together. */
  function wrap(run, ranges) {
    const groups = ranges.map(() => []);
    let from = 0;
    for (const node of run) {
      const length = node.length;
      let rest = node, offset = from;
      ranges.forEach(([start, end], i) => {
        const a = Math.max(start, from), b = Math.min(end, from + length);
        if (a >= b) return;
        const middle = rest.splitText(a - offset);
        rest = middle.splitText(b - a);
        offset = b;
        const mark = document.createElement('mark');
        middle.replaceWith(mark);
        mark.append(middle);
        groups[i].push(mark);
      });
      from += length;
    }
    return groups;
  }

  function clear() {
    marks.flat().forEach((mark) => {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    });
    marks = [];
    now = -1;
    marked = null;
    bar.hidden = true;
  }

  /** Marks a query; gives whether each of its pieces was found. */
  function mark(query) {
    clear();
    marked = query;
    const wanted = pieces(query), open = new Set(wanted);
    if (wanted.length) for (const run of runs(find('main'))) {
      const ranges = places(run.map((node) => node.data).join(''), wanted, open);
      if (ranges.length) marks.push(...wrap(run, ranges));
    }
    bar.hidden = !marks.length;
    return !open.size;
  }

  function go(to) {
    (marks[now] || []).forEach((mark) => mark.classList.remove('current'));
    now = (to + marks.length) % marks.length;
    marks[now].forEach((mark) => mark.classList.add('current'));
    marks[now][0].scrollIntoView({ block: 'center' });
    find('[data-marks-count]').textContent = t('page.script.mark', { n: now + 1, total: marks.length });
  }

  /** Opens the passage: the first mark in it or after it. */
  function land(anchor) {
    const place = anchor && document.getElementById(anchor);
    const at = place ? marks.findIndex(([mark]) => place.compareDocumentPosition(mark) & 4) : 0;
    if (marks.length) go(Math.max(at, 0));
    else if (place) place.scrollIntoView({ block: 'center' });
  }

  async function follow() {
    const query = params().get('q'), anchor = params().get('at');
    if (!query || query === marked && !anchor) return;
    const whole = query === marked || mark(query);
    land(anchor);
    if (whole) return;
    // What is missing may stand there in traditional characters: the table for them is loaded now.
    try {
      await (await jianyan.open()).loadTable();
      mark(query);
      land(anchor);
    } catch (unreachable) { /* what could be marked is marked */ }
  }

  bar.addEventListener('click', (event) => {
    const { marksStep, marksClear } = event.target.dataset;
    if (marksStep) go(now + +marksStep);
    if (marksClear !== undefined) clear();
  });
  addEventListener('hashchange', follow);
  follow();
})(jianyan);
