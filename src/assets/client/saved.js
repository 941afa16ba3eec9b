/* Saved searches: kept in this browser alone, each with what it found when it was last looked at, and easy to forget. */
(jianyan => {
  'use strict';

  const { t, make, root } = jianyan.page, KEY = 'jianyan.saved:' + new URL(root || './', location.href).pathname;
  /** Searches that are kept, and documents of one that are known again by their ids. */
  const MOST = 30, KNOWN = 300;
  const find = selector => document.querySelector(selector);

  const read = () => {
    try { return [].concat(JSON.parse(localStorage.getItem(KEY)) || []).filter(one => one && typeof one.at === 'string'); } catch (closed) { return []; }
  };
  /** Keeps them; false where the browser keeps nothing. */
  const keep = all => {
    try {
      if (all.length) localStorage.setItem(KEY, JSON.stringify(all.slice(0, MOST)));
      else localStorage.removeItem(KEY);
      return true;
    } catch (closed) { return false; }
  };

  const today = () => {
    const now = new Date(), two = n => String(n).padStart(2, '0');
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };

  /** What an answer holds now: how many documents, and where they are few, which. */
  async function standing({ total, strict, run: { bundle } }) {
    const passages = total > KNOWN ? null : await Promise.all(strict.map(({ doc }) => bundle.passage(doc, 0)));
    return { total, ids: passages && passages.map(({ m }) => m.id), day: today() };
  }

  const row = one => {
    const more = make('span', { className: 'count' }), remove = make('button', { type: 'button', className: 'plain', textContent: t('saved.remove') });
    const item = make('li', {}, make('a', { href: '#' + one.at, textContent: one.name }), ' ', more, ' ', remove);
    remove.setAttribute('aria-label', t('saved.remove_one', { name: one.name }));
    remove.addEventListener('click', () => {
      keep(read().filter(({ at }) => at !== one.at));
      list();
    });
    return { item, more };
  };

  /** What a search asks for, by its address. */
  const stateOf = at => {
    const from = new URLSearchParams(at), { FACETS } = jianyan.view;
    return { q: from.get('q') || '', chosen: Object.assign({}, ...FACETS.map(facet => ({ [facet]: from.getAll(facet) }))) };
  };

  let panel = null;
  /** The list of them on the home page, with how many documents each has found since. */
  async function list() {
    const front = find('[data-front]'), all = read();
    if (panel) panel.remove();
    panel = null;
    if (!front || !all.length) return;
    const forget = make('button', { type: 'button', className: 'plain section-more', textContent: t('saved.clear') });
    forget.addEventListener('click', () => { keep([]); list(); });
    const rows = all.map(row), heading = make('h2', { id: 'page-saved', textContent: t('saved.title') });
    panel = make('section', { className: 'saved' }, make('div', { className: 'section-head' }, heading, forget), make('ul', { className: 'short' }, ...rows.map(({ item }) => item)),
      make('p', { className: 'hint', textContent: t('saved.hint') }));
    panel.setAttribute('aria-labelledby', 'page-saved');
    (front.querySelector('.shelves') || front).prepend(panel);
    const own = panel;
    for (const [i, one] of all.entries()) {
      const { total } = await jianyan.search(jianyan.view.asked(stateOf(one.at)), { limit: 0, related: false });
      if (own !== panel) return;
      rows[i].more.textContent = t(total > one.total ? 'saved.more' : 'saved.count', { n: total, more: total - one.total });
    }
  }

  /** The button that keeps a search, or forgets it. */
  function offer(button) {
    const at = jianyan.view.fragment(jianyan.view.state), is = read().some(one => one.at === at);
    button.textContent = t(is ? 'saved.kept' : 'saved.keep');
    button.setAttribute('aria-pressed', is);
  }

  async function toggle(button) {
    const { view } = jianyan, at = view.fragment(view.state), others = read().filter(one => one.at !== at);
    const name = [view.state.q.trim(), ...view.FACETS.flatMap(facet => view.state.chosen[facet] || [])].filter(Boolean).join(' ');
    const kept = others.length < read().length ? keep(others) : keep([{ at, name, ...await standing(view.answer) }, ...others]);
    offer(button);
    if (!kept) button.textContent = t('saved.closed');
  }

  /** Says what is new in a search that is kept, marks it, and notes that it was looked at. */
  async function looked(notes) {
    const { view } = jianyan, at = view.fragment(view.state), all = read(), one = all.find(other => other.at === at);
    if (!one) return;
    const now = await standing(view.answer), known = new Set(one.ids || now.ids || []);
    const fresh = one.ids && now.ids ? now.ids.filter(id => !known.has(id)).length : Math.max(0, now.total - one.total);
    if (view.fragment(view.state) !== at) return;
    notes.prepend(make('p', { className: 'saved-said', textContent: t(fresh ? 'saved.fresh' : 'saved.none', { day: one.day, n: fresh }) }));
    if (one.ids && now.ids) for (const card of document.querySelectorAll('#results [data-tier=strict]')) {
      if (!known.has(card.dataset.id)) card.querySelector('.card-meta').prepend(make('span', { className: 'badge fresh', textContent: t('saved.badge') }), ' ');
    }
    keep(all.map(other => other === one ? { ...one, ...now } : other));
  }

  jianyan.saved = { list, offer, toggle, looked };
})(jianyan);
