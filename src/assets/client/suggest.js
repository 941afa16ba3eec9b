/* Suggestions while one types, and recent searches: a combobox by the ARIA pattern. docs/search.md, section 9. */
(jianyan => {
  'use strict';
  const { t, root, make } = jianyan.page, { words } = jianyan, box = document.querySelector('input[type=search]');
  if (!box) return;

  const MOST = 6, KEPT = 8, LIST = 'page-suggestions', form = box.form, home = 'search' in form.dataset;
  const FILTERS = { tag: '标签:', cause: '案由:', author: '作者:', unit: '单位:', department: '部门:' };

  // ---- recent searches: kept on this machine alone ----

  const place = new URL(root || './', location.href).pathname, KEY = 'jianyan.recent:' + place, OFF = 'jianyan.forget:' + place;
  /** Whatever storage says: it may be closed. */
  const stored = (act, otherwise) => {
    try { return act(localStorage); } catch (closed) { return otherwise; }
  };
  const kept = () => !stored(storage => storage.getItem(OFF), '1');
  const recent = () => stored(storage => [].concat(JSON.parse(storage.getItem(KEY) || '[]')).filter(one => typeof one === 'string'), []);

  function remember(query) {
    query = query.trim();
    if (query && kept()) stored(storage => storage.setItem(KEY, JSON.stringify([query, ...recent().filter(one => one !== query)].slice(0, KEPT))));
  }

  function keep(on) {
    stored(storage => {
      storage.removeItem(on ? OFF : KEY);
      if (!on) storage.setItem(OFF, '1');
    });
  }

  // ---- what fits ----

  /** Values that fit what is typed: two of a class before more of it, from their beginning before inside, then by class
      and frequency. */
  async function fitting(typed) {
    const normal = jianyan.analyzer.normal(typed), letters = normal.replace(/['’]/g, '').replace(/ü/g, 'v'), found = [];
    const values = await words.vocabulary(), latin = /^[a-z]{2,}$/.test(letters), sounds = latin && await words.sounds();
    const look = place => {
      for (const value of values) {
        const at = value.normal === normal ? -1 : place(value);
        if (at >= 0) found.push({ value, inside: at > 0 });
      }
    };
    const readings = value => value.readings || (value.readings = words.readings(value.normal, sounds.of));
    look(value => {
      const at = value.normal.indexOf(normal);
      return at < 0 && latin ? words.spelt(readings(value), letters) : at;
    });
    if (!found.length && latin && letters.length > 2) look(value => words.misspelt(readings(value), letters));
    // In two halves instead of sorted, so that each half keeps its order.
    const last = (list, part) => list.filter(one => !one[part]).concat(list.filter(one => one[part])), counts = {};
    const all = last(found, 'inside');
    for (const one of all) one.late = (counts[one.value.kind] = (counts[one.value.kind] || 0) + 1) > 2;
    return last(all, 'late').slice(0, MOST).map(({ value }) => value);
  }

  // ---- the list ----

  const list = make('ul', { id: LIST }), foot = make('p', { className: 'suggest-foot', hidden: true });
  const popup = make('div', { className: 'suggest', hidden: !home }, list, foot), check = make('input', { type: 'checkbox' });
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', t('suggest.list'));
  foot.append(make('label', {}, check, t('suggest.keep')));
  if (home) form.after(popup);
  else form.append(popup);
  const attributes = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': LIST, 'aria-expanded': 'false' };
  for (const name in attributes) box.setAttribute(name, attributes[name]);

  let run = 0, active = -1;
  const options = () => Array.from(list.children);

  function show(rows, recents) {
    list.replaceChildren(...rows.map(({ label, about, query }, i) => {
      const row = make('li', { id: LIST + '-' + i }, make('span', { className: 'value', textContent: label }), make('span', { className: 'about', textContent: about }));
      row.setAttribute('role', 'option');
      row.setAttribute('aria-selected', 'false');
      row.dataset.query = query;
      return row;
    }));
    foot.hidden = !recents || !rows.length && kept();
    check.checked = kept();
    active = -1;
    box.removeAttribute('aria-activedescendant');
    box.setAttribute('aria-expanded', String(rows.length > 0));
    popup.hidden = !home && !rows.length && foot.hidden;
  }

  function close() {
    run++;
    show([], false);
    foot.hidden = true;
    popup.hidden = !home;
  }

  async function update() {
    if (jianyan.page.composing) return;
    const own = ++run, typed = box.value, word = /\S*$/.exec(typed)[0], before = typed.slice(0, typed.length - word.length);
    if (!typed.trim()) return show(recent().map(query => ({ label: query, about: t('suggest.recent'), query })), true);
    if (!word || /["“「:：]/.test(word)) return close();
    const values = await fitting(word);
    if (own !== run || document.activeElement !== box) return;
    show(values.map(({ kind, text, count }) => {
      const filter = FILTERS[kind], query = filter ? filter + (/\s/.test(text) ? `"${text}"` : text) : text;
      return { label: text, about: t('suggest.' + kind) + (kind === 'title' ? '' : ' ' + count), query: before + query };
    }), false);
  }

  function mark(to) {
    const rows = options();
    if (rows[active]) rows[active].setAttribute('aria-selected', 'false');
    active = to;
    if (!rows[to]) return box.removeAttribute('aria-activedescendant');
    rows[to].setAttribute('aria-selected', 'true');
    rows[to].scrollIntoView({ block: 'nearest', inline: 'nearest' });
    box.setAttribute('aria-activedescendant', rows[to].id);
  }

  function choose(row) {
    box.value = row.dataset.query;
    close();
    form.requestSubmit();
  }

  box.addEventListener('keydown', event => {
    const rows = options(), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const mine = step && rows.length && active + step >= -1 && active + step < rows.length || event.key === 'Escape' && rows.length
      || event.key === 'Enter' && active >= 0;
    if (!mine) {
      if (step === 1 && !box.value) update();
      else if (step || event.key === 'Enter') close();
      return;
    }
    // The page's own keys (next result, clear) wait until the list is closed.
    event.preventDefault();
    event.stopPropagation();
    if (step) mark(active + step);
    else if (event.key === 'Enter') choose(rows[active]);
    else close();
  });

  box.addEventListener('compositionstart', close);
  box.addEventListener('compositionend', update);
  box.addEventListener('input', update);
  box.addEventListener('click', () => { if (!box.value) update(); });
  // Not at once: what moves up when the list goes away must not slip from under a mouse button that is down.
  for (const one of [box, check]) {
    one.addEventListener('blur', () => setTimeout(() => { if (![box, check].includes(document.activeElement)) close(); }, 250));
  }
  // The box keeps the focus while one chooses with the mouse.
  list.addEventListener('mousedown', event => event.preventDefault());
  list.addEventListener('click', ({ target }) => { if (target.closest('li')) choose(target.closest('li')); });
  check.addEventListener('change', () => {
    keep(check.checked);
    box.focus();
    update();
  });
  form.addEventListener('submit', () => {
    remember(box.value);
    close();
  }, true);
  if (home) document.addEventListener('click', ({ target }) => { if (target.closest('#results a')) remember(box.value); });
  update();
})(jianyan);
