/* The search page: the box, results as one types, facets, the state in the fragment. */
(function (jianyan) {
  'use strict';

  const form = document.querySelector('[data-search]');
  if (!form) return;

  const { t, params } = jianyan.page;
  const find = (selector) => document.querySelector(selector);
  const box = form.elements.q, total = find('#total'), list = find('#results'), notes = find('[data-notes]');
  const facets = find('[data-facets]'), chips = find('[data-chips]'), more = find('[data-more]');
  const FACETS = ['kind', 'unit', 'year'], PAGE = 20, SHORT = 8;
  const wide = matchMedia('(min-width: 62.01rem)');
  let state = { q: '' }, without = [], limit = PAGE, run = 0, timer = 0, composing = false;

  /** Makes an element from a tag, properties and children. */
  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  const named = (facet, value) => facet === 'kind' ? t('kind.' + value) : facet === 'year' ? t('filter.year_value', { year: value }) : value;

  // ---- state ----

  function read() {
    const from = params();
    state = { q: from.get('q') || '' };
    for (const facet of FACETS) if (from.get(facet)) state[facet] = from.get(facet);
  }

  function fragment(of) {
    const to = new URLSearchParams();
    if (of.q.trim()) to.set('q', of.q.trim());
    for (const facet of FACETS) if (of[facet]) to.set(facet, of[facet]);
    return to.toString();
  }

  /** Takes a new state: a step of its own in the history, or in place of the present one while typing. */
  function take(next, step) {
    if (next.q !== state.q) without = [];
    state = next;
    limit = PAGE;
    const url = '#' + fragment(next);
    if (url !== (location.hash || '#')) history[step ? 'pushState' : 'replaceState'](null, '', url);
    search();
  }

  /** The query with its filters, which come first: an open quotation would swallow them. */
  const asked = (of, q = of.q) => FACETS.filter((facet) => of[facet])
    .map((facet) => facet + ':"' + of[facet] + '"').concat(q).join(' ').trim();

  // ---- results ----

  /** The page of a hit, told what to mark: the words, and what the snippet marks in their place (a
      synonym, another way to write an article). */
  function link(hit) {
    const others = new Set(hit.parts.filter((text, i) => i % 2 && !state.q.includes(text)));
    const q = [state.q, ...[...others].map((text) => '"' + text + '"')].join(' ');
    return hit.meta.url + '#' + new URLSearchParams({ q, at: hit.anchor });
  }

  function card(hit) {
    const { meta } = hit;
    const badges = [['kind kind-' + hit.kind, t('kind.' + hit.kind)], ...meta.badges.map((key) => [key, t('badge.' + key)])];
    const parts = [...meta.unit, meta.line.join('、'), meta.date].filter(Boolean);
    const element = make('article', { className: 'card' },
      make('h3', { className: 'card-title' }, make('a', { href: link(hit), lang: 'zh-CN', textContent: hit.title })),
      make('p', { className: 'snippet', lang: 'zh-CN' },
        hit.section ? make('span', { className: 'section', textContent: hit.section }) : null, ...hit.parts.map((text, i) => i % 2 ? make('mark', { textContent: text }) : text)),
      make('p', { className: 'card-meta' },
        ...badges.map(([key, textContent]) => make('span', { className: 'badge ' + key, textContent })),
        ...parts.map((textContent) => make('span', { className: 'part', textContent }))));
    Object.assign(element.dataset, { id: hit.id, score: hit.score, tier: hit.tier });
    return element;
  }

  /** What was understood in a particular way; synonyms can be taken away. */
  function remark(note) {
    const text = t(note.code, { about: note.about });
    if (note.group === undefined) return make('p', { textContent: text });
    const button = make('button', { type: 'button', className: 'plain', textContent: text });
    button.addEventListener('click', () => { without.push(note.group); search(); });
    return make('p', {}, button);
  }

  function show(answer) {
    const first = answer.hits.findIndex((hit) => hit.tier === 'related');
    const cards = answer.hits.map(card);
    if (first >= 0) cards.splice(first, 0, make('h2', { className: 'divider', textContent: t('result.related') }));
    list.replaceChildren ? list.replaceChildren(...cards) : (list.textContent = '', list.append(...cards));
    more.hidden = answer.hits.length < limit || answer.hits.length >= answer.total + answer.related;
    total.textContent = answer.total ? t('result.total', { n: answer.total }) : t('result.none', { query: state.q.trim() });
    notes.textContent = '';
    notes.append(...answer.notes.map(remark));
    total.dataset.count = answer.total;
  }

  // ---- facets ----

  function toggle(facet, value) {
    const next = { ...state };
    if (next[facet] === value) delete next[facet];
    else next[facet] = value;
    take(next, true);
  }

  function facetList(facet, counts) {
    const values = Object.keys(counts || {});
    if (state[facet] && !values.includes(state[facet])) values.push(state[facet]);
    values.sort((a, b) => facet === 'year' ? b - a : counts[b] - counts[a] || (a < b ? -1 : 1));
    if (!values.length) return null;
    const rows = values.map((value, i) => {
      const button = make('button', { type: 'button' },
        make('span', { textContent: named(facet, value) }), make('span', { className: 'count', textContent: counts[value] || 0 }));
      button.dataset.value = value;
      button.setAttribute('aria-pressed', state[facet] === value);
      button.addEventListener('click', () => toggle(facet, value));
      return make('li', { hidden: i >= SHORT && state[facet] !== value }, button);
    });
    const rest = make('button', { type: 'button', className: 'rest', textContent: t('filter.more'), hidden: !rows.some((row) => row.hidden) });
    rest.addEventListener('click', () => { rows.forEach((row) => { row.hidden = false; }); rest.hidden = true; });
    const section = make('section', { className: 'facet' }, make('h2', { textContent: t('filter.' + facet) }), make('ul', {}, ...rows), rest);
    section.dataset.facet = facet;
    return section;
  }

  function showFacets(counts) {
    facets.querySelectorAll('.facet').forEach((old) => old.remove());
    facets.append(...FACETS.map((facet) => facetList(facet, counts[facet])).filter(Boolean));
  }

  function showChips() {
    const set = FACETS.filter((facet) => state[facet]);
    const buttons = set.map((facet) => {
      const button = make('button', { type: 'button', textContent: named(facet, state[facet]) + ' ×' });
      button.setAttribute('aria-label', t('result.remove', { value: named(facet, state[facet]) }));
      button.addEventListener('click', () => toggle(facet, state[facet]));
      return button;
    });
    if (set.length) {
      const all = make('button', { type: 'button', textContent: t('result.clear') });
      all.addEventListener('click', () => take({ q: state.q }, true));
      buttons.push(all);
    }
    chips.textContent = '';
    chips.append(...buttons);
  }

  // ---- nothing found ----

  /** Queries that may find something: one word less, or the halves of a long word. */
  function fewer(query) {
    const words = query.split(/\s+/);
    if (words.length > 1) return words.slice(0, 6).map((word, i) => [words.filter((_, j) => j !== i).join(' '), word]);
    const letters = Array.from(query), half = letters.length >> 1;
    return half > 1 ? [letters.slice(0, half), letters.slice(half)].map((part) => [part.join(''), '']) : [];
  }

  async function help(own) {
    const tries = await Promise.all(fewer(state.q.trim()).map(async ([query, word]) =>
      ({ query, word, n: (await jianyan.search(asked(state, query), { limit: 1 })).total })));
    const useful = tries.filter((one) => one.n);
    if (own !== run || !useful.length) return;
    const links = useful.map(({ query, word, n }) => make('li', {}, make('a', {
      href: '#' + fragment({ ...state, q: query }),
      textContent: word ? t('result.without', { word, n }) : t('result.try', { word: query, n })
    })));
    notes.append(make('p', { textContent: t(useful[0].word ? 'result.fewer' : 'result.or') }), make('ul', {}, ...links));
  }

  // ---- the search ----

  async function search() {
    const own = ++run, query = asked(state);
    document.body.classList.toggle('searching', Boolean(query));
    find('[data-found]').hidden = !query;
    find('[data-front]').hidden = Boolean(query);
    showChips();
    if (!query) {
      delete total.dataset.count;
      total.textContent = list.textContent = notes.textContent = '';
      return;
    }
    try {
      const answer = await jianyan.search(query, { limit, without, current: () => own === run });
      if (own !== run) return;
      show(answer);
      const counts = await jianyan.facets(answer, FACETS);
      if (own !== run) return;
      showFacets(counts);
      if (!answer.total && state.q.trim()) await help(own);
    } catch (error) {
      if (own !== run) return;
      total.textContent = t('result.failed');
      list.textContent = '';
      throw error;
    }
  }

  function typed() {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(() => take({ ...state, q: box.value }, false), 120);
  }

  box.addEventListener('compositionstart', () => { composing = true; clearTimeout(timer); });
  box.addEventListener('compositionend', () => { composing = false; typed(); });
  box.addEventListener('input', (event) => { if (!event.isComposing) typed(); });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(timer);
    take({ ...state, q: box.value }, true);
  });
  more.addEventListener('click', () => { limit += PAGE; search(); });

  // ---- keys ----

  addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape' && (box.value || fragment(state))) {
      event.preventDefault();
      box.value = '';
      clearTimeout(timer);
      take({ q: '' }, true);
      box.focus();
    } else if (step && (event.target === box || list.contains(event.target))) {
      const stops = [box, ...list.querySelectorAll('h3 a')];
      const next = stops[stops.indexOf(event.target) + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
    }
  });

  /** Follows the address: at the start, and when one goes back and forth. */
  function follow() {
    const was = fragment(state);
    read();
    if (document.activeElement !== box || box.value.trim() !== state.q) box.value = state.q;
    if (fragment(state) !== was) limit = PAGE;
    if (fragment(state) !== was || !run) search();
  }

  facets.open = wide.matches;
  addEventListener('hashchange', follow);
  addEventListener('popstate', follow);
  follow();
  if (!state.q) box.focus();
})(jianyan);
