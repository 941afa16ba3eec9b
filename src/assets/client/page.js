/* What every page does: the search box, copying, marks of the search words. */
(jianyan => {
  'use strict';

  const { root = '', messages = '{}' } = document.body.dataset, texts = JSON.parse(messages);
  const find = selector => document.querySelector(selector);

  jianyan.base = root + 'search/';

  /** The text of a message with its arguments. */
  const t = (key, args = {}) => (texts[key] || key).replace(/\{(\w+)\}/g, (all, name) => name in args ? args[name] : all);

  /** The fragment as parameters. */
  const params = () => new URLSearchParams(location.hash.slice(1));

  /** Makes an element from a tag, properties and children. */
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const scripts = {};
  /** Loads a script of `assets/` that few need, once. */
  const script = name => scripts[name] || (scripts[name] = jianyan.load('../assets/' + name));

  jianyan.page = { t, params, texts, root, make, script };

  /** What else to ask where nothing was found; the script itself takes this place. */
  jianyan.help = (query, within) => script('help').then(() => jianyan.help(query, within));

  // Similar documents are looked for when their place comes into view.
  const similar = find('[data-similar]');
  if (similar && 'IntersectionObserver' in window) {
    const watch = new IntersectionObserver(async ([{ isIntersecting }]) => {
      if (!isIntersecting) return;
      watch.disconnect();
      await script('similar');
      jianyan.showSimilar(similar);
    });
    watch.observe(similar);
  }

  const box = find('input[type=search]'), elsewhere = find('[data-search-elsewhere]');

  // Suggestions come with the first letter, a click, or an arrow in the empty box; not while an input method composes.
  if (box) for (const name of ['compositionstart', 'compositionend']) {
    box.addEventListener(name, () => { jianyan.page.composing = name === 'compositionstart'; });
  }
  if (box) for (const name of ['input', 'compositionend', 'click', 'keydown']) {
    box.addEventListener(name, event => {
      if (!event.isComposing && (name !== 'keydown' || event.key === 'ArrowDown' && !box.value)) script('suggest');
    });
  }

  addEventListener('keydown', event => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  if (elsewhere) elsewhere.addEventListener('submit', event => {
    event.preventDefault();
    location.href = `${root}index.html#${new URLSearchParams({ q: box.value.trim() })}`;
  });

  // ---- copying ----

  /** Copies the text of an element; where the clipboard is closed (plain http) by selecting it. */
  async function copy(element) {
    try {
      await navigator.clipboard.writeText(element.textContent);
      return true;
    } catch (closed) {
      getSelection().selectAllChildren(element);
      return document.execCommand('copy');
    }
  }

  for (const button of document.querySelectorAll('[data-copy]')) {
    const label = button.textContent;
    button.hidden = false;
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', async () => {
      const copied = await copy(document.getElementById(button.dataset.copy));
      button.textContent = t(copied ? 'page.script.copied' : 'page.script.not_copied');
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  }

  // ---- marks ----

  const bar = find('[data-marks]');
  if (!bar) return;

  const INLINE = /^(A|ABBR|B|BDI|BDO|CITE|CODE|DEL|DFN|EM|I|INS|KBD|MARK|Q|S|SMALL|SPAN|STRONG|SUB|SUP|TIME|U|VAR)$/;
  const SKIPPED = 'nav, button, .mark-bar, .footnote-mark, .footnote-back';
  let marks = [], now = -1, marked = null;

  /** Runs of text nodes that read as one: inline elements don't part text, blocks and breaks do. */
  function runs(element) {
    const all = [[]];
    const walk = parent => {
      for (const node of parent.childNodes) {
        if (node.nodeType === 3) all[all.length - 1].push(node);
        else if (node.nodeType !== 1 || node.matches(SKIPPED)) continue;
        else if (INLINE.test(node.tagName)) walk(node);
        else { all.push([]); walk(node); all.push([]); }
      }
    };
    walk(element);
    return all.filter(run => run.length);
  }

  /** The normal form of a text, and for each of its units the place that it comes from. */
  function normalised(text) {
    const places = [];
    let normal = '';
    for (const { 0: cluster, index } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
      const part = jianyan.analyzer.normal(cluster);
      for (let i = 0; i < part.length; i++) places.push([index, index + cluster.length]);
      normal += part;
    }
    return { normal, places };
  }

  /** Whether a character goes on a number or a Latin word. */
  const joins = character => jianyan.analyzer.sequences(character || ' ').some(([unit]) => !unit.cjk);

  /** What is to be marked: the pieces of the words that are looked for. */
  const pieces = query => jianyan.query.plan(query, [], []).marks.flatMap(word => word.pieces)
    .map(units => ({ text: units.map(unit => unit.text).join(''), whole: [!units[0].cjk, !units[units.length - 1].cjk] }));

  /** Ranges of a text that the pieces cover, ascending and apart; `open` loses the pieces that were found. */
  function ranges(text, wanted, open) {
    const { normal, places } = normalised(text), found = [];
    for (const piece of wanted) {
      for (let at = normal.indexOf(piece.text); at >= 0; at = normal.indexOf(piece.text, at + 1)) {
        const end = at + piece.text.length;
        // A number or a Latin word is found whole or not at all.
        if (piece.whole[0] && joins(normal[at - 1]) || piece.whole[1] && joins(normal[end])) continue;
        open.delete(piece);
        found.push([places[at][0], places[end - 1][1]]);
      }
    }
    const apart = [];
    for (const [start, end] of found.sort((a, b) => a[0] - b[0])) {
      const last = apart[apart.length - 1];
      if (last && start < last[1]) last[1] = Math.max(last[1], end);
      else apart.push([start, end]);
    }
    return apart;
  }

  /** Puts <mark> around the ranges of a run: one element a text node, those of a range together. */
  function wrap(run, ranges) {
    const groups = ranges.map(() => []);
    let from = 0;
    for (const node of run) {
      const to = from + node.length;
      let rest = node, offset = from;
      ranges.forEach(([start, end], i) => {
        const a = Math.max(start, from), b = Math.min(end, to);
        if (a >= b) return;
        const middle = rest.splitText(a - offset), mark = document.createElement('mark');
        rest = middle.splitText(b - a);
        offset = b;
        middle.replaceWith(mark);
        mark.append(middle);
        groups[i].push(mark);
      });
      from = to;
    }
    return groups;
  }

  function clear() {
    for (const mark of marks.flat()) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
    marks = [];
    now = -1;
    marked = null;
    bar.hidden = true;
  }

  /** Marks a query; tells whether each of its pieces was found. */
  function mark(query) {
    clear();
    marked = query;
    const wanted = pieces(query), open = new Set(wanted);
    if (wanted.length) for (const run of runs(find('main'))) {
      marks.push(...wrap(run, ranges(run.map(node => node.data).join(''), wanted, open)));
    }
    bar.hidden = !marks.length;
    return !open.size;
  }

  function go(to) {
    for (const mark of marks[now] || []) mark.classList.remove('current');
    now = (to + marks.length) % marks.length;
    for (const mark of marks[now]) mark.classList.add('current');
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
    if (!query) return;
    const whole = query === marked || mark(query);
    land(anchor);
    if (whole) return;
    // What is missing may stand there in traditional characters: the table for them is loaded now.
    await (await jianyan.open()).loadTable();
    mark(query);
    land(anchor);
  }

  bar.addEventListener('click', ({ target: { dataset } }) => {
    if (dataset.marksStep) go(now + +dataset.marksStep);
    if ('marksClear' in dataset) clear();
  });
  addEventListener('hashchange', follow);
  follow();
})(jianyan);
