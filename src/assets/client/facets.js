/* What narrows results down and takes them along: facets with live counts, chips, the list as a table, other queries
   when nothing was found. Loaded once the first results stand. */
(jianyan => {
  'use strict';

  const { view } = jianyan, { FACETS, text, button, asked, fragment, take } = view, { t, make, script } = jianyan.page;
  const SHORT = 8, BATCH = 50, ENOUGH = 10, SENTENCE = 6, find = selector => document.querySelector(selector);
  const facets = find('[data-facets]'), notes = find('[data-notes]'), chinese = document.documentElement.lang.startsWith('zh');

  /** A value of a facet in words. */
  function named(facet, value) {
    if (facet === 'kind') return t('kind.' + value);
    if (facet === 'year') return t('filter.year_value', { year: value });
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
      rows.forEach(row => { row.hidden = false; });
      rest.hidden = true;
    });
    return [make('ul', {}, ...rows), rest];
  }

  function facetOf(facet, counts = {}) {
    const empty = !Object.keys(counts).length && !chosenOf(facet).length;
    const section = make('section', { className: 'facet', hidden: empty }, text('h2', '', t('filter.' + facet)),
      ...(empty ? [] : facet === 'year' ? histogram(counts) : values(facet, counts)));
    section.dataset.facet = facet;
    return section;
  }

  /** Counts of the results; those of a facet of which something is chosen as if nothing were, as one may choose more. */
  async function count(current) {
    const counts = await jianyan.facets(view.answer, FACETS);
    for (const facet of FACETS.filter(facet => chosenOf(facet).length)) {
      const wider = await jianyan.search(asked({ ...view.state, chosen: chosenBut(facet, []) }), { limit: 0, without: view.without, current });
      if (!wider) return;
      Object.assign(counts, { [facet]: undefined }, await jianyan.facets(wider, [facet]));
    }
    if (!current()) return;
    // The value that was just chosen keeps the focus.
    const held = facets.contains(document.activeElement) && document.activeElement.dataset.value;
    const from = held && document.activeElement.closest('[data-facet]').dataset.facet;
    facets.replaceChildren(facets.firstElementChild, ...FACETS.map(facet => facetOf(facet, counts[facet])));
    const again = held && Array.from(facets.querySelectorAll(`[data-facet="${from}"] [data-value]`)).find(row => row.dataset.value === held);
    if (again) again.focus({ preventScroll: true });
    showChips();
  }

  function showChips() {
    const chips = [].concat(...FACETS.map(facet => chosenOf(facet).map(value => {
      const name = named(facet, value), chip = button({ textContent: name + ' ×' }, () => toggle(facet, value));
      chip.setAttribute('aria-label', t('filter.remove', { value: name }));
      return chip;
    })));
    if (chips.length) chips.push(button({ textContent: t('filter.clear') }, () => take({ ...view.state, chosen: {} })));
    find('[data-chips]').replaceChildren(...chips);
  }

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

  const near = find('#nearest'), SPELT = ['sound', 'similar', 'synonym'];

  /** Offers what finds something, and shows what the likeliest spelling finds; tells whether there is one. */
  async function help(current) {
    const ideas = await jianyan.help(asked(view.state)), meant = ideas.find(({ why }) => SPELT.includes(why));
    if (!current()) return false;
    if (!ideas.length) {
      const ways = ['lists', 'laws'].map(name => find(`.site-nav a[href$="${name}/index.html"]`)).filter(Boolean);
      notes.append(make('p', {}, t('filter.browse'), ...ways.flatMap(way => [' ', way.cloneNode(true)])));
      return false;
    }
    const way = ({ q, text }) => make('a', { href: '#' + fragment({ ...view.state, q, chosen: {} }), textContent: text });
    notes.append(make('ul', {}, ...ideas.map(idea => make('li', {}, way(idea)))));
    const found = meant && await jianyan.search(meant.q, { current });
    if (found && current()) near.replaceChildren(text('h2', 'divider', t('filter.meant', { q: meant.q })),
      ...found.hits.map(({ title, meta }) => make('p', {},
        make('a', { href: meta.url + '#' + new URLSearchParams({ q: meant.q }), textContent: title, lang: 'zh-CN' }), ' ', text('span', 'count', meta.date))));
    return Boolean(meant);
  }

  view.refine = async current => {
    near.textContent = '';
    await count(current);
    if (!current()) return;
    const { total, related, plan } = view.answer;
    const meant = !total && view.state.q.trim() && await help(current);
    if (total + related < ENOUGH && current() && !(meant && plan.tokens.length < SENTENCE) && jianyan.hasNearest(view.answer)) {
      await script('similar');
      await jianyan.showNearest(near, view.answer, current);
    }
  };

  find('[data-export]').addEventListener('click', () => exportList(view.answer));
  const wide = matchMedia('(min-width: 62.01rem)');
  facets.open = wide.matches;
  facets.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || wide.matches || !facets.open) return;
    event.preventDefault();
    facets.open = false;
    facets.firstElementChild.focus();
  });
})(jianyan);
