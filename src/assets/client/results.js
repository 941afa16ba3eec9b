/* The search page: the box and the results as one types; the state is the fragment. facets.js and tools.js
   join it once the first results stand. */
(jianyan => {
  'use strict';

  const form = document.querySelector('[data-search]');
  if (!form) return;

  const { t, params, make, script } = jianyan.page, PAGE = 10;
  const FACETS = jianyan.filters[0].split('|').map(line => line.split(' ')[0]);
  const find = selector => document.querySelector(selector);
  const box = form.elements.q, total = find('#total'), list = find('#results'), notes = find('[data-notes]');
  const found = find('[data-found]'), more = find('[data-more]'), tools = find('[data-tools]'), sort = find('[data-sort]');
  const name = document.title;
  let state = { q: '', sort: '', chosen: {} }, without = [], limit = PAGE, run = 0, composing = false, answer = null, shown = false;

  const text = (tag, className, textContent) => make(tag, { className, textContent });
  const button = (properties, onclick, ...children) => make('button', { type: 'button', onclick, ...properties }, ...children);

  // ---- state ----

  const fragment = of => new URLSearchParams([['q', of.q.trim()], ['sort', of.sort]].filter(([, value]) => value)
    .concat(FACETS.flatMap(facet => (of.chosen[facet] || []).map(value => [facet, value])))).toString();

  const quoted = value => value.includes('"') ? `「${value}」` : `"${value}"`;

  /** The query with its filters, which come first: an open quotation would swallow them. */
  const asked = of => FACETS.flatMap(facet => (of.chosen[facet] || []).map(value => `${facet}:${quoted(value)}`)).concat(of.q).join(' ').trim();

  /** Takes a new state as a step of the history. While one types it is a single step, which submitting closes. */
  function take(next, typing) {
    if (next.q !== state.q) without = [];
    state = { ...next, refused: [] };
    limit = PAGE;
    const url = '#' + fragment(next), open = (history.state || {}).open;
    if (url !== (location.hash || '#')) history[typing && open ? 'replaceState' : 'pushState']({ open: typing }, '', url);
    else if (!typing) history.replaceState({}, '');
    search(typing);
  }

  // ---- results ----

  /** The page of a hit, told what to mark: the words, and what the snippet marks in their place (a
      synonym, another way to write an article). */
  function link(hit, { parts, anchor }) {
    const others = parts.filter((part, i) => i % 2 && !` ${state.q} `.includes(` ${part} `));
    return hit.meta.url + '#' + new URLSearchParams({ q: [state.q, ...new Set(others.map(quoted))].join(' '), at: anchor });
  }

  const marked = ({ parts, kinds }) => parts.map((part, i) => i % 2 ? text('mark', kinds[i >> 1], part) : part);

  /** A title with its marks; a snippet cuts a long one, which then goes without. */
  function titled(title, tier, plan) {
    const [shown] = jianyan.snippets(plan, tier, [{ text: title }], 1);
    return shown && shown.parts.join('') === title ? marked(shown) : [title];
  }

  const passage = shown => [text('span', 'section', shown.section), ...marked(shown)];

  function card(hit) {
    const { id, title, kind, score, tier, meta } = hit;
    const badges = [['kind kind-' + kind, t('kind.' + kind)], ...meta.badges.map(key => [key, t('badge.' + key)])];
    const around = [...meta.unit, meta.line.join('、'), meta.date].filter(Boolean);
    const others = make('p', { className: 'others', hidden: !hit.more }, button({ className: 'plain', textContent: t('result.passages') }, () => script('facets').then(() => view.showMore(hit, others))));
    const element = make('article', { className: 'card' },
      make('h3', { className: 'card-title' }, make('a', { href: link(hit, hit), lang: 'zh-CN' }, ...titled(title, tier, answer.plan))),
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

  /** Shows what was found; a list that grows keeps what it has. */
  function show(grows) {
    const held = document.activeElement, have = grows ? list.querySelectorAll('.card').length : 0;
    const cards = answer.hits.slice(have).map(card), first = answer.hits.findIndex(hit => hit.tier === 'related');
    if (!have) list.textContent = '';
    list.append(...cards);
    if (first >= have) cards[first - have].before(text('h2', 'divider', t('result.related')));
    more.hidden = answer.hits.length >= answer.total + answer.related;
    tools.hidden = !answer.total;
    notes.replaceChildren(...(answer.plan.empty ? [] : answer.notes.map(remark)), ...(state.refused || []).map(said => text('p', '', said)));
    total.textContent = answer.total ? t('result.total', { n: answer.total }) : view.none();
    total.dataset.count = answer.total;
    found.removeAttribute('aria-busy');
    shown = true;
    // The focus stays where the hand was.
    if (grows && more.hidden && cards.length) cards[0].querySelector('a').focus();
    else if (!held.isConnected) total.focus({ preventScroll: true });
  }

  /** Takes away what was found. */
  function clear(said) {
    delete total.dataset.count;
    for (const one of [list, notes, find('[data-chips]')]) one.textContent = '';
    for (const one of found.querySelectorAll('.facet')) one.remove();
    more.hidden = tools.hidden = true;
    total.textContent = said;
    found.removeAttribute('aria-busy');
  }

  /** What facets.js takes and adds to. */
  const view = jianyan.view = {
    FACETS, text, button, asked, fragment, take, link, passage,
    grow(to, y) { limit = to; search(false, { grows: true, y }); },
    get limit() { return shown && limit; },
    get state() { return state; },
    get answer() { return answer; },
    get without() { return without; }
  };

  // ---- the search ----

  const renewed = gone => script('facets').then(() => view.renewed(gone));

  /** Searches at once over what is loaded; files are asked for only when no key was pressed for a while. With `grows` the
      same list goes on; `y` is where one was in it; `again` it is searched in a bundle that has just been renewed. */
  async function search(typing, { grows, y, again } = {}) {
    const own = ++run, current = () => own === run;
    const waits = typing && { pause: () => new Promise(resolve => setTimeout(resolve, 120)) };
    if (!grows) {
      // Until it is there, nothing that stands there is its answer.
      shown = false;
      more.hidden = true;
      found.setAttribute('aria-busy', true);
      total.textContent = t('result.waiting');
      delete total.dataset.count;
    }
    try {
      if (state.sort || FACETS.some(facet => (state.chosen[facet] || []).length)) {
        await script('facets');
        await view.check();
        if (!current()) return;
      }
      sort.value = state.sort;
      const query = asked(state);
      document.title = state.q.trim() ? `${state.q.trim()} - ${name}` : name;
      history.scrollRestoration = query ? 'manual' : 'auto';
      document.body.classList.toggle('searching', Boolean(query));
      const said = (state.refused || []).join(' ');
      found.hidden = !query && !said;
      find('[data-front]').hidden = Boolean(query);
      if (!query) {
        clear(said);
        return script('tools');
      }
      const result = await jianyan.search(query, { limit, without, current, sort: state.sort, ...waits });
      // What a note says stands in facets.js.
      if (result && result.notes.some(noted)) await script('facets');
      if (!result || !current()) return;
      // What isn't there may have come since the page was opened.
      if (!result.total && !again && await renewed()) return current() && search(false, { again: true });
      if (!current()) return;
      answer = result;
      show(grows);
      if (y) scrollTo(0, y);
      const at = scrollY, facets = script('facets');
      script('tools');
      await facets;
      if (current()) await view.refine(current);
      if (y && current() && scrollY === at) scrollTo(0, y);
    } catch (error) {
      if (current() && !again && await renewed(true).catch(() => false)) return search(false, { again: true });
      script('tools');
      if (current()) clear(t('result.failed'));
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
  /** Follows the address: at the start, and when one goes back and forth. */
  function follow() {
    // A place in the page, such as the skip link's, is not a search.
    if (run && location.hash.length > 1 && !location.hash.includes('=')) return history.replaceState(history.state, '', '#' + fragment(state));
    const asks = location.hash.length < 2 && /[?&]q=/.test(location.search), from = asks ? new URLSearchParams(location.search) : params(), was = fragment(state);
    state = { q: from.get('q') || '', sort: from.get('sort') || '', chosen: {} };
    for (const facet of FACETS) state.chosen[facet] = from.getAll(facet);
    if (asks) history.replaceState(history.state, '', location.pathname + '#' + fragment(state));
    if (run && fragment(state) === was) return;
    const view = history.state || {};
    box.value = state.q;
    limit = view.limit || PAGE;
    search(false, view);
  }

  addEventListener('hashchange', follow);
  addEventListener('popstate', follow);
  // Once search/current.js, which the page names itself to have it early, has arrived.
  addEventListener('DOMContentLoaded', () => {
    follow();
    if (!state.q) box.focus();
  });
})(jianyan);
