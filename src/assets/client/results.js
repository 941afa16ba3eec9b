/* The search page: the box, results as one types, facets; the state is the fragment. */
(jianyan => {
  'use strict';

  const form = document.querySelector('[data-search]');
  if (!form) return;

  const { t, params } = jianyan.page, PAGE = 10, SHORT = 8, BATCH = 50;
  const FACETS = ['kind', 'line', 'unit', 'department', 'year', 'level', 'form', 'rank', 'case_level', 'state', 'tag'];
  const find = selector => document.querySelector(selector);
  const box = form.elements.q, total = find('#total'), list = find('#results'), notes = find('[data-notes]');
  const facets = find('[data-facets]'), more = find('[data-more]'), tools = find('[data-tools]'), within = find('[data-within]');
  const sort = find('[data-sort]'), chinese = document.documentElement.lang.startsWith('zh');
  let state = { q: '', sort: '', chosen: {} }, without = [], limit = PAGE, run = 0, composing = false, answer = null;

  /** Makes an element from a tag, properties and children. */
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const text = (tag, className, textContent) => make(tag, { className, textContent });
  const button = (properties, onclick, ...children) => make('button', { type: 'button', onclick, ...properties }, ...children);

  /** A value of a facet in words. */
  function named(facet, value) {
    if (facet === 'kind') return t('kind.' + value);
    if (facet === 'year') return t('filter.year_value', { year: value });
    const column = answer && answer.run.bundle.columns[facet], names = column && column.values.find(([name]) => name === value);
    return (chinese && names && names[1]) || value;
  }

  // ---- state ----

  const fragment = of => new URLSearchParams([['q', of.q.trim()], ['sort', of.sort]].filter(([, value]) => value)
    .concat(...FACETS.map(facet => (of.chosen[facet] || []).map(value => [facet, value])))).toString();

  /** The query with its filters, which come first: an open quotation would swallow them. */
  const asked = of => [].concat(...FACETS.map(facet => (of.chosen[facet] || []).map(value => {
    const [open, close] = value.includes('"') ? '「」' : '""';
    return `${facet}:${open}${value}${close}`;
  })), of.q).join(' ').trim();

  const chosenBut = (facet, values) => ({ ...state.chosen, [facet]: values });

  /** Takes a new state, as a step of the history or, while one types, in place of the present one. */
  function take(next, typing) {
    if (next.q !== state.q) without = [];
    state = next;
    limit = PAGE;
    const url = '#' + fragment(next);
    if (url !== (location.hash || '#')) history[typing ? 'replaceState' : 'pushState'](null, '', url);
    search(typing);
  }

  const choose = (facet, values) => take({ ...state, chosen: chosenBut(facet, values) });

  function toggle(facet, value) {
    const old = state.chosen[facet] || [];
    choose(facet, old.includes(value) ? old.filter(one => one !== value) : old.concat(value));
  }

  // ---- results ----

  /** The page of a hit, told what to mark: the words, and what the snippet marks in their place (a
      synonym, another way to write an article). */
  function link(hit, { parts, anchor }) {
    const others = new Set(parts.filter((part, i) => i % 2 && !state.q.includes(part)));
    const q = [state.q, ...Array.from(others, part => `"${part}"`)].join(' ');
    return hit.meta.url + '#' + new URLSearchParams({ q, at: anchor });
  }

  const marked = ({ parts, kinds }) => parts.map((part, i) => i % 2 ? text('mark', kinds[i >> 1], part) : part);

  /** A title with its marks; a snippet cuts a long one, which then goes without. */
  function titled(title, plan) {
    const [shown] = jianyan.snippets(plan, [{ b: [['', '', [title]]] }], 1).shown;
    return shown.parts.join('') === title ? marked(shown) : [title];
  }

  const passage = shown => [text('span', 'section', shown.section), ...marked(shown)];

  /** Shows the other passages of a hit in place of the button. */
  async function showMore(hit, row) {
    const others = (await jianyan.passages(answer, hit)).filter(shown => shown.parts.join('') !== hit.parts.join(''));
    row.replaceWith(...others.map(shown => make('p', { className: 'snippet', lang: 'zh-CN' },
      make('a', { href: link(hit, shown) }, ...passage(shown)))));
  }

  function card(hit) {
    const { id, title, kind, score, tier, meta } = hit;
    const badges = [['kind kind-' + kind, t('kind.' + kind)], ...meta.badges.map(key => [key, t('badge.' + key)])];
    const around = [...meta.unit, meta.line.join('、'), meta.date].filter(Boolean);
    const others = make('p', { className: 'others', hidden: !hit.more }, button({ className: 'plain', textContent: t('result.passages') }, () => showMore(hit, others)));
    const element = make('article', { className: 'card' },
      make('h3', { className: 'card-title' }, make('a', { href: link(hit, hit), lang: 'zh-CN' }, ...titled(title, answer.plan))),
      make('p', { className: 'snippet', lang: 'zh-CN' }, ...passage(hit)), others,
      make('p', { className: 'card-meta' }, ...badges.flatMap(([key, word]) => [text('span', 'badge ' + key, word), ' ']),
        ...around.flatMap(part => [text('span', 'part', part), ' '])));
    Object.assign(element.dataset, { id, score, tier });
    return element;
  }

  /** What was understood in a particular way; synonyms can be taken away. */
  const remark = ({ code, about }) => make('p', {}, code !== 'query.synonyms' ? t(code, { about })
    : button({ className: 'plain', textContent: t('result.synonyms', { about }) }, () => {
      without = answer.plan.marks.map(word => word.normal);
      search();
    }));

  function show() {
    const cards = answer.hits.map(card), first = answer.hits.findIndex(hit => hit.tier === 'related');
    if (first >= 0) cards.splice(first, 0, text('h2', 'divider', t('result.related')));
    list.replaceChildren(...cards);
    more.hidden = answer.hits.length >= answer.total + answer.related;
    tools.hidden = !answer.total;
    notes.replaceChildren(...answer.notes.map(remark));
    total.textContent = answer.total ? t('result.total', { n: answer.total }) : t('result.none', { query: state.q.trim() });
    total.dataset.count = answer.total;
  }

  // ---- facets ----

  /** A value that can be chosen, with its count. */
  function valueOf(facet, value, count, ...children) {
    const row = button({}, () => toggle(facet, value), ...children);
    row.dataset.value = value;
    row.setAttribute('aria-pressed', (state.chosen[facet] || []).includes(value));
    row.title = t('result.total', { n: count });
    return row;
  }

  /** Years as bars, and the ends of a range. */
  function histogram(counts) {
    const years = Object.keys(counts).sort(), most = Math.max(...Object.values(counts));
    const bars = years.map(year => {
      const bar = text('span', 'bar', ''), row = valueOf('year', year, counts[year], bar, text('span', 'label', year));
      bar.style.height = 4 + 36 * counts[year] / most + 'px';
      return make('li', {}, row);
    });
    const [range = ''] = state.chosen.year || [], ends = range.split('..');
    const inputs = ['filter.since', 'filter.until'].map((key, i) => {
      const input = make('input', { inputMode: 'numeric', maxLength: 4, value: ends[i] || '', placeholder: years[i && years.length - 1] });
      input.setAttribute('aria-label', t(key));
      return input;
    });
    const go = event => {
      event.preventDefault();
      const [from, to] = inputs.map(input => input.value.trim());
      choose('year', from || to ? [from === to ? from : `${from}..${to}`] : []);
    };
    return [make('ul', { className: 'histogram' }, ...bars), make('form', { className: 'range', onsubmit: go }, inputs[0], '–', inputs[1],
      make('button', { textContent: t('filter.range') }))];
  }

  function values(facet, counts) {
    const chosen = state.chosen[facet] || [], all = Object.keys(counts).concat(chosen.filter(value => !counts[value]));
    all.sort((a, b) => (counts[b] || 0) - (counts[a] || 0) || (a < b ? -1 : 1));
    const rows = all.map((value, i) => make('li', { hidden: i >= SHORT && !chosen.includes(value) },
      valueOf(facet, value, counts[value] || 0, text('span', '', named(facet, value)), text('span', 'count', counts[value] || 0))));
    const rest = button({ textContent: t('filter.more'), hidden: rows.every(row => !row.hidden) }, () => {
      rows.forEach(row => { row.hidden = false; });
      rest.hidden = true;
    });
    return [make('ul', {}, ...rows), rest];
  }

  function facetOf(facet, counts = {}) {
    const empty = !Object.keys(counts).length && !(state.chosen[facet] || []).length;
    const section = make('section', { className: 'facet', hidden: empty }, text('h2', '', t('filter.' + facet)),
      ...(empty ? [] : facet === 'year' ? histogram(counts) : values(facet, counts)));
    section.dataset.facet = facet;
    return section;
  }

  /** Counts of the results; those of a facet of which something is chosen as if nothing were, as one may choose more. */
  async function count(current) {
    const counts = await jianyan.facets(answer, FACETS);
    for (const facet of FACETS.filter(facet => (state.chosen[facet] || []).length)) {
      const wider = await jianyan.search(asked({ ...state, chosen: chosenBut(facet, []) }), { limit: 0, without, current });
      if (!wider) return;
      Object.assign(counts, { [facet]: undefined }, await jianyan.facets(wider, [facet]));
    }
    if (current()) facets.replaceChildren(facets.firstElementChild, ...FACETS.map(facet => facetOf(facet, counts[facet])));
    if (current()) showChips();
  }

  function showChips() {
    const chips = [].concat(...FACETS.map(facet => (state.chosen[facet] || []).map(value => {
      const name = named(facet, value), chip = button({ textContent: name + ' ×' }, () => toggle(facet, value));
      chip.setAttribute('aria-label', t('result.remove', { value: name }));
      return chip;
    })));
    if (chips.length) chips.push(button({ textContent: t('result.clear') }, () => take({ ...state, chosen: {} })));
    find('[data-chips]').replaceChildren(...chips);
  }

  // ---- the list as a file ----

  /** A cell of a table; one that a spreadsheet would compute is guarded. */
  const cell = value => `"${String(value).replace(/^[=+\-@\t\r]/, "'$&").replace(/"/g, '""')}"`;

  /** Hands over all strict documents as a table. */
  async function exportList(from) {
    const rows = [['#', ...t('result.columns').split('|')]], { strict, run: { bundle } } = from;
    for (let at = 0; at < strict.length; at += BATCH) {
      const found = await Promise.all(strict.slice(at, at + BATCH).map(({ doc }) => bundle.passage(doc, 0)));
      found.forEach(({ m }, i) => rows.push([at + i + 1, m.title, t('kind.' + m.kind), m.date, m.unit.join('、'), m.line.join('、'),
        m.badges.map(key => t('badge.' + key)).join('、'), m.id]));
    }
    const table = '\uFEFF' + rows.map(row => row.map(cell).join(',') + '\r\n').join('');
    const href = URL.createObjectURL(new Blob([table], { type: 'text/csv' }));
    make('a', { href, download: t('result.file') + '.csv' }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10000);
  }

  // ---- nothing found ----

  /** Queries that may find something: one word less, or the halves of a long word. */
  function fewer(query) {
    const words = query.split(/\s+/), letters = Array.from(query), half = letters.length >> 1;
    if (words.length > 1) return words.slice(0, 6).map((word, i) => [words.filter((_, j) => j !== i).join(' '), word]);
    return half > 1 ? [[letters.slice(0, half).join('')], [letters.slice(half).join('')]] : [];
  }

  async function help(own) {
    const tries = await Promise.all(fewer(state.q.trim()).map(async ([q, word]) =>
      ({ q, word, n: (await jianyan.search(asked({ ...state, q }), { limit: 0 })).total })));
    const useful = tries.filter(one => one.n);
    if (own !== run || !useful.length) return;
    notes.append(text('p', '', t(useful[0].word ? 'result.fewer' : 'result.or')), make('ul', {}, ...useful.map(({ q, word, n }) =>
      make('li', {}, make('a', {
        href: '#' + fragment({ ...state, q }),
        textContent: word ? t('result.without', { word, n }) : t('result.try', { word: q, n })
      })))));
  }

  // ---- the search ----

  /** Searches at once over what is loaded; files are asked for only when no key was pressed for a while. */
  async function search(typing) {
    const own = ++run, query = asked(state), current = () => own === run;
    const pause = typing ? () => new Promise(resolve => setTimeout(resolve, 120)) : undefined;
    document.body.classList.toggle('searching', Boolean(query));
    find('[data-found]').hidden = !query;
    find('[data-front]').hidden = Boolean(query);
    if (!query) {
      delete total.dataset.count;
      total.textContent = list.textContent = notes.textContent = '';
      return;
    }
    try {
      const found = await jianyan.search(query, { limit, without, current, sort: state.sort, ...(pause && { pause }) });
      if (!found || !current()) return;
      answer = found;
      show();
      await count(current);
      if (current() && !answer.total && state.q.trim()) await help(own);
    } catch (error) {
      if (current()) total.textContent = t('result.failed');
      throw error;
    }
  }

  const typed = () => { if (!composing) take({ ...state, q: box.value }, true); };

  box.addEventListener('compositionstart', () => { composing = true; });
  box.addEventListener('compositionend', () => { composing = false; typed(); });
  box.addEventListener('input', typed);
  form.addEventListener('submit', event => {
    event.preventDefault();
    take({ ...state, q: box.value });
  });
  within.addEventListener('submit', event => {
    event.preventDefault();
    const [input] = within.elements, q = `${state.q} ${input.value}`.trim();
    box.value = q;
    input.value = '';
    take({ ...state, q });
  });
  sort.addEventListener('change', () => take({ ...state, sort: sort.value }));
  find('[data-export]').addEventListener('click', () => exportList(answer));
  more.addEventListener('click', () => { limit += 2 * PAGE; search(); });

  addEventListener('keydown', event => {
    const { key, target } = event, step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (key === 'Escape' && fragment({ ...state, q: box.value })) {
      event.preventDefault();
      box.value = '';
      box.focus();
      take({ q: '', sort: '', chosen: {} });
    } else if (step && (target === box || list.contains(target))) {
      const stops = [box, ...list.querySelectorAll('h3 a')], next = stops[stops.indexOf(target) + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
    }
  });

  /** Follows the address: at the start, and when one goes back and forth. */
  function follow() {
    const from = params(), was = fragment(state);
    state = { q: from.get('q') || '', sort: from.get('sort') || '', chosen: {} };
    for (const facet of FACETS) state.chosen[facet] = from.getAll(facet);
    if (run && fragment(state) === was) return;
    box.value = state.q;
    sort.value = state.sort;
    limit = PAGE;
    search();
  }

  facets.open = matchMedia('(min-width: 62.01rem)').matches;
  addEventListener('hashchange', follow);
  addEventListener('popstate', follow);
  // Once search/current.js, which the page names itself to have it early, has arrived.
  addEventListener('DOMContentLoaded', () => {
    follow();
    if (!state.q) box.focus();
  });
})(jianyan);
