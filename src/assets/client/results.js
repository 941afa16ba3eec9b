/* The search page: the box, results as one types, facets; the state is the fragment. */
(jianyan => {
  'use strict';

  const form = document.querySelector('[data-search]');
  if (!form) return;

  const { t, params } = jianyan.page, FACETS = ['kind', 'unit', 'year'], PAGE = 20, SHORT = 8;
  const find = selector => document.querySelector(selector);
  const box = form.elements.q, total = find('#total'), list = find('#results'), notes = find('[data-notes]');
  const facets = find('[data-facets]'), more = find('[data-more]');
  let state = { q: '' }, without = [], limit = PAGE, run = 0, timer = 0, composing = false;

  /** Makes an element from a tag, properties and children. */
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const text = (tag, className, textContent) => make(tag, { className, textContent });
  const button = (properties, onclick, ...children) => make('button', { type: 'button', onclick, ...properties }, ...children);

  const named = (facet, value) =>
    facet === 'kind' ? t('kind.' + value) : facet === 'year' ? t('filter.year_value', { year: value }) : value;

  // ---- state ----

  const fragment = of => new URLSearchParams(Object.entries({ ...of, q: of.q.trim() }).filter(([, value]) => value)).toString();

  /** The query with its filters, which come first: an open quotation would swallow them. */
  const asked = of => FACETS.filter(facet => of[facet]).map(facet => `${facet}:"${of[facet]}"`).concat(of.q).join(' ').trim();

  /** Takes a new state: as a step of the history, or in place of the present one while typing. */
  function take(next, step) {
    if (next.q !== state.q) without = [];
    state = next;
    limit = PAGE;
    const url = '#' + fragment(next);
    if (url !== (location.hash || '#')) history[step ? 'pushState' : 'replaceState'](null, '', url);
    search();
  }

  function toggle(facet, value) {
    const { [facet]: old, ...next } = state;
    take(old === value ? next : { ...state, [facet]: value }, true);
  }

  // ---- results ----

  /** The page of a hit, told what to mark: the words, and what the snippet marks in their place (a
      synonym, another way to write an article). */
  function link(hit) {
    const others = new Set(hit.parts.filter((part, i) => i % 2 && !state.q.includes(part)));
    const q = [state.q, ...[...others].map(part => `"${part}"`)].join(' ');
    return hit.meta.url + '#' + new URLSearchParams({ q, at: hit.anchor });
  }

  const marked = parts => parts.map((part, i) => i % 2 ? text('mark', '', part) : part);

  /** A title with its marks; a snippet cuts a long one, which then goes without. */
  function titled(title, plan) {
    const { parts } = jianyan.snippet(plan, { b: [['', '', [title]]] });
    return parts.join('') === title ? marked(parts) : [title];
  }

  function card(hit, plan) {
    const { id, title, kind, score, tier, section, parts, meta } = hit;
    const badges = [['kind kind-' + kind, t('kind.' + kind)], ...meta.badges.map(key => [key, t('badge.' + key)])];
    const around = [...meta.unit, meta.line.join('、'), meta.date].filter(Boolean);
    const element = make('article', { className: 'card' },
      make('h3', { className: 'card-title' }, make('a', { href: link(hit), lang: 'zh-CN' }, ...titled(title, plan))),
      make('p', { className: 'snippet', lang: 'zh-CN' }, text('span', 'section', section), ...marked(parts)),
      make('p', { className: 'card-meta' }, ...badges.flatMap(([key, word]) => [text('span', 'badge ' + key, word), ' ']),
        ...around.flatMap(part => [text('span', 'part', part), ' '])));
    Object.assign(element.dataset, { id, score, tier });
    return element;
  }

  /** What was understood in a particular way; synonyms can be taken away. */
  const remark = (answer, { code, about }) => make('p', {}, code !== 'query.synonyms' ? t(code, { about })
    : button({ className: 'plain', textContent: t('result.synonyms', { about }) }, () => {
      without = answer.plan.marks.map(word => word.normal);
      search();
    }));

  function show(answer) {
    const cards = answer.hits.map(hit => card(hit, answer.plan)), first = answer.hits.findIndex(hit => hit.tier === 'related');
    if (first >= 0) cards.splice(first, 0, text('h2', 'divider', t('result.related')));
    list.replaceChildren(...cards);
    more.hidden = answer.hits.length >= answer.total + answer.related;
    notes.replaceChildren(...answer.notes.map(note => remark(answer, note)));
    total.textContent = answer.total ? t('result.total', { n: answer.total }) : t('result.none', { query: state.q.trim() });
    total.dataset.count = answer.total;
  }

  // ---- facets ----

  function facetOf(facet, counts = {}) {
    const chosen = state[facet], values = Object.keys(counts);
    if (chosen && !counts[chosen]) values.push(chosen);
    values.sort((a, b) => facet === 'year' ? b - a : counts[b] - counts[a] || (a < b ? -1 : 1));
    const rows = values.map((value, i) => {
      const row = button({}, () => toggle(facet, value), text('span', '', named(facet, value)), text('span', 'count', counts[value] || 0));
      row.dataset.value = value;
      row.setAttribute('aria-pressed', chosen === value);
      return make('li', { hidden: i >= SHORT && chosen !== value }, row);
    });
    const rest = button({ textContent: t('filter.more'), hidden: rows.every(row => !row.hidden) }, () => {
      rows.forEach(row => { row.hidden = false; });
      rest.hidden = true;
    });
    const section = make('section', { className: 'facet', hidden: !rows.length },
      text('h2', '', t('filter.' + facet)), make('ul', {}, ...rows), rest);
    section.dataset.facet = facet;
    return section;
  }

  function showChips() {
    const set = FACETS.filter(facet => state[facet]);
    const chips = set.map(facet => {
      const value = named(facet, state[facet]), chip = button({ textContent: value + ' ×' }, () => toggle(facet, state[facet]));
      chip.setAttribute('aria-label', t('result.remove', { value }));
      return chip;
    });
    if (set.length) chips.push(button({ textContent: t('result.clear') }, () => take({ q: state.q }, true)));
    find('[data-chips]').replaceChildren(...chips);
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

  async function search() {
    const own = ++run, query = asked(state), current = () => own === run;
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
      const answer = await jianyan.search(query, { limit, without, current });
      if (!current()) return;
      show(answer);
      const counts = await jianyan.facets(answer);
      if (!current()) return;
      facets.replaceChildren(facets.firstElementChild, ...FACETS.map(facet => facetOf(facet, counts[facet])));
      if (!answer.total && state.q.trim()) await help(own);
    } catch (error) {
      if (current()) total.textContent = t('result.failed');
      throw error;
    }
  }

  function typed() {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(() => take({ ...state, q: box.value }), 120);
  }

  box.addEventListener('compositionstart', () => { composing = true; clearTimeout(timer); });
  box.addEventListener('compositionend', () => { composing = false; typed(); });
  box.addEventListener('input', typed);
  form.addEventListener('submit', event => {
    event.preventDefault();
    clearTimeout(timer);
    take({ ...state, q: box.value }, true);
  });
  more.addEventListener('click', () => { limit += PAGE; search(); });

  addEventListener('keydown', event => {
    const { key, target } = event, step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === 'Escape' && fragment({ ...state, q: box.value })) {
      event.preventDefault();
      clearTimeout(timer);
      box.value = '';
      box.focus();
      take({ q: '' }, true);
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
    state = { q: from.get('q') || '' };
    for (const facet of FACETS) if (from.get(facet)) state[facet] = from.get(facet);
    if (run && fragment(state) === was) return;
    box.value = state.q;
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
