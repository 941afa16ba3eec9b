/* What narrows results down and takes them along: facets with live counts, chips, the list as a table, other queries
   when nothing was found. Loaded once the first results stand. */
(jianyan => {
  'use strict';

  const { view } = jianyan, { text, button, asked, fragment, take, link, passage } = view, { t, make, script, root } = jianyan.page;
  /** Those that this site shows; of the late ones the values are counted when somebody asks, of the single ones none where all have one. */
  const FACETS = view.FACETS.filter(facet => t('filter.' + facet) !== 'filter.' + facet), LATE = ['author'], SINGLE = ['series', 'folder', 'court', 'case_type'], asking = new Set();
  const MORE = 20, SHORT = 8, BATCH = 50, find = selector => document.querySelector(selector);
  const facets = find('[data-facets]'), notes = find('[data-notes]'), chinese = document.documentElement.lang.startsWith('zh');

  /** A value of a facet in words. */
  function named(facet, value) {
    if (facet === 'kind') return t('kind.' + value);
    if (facet === 'year') return /^\d*(\.\.)?\d*$/.test(value) ? t('filter.year_value', { year: value }) : value;
    const column = view.answer.run.bundle.columns[facet], names = column && column.values.find(([name]) => name === value);
    return (chinese && names && names[1]) || value;
  }

  /** What is chosen of a facet. */
  const chosenOf = facet => view.state.chosen[facet] || [];
  const chosenBut = (facet, values) => ({ ...view.state.chosen, [facet]: values });
  const choose = (facet, values) => take({ ...view.state, chosen: chosenBut(facet, values) });

  function toggle(facet, value) {
    const old = chosenOf(facet);
    choose(facet, old.includes(value) ? old.filter(one => one !== value) : old.concat(value));
  }

  /** A value that can be chosen, with its count. */
  function valueOf(facet, value, count, ...children) {
    const row = button({}, () => toggle(facet, value), ...children);
    row.dataset.value = value;
    row.setAttribute('aria-pressed', chosenOf(facet).includes(value));
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
    const [range = ''] = chosenOf('year'), ends = range.split('..');
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
    const chosen = chosenOf(facet), all = Object.keys(counts).concat(chosen.filter(value => !counts[value]));
    all.sort((a, b) => (counts[b] || 0) - (counts[a] || 0) || (a < b ? -1 : 1));
    const rows = all.map((value, i) => make('li', { hidden: i >= SHORT && !chosen.includes(value) },
      valueOf(facet, value, counts[value] || 0, text('span', '', named(facet, value)), text('span', 'count', counts[value] || 0))));
    const rest = button({ textContent: t('filter.more'), hidden: rows.every(row => !row.hidden) }, () => {
      const next = rows.find(row => row.hidden);
      rows.forEach(row => { row.hidden = false; });
      rest.hidden = true;
      next.firstChild.focus();
    });
    return [make('ul', {}, ...rows), rest];
  }

  function facetOf(facet, counts = {}) {
    const column = view.answer.run.bundle.columns[facet], waits = LATE.includes(facet) && facet in view.answer.run.bundle.head.facets && !asking.has(facet) && !chosenOf(facet).length;
    const empty = !chosenOf(facet).length && !waits && (!Object.keys(counts).length || SINGLE.includes(facet) && column && column.values.length < 2);
    const section = make('section', { className: 'facet', hidden: empty || waits && !view.answer.total }, text('h2', '', t('filter.' + facet)),
      ...(waits ? [button({ textContent: t('filter.show') }, () => {
        asking.add(facet);
        count(() => true).then(() => { const first = facets.querySelector(`[data-facet="${facet}"] [data-value]`); if (first) first.focus(); });
      })] : empty ? [] : facet === 'year' ? histogram(counts) : values(facet, counts)));
    section.dataset.facet = facet;
    return section;
  }

  /** Counts of the results; those of a facet of which something is chosen as if nothing were, as one may choose more. */
  async function count(current) {
    const counts = await jianyan.facets(view.answer, FACETS.filter(facet => !LATE.includes(facet) || asking.has(facet)));
    for (const facet of FACETS.filter(facet => chosenOf(facet).length)) {
      const wider = await jianyan.search(asked({ ...view.state, chosen: chosenBut(facet, []) }), { limit: 0, without: view.without, current });
      if (!wider) return;
      Object.assign(counts, { [facet]: undefined }, await jianyan.facets(wider, [facet]));
    }
    if (!current()) return;
    // What was just chosen keeps the focus, or the field of the range.
    const hand = document.activeElement, section = facets.contains(hand) && hand.closest('[data-facet]'), from = section && section.dataset.facet;
    const held = section && hand.dataset.value, field = section && hand.form ? [...hand.form.elements].indexOf(hand) : -1;
    facets.replaceChildren(facets.firstElementChild, ...FACETS.map(facet => facetOf(facet, counts[facet])));
    const again = field >= 0 ? facets.querySelector(`[data-facet="${from}"] form`).elements[field] : held && Array.from(facets.querySelectorAll(`[data-facet="${from}"] [data-value]`)).find(row => row.dataset.value === held);
    if (again) again.focus({ preventScroll: true });
    showChips();
  }

  /** What is asked for, as paper has it. */
  const said = text('p', 'found-said', '');
  find('[data-chips]').before(said);

  function showChips() {
    const place = find('[data-chips]'), held = [...place.children].indexOf(document.activeElement);
    const chips = [].concat(...FACETS.map(facet => chosenOf(facet).map(value => {
      const name = named(facet, value), chip = button({ textContent: name + ' ×' }, () => toggle(facet, value));
      chip.setAttribute('aria-label', t('filter.remove', { value: name }));
      return chip;
    })));
    if (chips.length) chips.push(button({ textContent: t('filter.clear') }, () => take({ ...view.state, chosen: {} })));
    said.textContent = t('filter.said', { query: view.state.q.trim() || '—' })
      + FACETS.flatMap(facet => chosenOf(facet).map(value => t('filter.chosen', { facet: t('filter.' + facet), value: named(facet, value) }))).join('');
    place.replaceChildren(...chips);
    // The focus stays where the hand was.
    if (held >= 0) (chips[Math.min(held, chips.length - 1)] || find('#total')).focus({ preventScroll: true });
  }

  /** Takes away of the state what a link asks for and nothing can be found by, and says so. */
  view.check = async () => {
    const { state } = view, run = new jianyan.Run(await jianyan.open(), null), refused = [];
    /** The value as the site has it; nothing where it can't be found by. */
    const known = (facet, value) => {
      const { normal } = jianyan.analyzer;
      if (!value.trim()) return '';
      if (facet === 'year') {
        const times = jianyan.query.timesOf(value), [{ column, range: [from, to] }] = times.length ? times : [{ range: [] }];
        return times.length === 1 && column === 'year' && from === to ? String(from) : times.length ? value : '';
      }
      const own = jianyan.columns.column(run, facet);
      if (!own) return value;
      const names = own.values.find(names => names.some(name => normal(name).trim() === normal(value).trim()));
      if (names) return names[0];
      return jianyan.looks[facet] === 'contains' && own.values.some(([name]) => normal(name).includes(normal(value).trim())) ? value : '';
    };
    const refuse = (facet, value) => refused.push(t('filter.refused', { value: `${t('filter.' + facet)}：${value}` }));
    await run.settle(() => FACETS.forEach(facet => chosenOf(facet).forEach(value => known(facet, value))));
    for (const facet of FACETS) {
      const values = chosenOf(facet).map(value => known(facet, value) || refuse(facet, value));
      state.chosen[facet] = values.filter((value, i) => typeof value === 'string' && values.indexOf(value) === i);
    }
    if (!['', 'date', 'level'].includes(state.sort)) {
      refuse('sort', state.sort);
      state.sort = '';
    }
    state.refused = (state.refused || []).concat(refused);
  };

  /** Why nothing is there. */
  view.none = () => {
    const { empty, filters, excluded, notes } = view.answer.plan, note = notes.find(({ code }) => /dangling|bad-filter/.test(code));
    if (empty && note) return t(note.code, note);
    const typed = view.state.q.trim(), query = typed.length > 60 ? typed.slice(0, 60) + '…' : typed;
    return t('filter.none.' + (empty ? 'signs' : !query ? 'empty' : filters.length + excluded.length ? 'within' : 'all'), { query });
  };

  let looked = 0;
  /** Looks whether the site was built anew since the page was opened: once in two seconds, or at once where a file is gone. */
  view.renewed = async gone => {
    const now = Date.now();
    if (!gone && now < looked + 2000) return false;
    looked = now;
    try {
      return await jianyan.renew('?' + now);
    } catch (error) {
      // Another program's files are for another program's page.
      if (error.message === 'format') location.reload();
      return false;
    }
  };

  /** Shows the other passages of a hit in place of the button. */
  view.showMore = async (hit, row) => {
    const others = (await jianyan.passages(view.answer, hit)).filter(shown => !hit.parts.join('').startsWith(shown.parts.join('')));
    const lines = others.map(shown => make('p', { className: 'snippet', lang: 'zh-CN' }, make('a', { href: link(hit, shown) }, ...passage(shown))));
    const next = lines.length ? lines[0].firstChild : row.parentNode.querySelector('a');
    row.replaceWith(...lines);
    next.focus({ preventScroll: true });
  };

  // ---- the list as a file ----

  /** A cell of a table; one that a spreadsheet would compute is guarded (sheet.js and src/cli/table.rs alike). */
  const FORMULA = /^(?:[\t\r]|[\s\p{Cf}\u034F\u115F\u1160\u3164\uFFA0\uFE00-\uFE0F\u{E0100}-\u{E01EF}]*[=+\-@＝＋－＠])/u;
  const cell = value => `"${String(value).replace(/(?![\t\n\r])\p{Cc}/gu, '').replace(FORMULA, "'$&").replace(/"/g, '""')}"`;

  /** Hands over all strict documents as a table. */
  async function exportList(from) {
    const rows = [['#', ...t('filter.columns').split('|')]], { strict, run: { bundle } } = from;
    for (let at = 0; at < strict.length; at += BATCH) {
      const found = await Promise.all(strict.slice(at, at + BATCH).map(({ doc }) => bundle.passage(doc, 0)));
      found.forEach(({ m }, i) => rows.push([at + i + 1, m.title, t('kind.' + m.kind), m.date, m.unit.join('、'), m.line.join('、'),
        m.badges.map(key => t('badge.' + key)).join('、'), m.id]));
    }
    const table = '\uFEFF' + rows.map(row => row.map(cell).join(',') + '\r\n').join('');
    const href = URL.createObjectURL(new Blob([table], { type: 'text/csv' }));
    make('a', { href, download: t('filter.file') + '.csv' }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10000);
  }

  // ---- little or nothing found ----

  /** Offers what finds something. */
  async function help(current) {
    const ideas = await jianyan.help(view.state.q);
    if (!current()) return;
    if (!ideas.length) {
      const ways = ['lists', 'laws'].map(name => find(`.site-nav a[href$="${name}/index.html"]`)).filter(Boolean);
      notes.append(make('p', {}, t('filter.browse'), ...ways.flatMap(way => [' ', way.cloneNode(true)])));
      return;
    }
    const way = ({ q, text }) => make('a', { href: '#' + fragment({ ...view.state, q, chosen: {} }), textContent: text });
    notes.append(make('ul', {}, ...ideas.map(idea => make('li', {}, way(idea)))));
  }

  /** Under filters, what taking one of them off finds, or all of them; tells whether anything. */
  async function widen(current) {
    const { state } = view, off = FACETS.flatMap(facet => chosenOf(facet).map(value =>
      [t('filter.without', { value: named(facet, value) }), chosenBut(facet, chosenOf(facet).filter(other => other !== value))]));
    if (off.length > 1) off.push([t('filter.clear'), {}]);
    const rows = [];
    for (const [label, chosen] of off) {
      const wider = await jianyan.search(asked({ ...state, chosen }), { limit: 0, related: false, without: view.without });
      if (wider.total) rows.push(make('li', {}, button({ className: 'plain', textContent: t('filter.finds', { label, n: wider.total }) }, () => take({ ...state, chosen }))));
    }
    if (rows.length && current()) notes.append(make('ul', {}, ...rows));
    return rows.length;
  }

  // ---- searches that are kept, and people ----

  const KEPT = 'jianyan.saved:' + new URL(root || './', location.href).pathname;
  const save = button({ textContent: t('saved.keep') }, () => script('saved').then(() => jianyan.saved.toggle(save)));
  save.dataset.save = '';
  find('[data-export]').before(save, ' ');

  /** Whether anything is kept here; a browser that keeps nothing has nothing. */
  const hasKept = () => {
    try { return Boolean(localStorage.getItem(KEPT)); } catch (closed) { return false; }
  };

  /** What else is known of the search itself. */
  async function beside(current) {
    const name = view.state.q.trim();
    if (name.length < 12 && t('filter.initials').includes(name[0])) {
      await script('person');
      if (current()) find('[data-notes]').prepend(...jianyan.person(name));
    }
    save.textContent = t('saved.keep');
    save.setAttribute('aria-pressed', false);
    if (!current() || !hasKept()) return;
    await script('saved');
    if (!current()) return;
    jianyan.saved.offer(save);
    await jianyan.saved.looked(find('[data-notes]'));
  }

  /** Offers filters in place of words that count years from the reference day: 去年 is looked for as it stands. */
  async function dated(current) {
    const { state } = view, { readAs } = jianyan.query;
    if (!state.q.split(/\s+/).some(word => readAs(word)) || view.answer.plan.filters.some(({ times }) => times)) return;
    await script('help');
    const ideas = await jianyan.dated(state.q);
    if (current()) notes.append(...ideas.map(({ q, text }) => make('p', {}, make('a', { href: '#' + fragment({ ...state, q }), textContent: text }))));
  }

  view.refine = async current => {
    await count(current);
    if (current()) await dated(current);
    if (current() && view.answer.total) await beside(current);
    if (!current() || view.answer.total || view.answer.plan.empty || !view.state.q.trim()) return;
    if (!await widen(current) && current()) await help(current);
  };

  // ---- the hand ----

  const box = find('[data-search]').elements.q, list = find('#results'), within = find('[data-within]'), sort = find('[data-sort]');

  within.addEventListener('submit', event => {
    event.preventDefault();
    const [input] = within.elements, q = `${view.state.q} ${input.value}`.trim();
    box.value = q;
    input.value = '';
    take({ ...view.state, q });
  });
  sort.addEventListener('change', () => take({ ...view.state, sort: sort.value }));
  // Only a list that is the answer goes on.
  find('[data-more]').addEventListener('click', () => { if (view.limit) view.grow(view.limit + MORE); });

  /** Notes how much of a list is shown and how far down one is, for the way back to it. */
  function remember() {
    if (!view.limit) return;
    const kept = { ...history.state, limit: view.limit, y: scrollY };
    history.replaceState(kept, '');
    try { sessionStorage.setItem('jianyan.view', JSON.stringify([location.href, kept])); } catch (closed) { /* the history has it */ }
  }

  /** From a document's link to its list one comes back to what was noted of it. */
  function comeBack() {
    try {
      const [href, { limit, y }] = JSON.parse(sessionStorage.getItem('jianyan.view'));
      if (sessionStorage.getItem('jianyan.back') === '1' && href === location.href) view.grow(limit, y);
      sessionStorage.removeItem('jianyan.back');
    } catch (closed) { /* nothing is noted */ }
  }

  let resting = 0;
  addEventListener('scroll', () => {
    clearTimeout(resting);
    resting = setTimeout(remember, 150);
  });
  addEventListener('pagehide', remember);

  addEventListener('keydown', event => {
    const { key, target } = event, step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (key === 'Escape') {
      // The first one closes what is open; that of another field is its own.
      const open = find('[data-menu][open], [data-syntax][open]') || !wide.matches && facets.open && facets;
      if (open) {
        event.preventDefault();
        open.open = false;
        return;
      }
      if (target !== box && target !== document.body && !list.contains(target) || !fragment({ ...view.state, q: box.value })) return;
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

  find('[data-export]').addEventListener('click', async () => {
    try {
      await exportList(view.answer).catch(async error => {
        // The site was built anew, and the files of this answer are gone.
        if (!await view.renewed(true)) throw error;
        await exportList(await jianyan.search(asked(view.state), { limit: 0, related: false, without: view.without, sort: view.state.sort }));
      });
    } catch (error) {
      notes.prepend(text('p', '', t('result.failed')));
      throw error;
    }
  });
  const wide = matchMedia('(min-width: 62.01rem)');
  facets.open = wide.matches;
  facets.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || wide.matches || !facets.open) return;
    event.preventDefault();
    facets.open = false;
    facets.firstElementChild.focus();
  });
  comeBack();
})(jianyan);
