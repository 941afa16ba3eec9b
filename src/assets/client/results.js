/* The search page: the box and the results as one types; the state is the fragment. facets.js and tools.js
   join it once the first results stand. */
(jianyan => {
  'use strict';

  const form = document.querySelector('[data-search]');
  if (!form) return;

  const { t, params, make, script } = jianyan.page, PAGE = 10;
  const FACETS = ['kind', 'line', 'unit', 'department', 'year', 'level', 'form', 'rank', 'case_level', 'state', 'tag'];
  const find = selector => document.querySelector(selector);
  const box = form.elements.q, total = find('#total'), list = find('#results'), notes = find('[data-notes]');
  const more = find('[data-more]'), tools = find('[data-tools]'), within = find('[data-within]'), sort = find('[data-sort]');
  let state = { q: '', sort: '', chosen: {} }, without = [], limit = PAGE, run = 0, composing = false, answer = null;

  const text = (tag, className, textContent) => make(tag, { className, textContent });
  const button = (properties, onclick, ...children) => make('button', { type: 'button', onclick, ...properties }, ...children);

  // ---- state ----

  const fragment = of => new URLSearchParams([['q', of.q.trim()], ['sort', of.sort]].filter(([, value]) => value)
    .concat(FACETS.flatMap(facet => (of.chosen[facet] || []).map(value => [facet, value])))).toString();

  /** The query with its filters, which come first: an open quotation would swallow them. */
  const asked = of => FACETS.flatMap(facet => (of.chosen[facet] || []).map(value => {
    const [open, close] = value.includes('"') ? '「」' : '""';
    return `${facet}:${open}${value}${close}`;
  })).concat(of.q).join(' ').trim();

  /** Takes a new state, as a step of the history or, while one types, in place of the present one. */
  function take(next, typing) {
    if (next.q !== state.q) without = [];
    state = next;
    limit = PAGE;
    const url = '#' + fragment(next);
    if (url !== (location.hash || '#')) history[typing ? 'replaceState' : 'pushState'](null, '', url);
    search(typing);
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
    const [shown] = jianyan.snippets(plan, [{ text: title }], 1).shown;
    return shown.parts.join('') === title ? marked(shown) : [title];
  }

  const passage = shown => [text('span', 'section', shown.section), ...marked(shown)];

  /** Shows the other passages of a hit in place of the button. */
  async function showMore(hit, row) {
    await jianyan.loadColumns();
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
  const noted = ({ code }) => code !== 'query.synonyms';
  const remark = note => make('p', {}, noted(note) ? t(note.code, note)
    : button({ className: 'plain', textContent: t('result.synonyms', note) }, () => {
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

  /** What facets.js takes and adds to. */
  const view = jianyan.view = {
    FACETS, text, button, asked, fragment, take,
    get state() { return state; },
    get answer() { return answer; },
    get without() { return without; }
  };

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
      script('tools');
      return;
    }
    try {
      const found = await jianyan.search(query, { limit, without, current, sort: state.sort, ...(pause && { pause }) });
      // What a note says stands in facets.js.
      if (found && found.notes.some(noted)) await script('facets');
      if (!found || !current()) return;
      answer = found;
      show();
      const facets = script('facets');
      script('tools');
      await facets;
      if (current()) await view.refine(current);
    } catch (error) {
      script('tools');
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

  addEventListener('hashchange', follow);
  addEventListener('popstate', follow);
  // Once search/current.js, which the page names itself to have it early, has arrived.
  addEventListener('DOMContentLoaded', () => {
    follow();
    if (!state.q) box.focus();
  });
})(jianyan);
