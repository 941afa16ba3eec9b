/* The words that were searched for, marked in the page of a document. */
(jianyan => {
  'use strict';

  const { t, params } = jianyan.page, { inside } = jianyan.analyzer, find = selector => document.querySelector(selector);
  const bar = find('[data-marks]');
  if (!bar) return;

  const INLINE = /^(A|ABBR|B|BDI|BDO|CITE|CODE|DEL|DFN|EM|I|INS|KBD|MARK|Q|RB|RUBY|S|SMALL|SPAN|STRONG|SUB|SUP|TIME|U|VAR)$/;
  const SKIPPED = 'nav, button, rt, rp, .mark-bar, .footnote-mark, .footnote-back, .print-only, .note-preview';
  let marks = [], now = -1, marked = null;
  /** Queries whose marks were taken away: they don't come back with the steps of the history. */
  const dismissed = new Set();

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
    // Not `matchAll`: an old browser gets that with older.js, for which the first marks don't wait.
    text.replace(/\P{M}\p{M}*|\p{M}+/gsu, (cluster, index) => {
      const part = jianyan.analyzer.normal(cluster);
      // Blanks side by side are one.
      if (part === ' ' && normal.endsWith(part)) return;
      for (let i = 0; i < part.length; i++) places.push([index, index + cluster.length]);
      normal += part;
    });
    return { normal, places };
  }

  /** Shows the bar or not; on a narrow window the page keeps room for it. */
  function showBar(on) {
    bar.hidden = !on;
    document.documentElement.classList.toggle('marked', on);
  }

  /** What is to be marked: the pieces of the words that are looked for. */
  const pieces = query => jianyan.query.plan(query, [], []).marks.flatMap(word => word.texts.map(text => ({ ...text })));

  /** Ranges of a text that the pieces cover, ascending and apart; `open` loses the pieces that were found. */
  function ranges(text, wanted, open) {
    const { normal, places } = normalised(text), found = [];
    for (const piece of wanted) {
      for (let at = normal.indexOf(piece.text); at >= 0; at = normal.indexOf(piece.text, at + 1)) {
        const end = at + piece.text.length;
        // An article's number is found whole or not at all; 日 stands in 28日.
        if (piece.whole[0] && inside(normal, at) || piece.whole[1] && inside(normal, end)) continue;
        open.delete(piece);
        found.push([places[at][0], places[end - 1][1]]);
      }
    }
    const apart = [];
    for (const [start, end] of found.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
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
    showBar(false);
  }

  /** Marks a query; tells whether each of its pieces was found. */
  function mark(query) {
    clear();
    marked = query;
    const wanted = pieces(query), open = new Set(wanted);
    if (wanted.length) for (const run of runs(find('main'))) {
      marks.push(...wrap(run, ranges(run.map(node => node.data).join(''), wanted, open)));
    }
    showBar(marks.length > 0);
    return !open.size;
  }

  /** Opens what is folded around an element. */
  const reveal = element => {
    for (let fold = element; (fold = fold.parentElement && fold.parentElement.closest('details'));) fold.open = true;
  };

  /** Takes the marks away for good: they don't come back with the page. */
  function dismiss() {
    const { hash } = location, rest = params();
    dismissed.add(marked);
    clear();
    rest.delete('q');
    rest.delete('at');
    if (/[#&]q=/.test(hash)) history.replaceState(history.state, '', location.pathname + location.search + (String(rest) && '#' + rest));
    find('main').focus({ preventScroll: true });
  }

  function go(to) {
    for (const mark of marks[now] || []) mark.classList.remove('current');
    now = (to + marks.length) % marks.length;
    for (const mark of marks[now]) mark.classList.add('current');
    reveal(marks[now][0]);
    marks[now][0].scrollIntoView({ block: 'center' });
    find('[data-marks-count]').textContent = t('page.script.mark', { n: now + 1, total: marks.length });
  }

  /** Opens the passage, given by its id or the beginning of it: the first mark in it or after it. */
  function land(anchor) {
    const place = anchor && (document.getElementById(anchor) || find(`article [id^="${CSS.escape(anchor)}"]`));
    const within = place ? marks.findIndex(([mark]) => place.contains(mark)) : 0;
    const after = place ? marks.findIndex(([mark]) => place.compareDocumentPosition(mark) & 4) : 0;
    if (marks.length) go(Math.max(within < 0 ? after : within, 0));
    // What was looked for in other words still stands there.
    if (place && within < 0) {
      reveal(place);
      place.scrollIntoView({ block: 'center' });
    }
  }

  async function follow() {
    const query = params().get('q'), anchor = params().get('at');
    if (!query || dismissed.has(query)) return;
    const whole = query === marked || mark(query);
    land(anchor);
    if (whole) return;
    // What is missing may stand there in traditional characters: the table for them is loaded now.
    await (await jianyan.open()).loadTable();
    if (params().get('q') !== query) return;
    mark(query);
    land(anchor);
  }

  bar.addEventListener('click', ({ target: { dataset } }) => {
    if (dataset.marksStep) go(now + +dataset.marksStep);
    if ('marksClear' in dataset) dismiss();
  });
  addEventListener('keydown', event => {
    if (event.key === 'Escape' && marks.length && !event.defaultPrevented && !/^(INPUT|TEXTAREA|SELECT|SUMMARY)$/.test(event.target.tagName)
      && !event.target.closest('.footnote-mark, [data-menu]')) dismiss();
  });
  addEventListener('hashchange', follow);
  follow();
})(jianyan);
