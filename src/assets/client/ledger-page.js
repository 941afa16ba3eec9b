/* The page of 调研成果转化台账: its filter, figures, traces and exports; the state is the fragment. */
(jianyan => {
  'use strict';

  const page = document.querySelector('[data-ledger]');
  if (!page) return;

  const { ask, documents, placesOf } = jianyan.ledger, { save } = jianyan.sheet;
  const { t, make } = jianyan.page, internal = page.dataset.audience === 'internal';
  const find = selector => page.querySelector(selector), all = selector => [...page.querySelectorAll(selector)];
  const form = find('[data-filter]'), rows = find('[data-rows]'), panel = find('[data-basis-panel]'), more = find('[data-more]');
  const KEYS = ['unit', 'department', 'person', 'line', 'form', 'level', 'effect', 'since', 'until', 'status', 'unverified'];
  const OPEN = ['unit', 'department', 'person', 'line'], STEP = 50;
  const MEASURES = all('[data-figure]').map(element => element.dataset.figure);
  const DEFAULT = page.dataset.since;
  let state = {}, answer, limit = STEP;

  const text = (tag, className, textContent) => make(tag, { className, textContent });

  // ---- words: src/site/ledger/sheet.rs and amount.rs are the twins ----

  const list = values => values.join(t('ledger.script.separator'));
  const word = (kind, key) => key && t(kind + '.' + key);
  const standingKey = event => ['nothing', 'recognised', 'adopted'][event.standing];

  function standingWords(event) {
    const words = [word('standing', standingKey(event))];
    return event.evidence === null ? words.concat(t('badge.unverified')) : words;
  }

  /** Why an event counts as it does; of one that counts by the day of a reply that too. */
  function reason(document, event) {
    const why = ruling(document, event);
    return event.day === event.entered ? why
      : why + t('ledger.script.joint') + t('reason.by-reply', { date: event.entered || t('reason.no-date') });
  }

  function ruling(document, { reason: key, about }) {
    if (key === 'below') return t('reason.below', { effect: word('effect', about) });
    if (key !== 'again') return t('reason.' + key);
    const first = document.decider && document.decider.day;
    return first ? t('reason.again', { date: first }) : t('reason.again-undated');
  }

  /** An amount in hundredths of a yuan, from 10,000 yuan in 万元. */
  function amount(value, atLeast) {
    const end = atLeast ? '_at_least' : '', part = value % 100;
    if (value < 1e6) return t('figure.yuan' + end, { n: Math.floor(value / 100) + (part ? '.' + String(part).padStart(2, '0') : '') });
    const decimals = String(value % 1e6).padStart(6, '0').replace(/0+$/, '') || '0';
    return t('figure.ten_thousand_yuan' + end, { n: `${Math.floor(value / 1e6)}.${decimals}` });
  }

  /** A figure as number and unit. */
  function figure(measure, value, atLeast) {
    if (measure === 'amount') return [amount(value, atLeast), ''];
    return [atLeast ? t('figure.at_least', { n: value }) : String(value), t('measure.unit.' + measure)];
  }

  const total = measure => figure(measure, answer.totals[measure], answer.totals[measure + 'AtLeast']);

  /** What may fall in the period or not, figure by figure. */
  function unplaced() {
    const { unplaced: sums } = answer, named = MEASURES.filter(measure => sums[measure] && !/^(unverified|endorsed)$/.test(measure));
    return named.map(measure => {
      const [n, unit] = figure(measure, sums[measure], sums[measure + 'AtLeast']);
      return t('ledger.unplaced.figure', { name: t('measure.' + measure), n, unit });
    });
  }

  /** A relative link: the page lies one folder below the site. */
  const href = path => '../' + path.split('/').map(encodeURIComponent).join('/');
  const source = of => href(of.page.replace(/\.html$/, '.md'));

  // ---- state ----

  /** The state as the address writes it: the office's own period goes without saying, every other is said, none too. */
  const fragment = of => new URLSearchParams(Object.entries(of)
    .filter(([key, value]) => key === 'since' ? value !== DEFAULT : value)).toString();

  /** Takes a new state as a step of the history. */
  function go(next) {
    const old = state;
    state = next;
    const url = '#' + fragment(next);
    if (url !== (location.hash || '#')) history.pushState(null, '', url);
    show(old);
  }

  /** The state that the address names; what it doesn't know it passes over. */
  function named() {
    const from = jianyan.page.params(), next = { since: DEFAULT };
    for (const key of KEYS.concat('basis')) if (from.get(key)) next[key] = from.get(key);
    if (from.has('since')) next.since = from.get('since');
    if (!MEASURES.includes(next.basis)) delete next.basis;
    return next;
  }

  function conditions() {
    const said = [];
    if (state.since) said.push(t('ledger.script.since', { date: state.since }));
    if (state.until) said.push(t('ledger.script.until', { date: state.until }));
    for (const key of OPEN) if (state[key]) said.push(key === 'line' && isGroup(state[key]) ? t('ledger.script.group', { name: state[key] }) : state[key]);
    for (const key of ['form', 'level', 'effect']) if (state[key]) said.push(word(key, state[key]));
    if (state.status) said.push(word('standing', state.status));
    if (state.unverified) said.push(t('badge.unverified'));
    return said;
  }

  // ---- rows ----

  const cell = (className, ...children) => {
    const element = make('td', { className }, ...children);
    element.setAttribute('role', 'cell');
    return element;
  };
  const parts = values => values.filter(Boolean).map(part => text('span', 'part', part));

  /** The evidence: a link where it is a file of the site or a URL. */
  function evidence({ evidence: said, file }) {
    if (!file) return said || '';
    return make('a', { href: /^https?:/.test(file) ? file : href(file), rel: 'noreferrer', textContent: said });
  }

  function row({ document: of, event }) {
    const badges = [text('span', 'badge ' + standingKey(event), word('standing', standingKey(event)))];
    if (event.evidence === null) badges.push(' ', text('span', 'badge unverified', t('badge.unverified')));
    const around = parts([list(of.units), list(of.departments), list(of.persons), list(of.lines)]);
    const element = make('tr', { className: standingKey(event) },
      cell('date', event.day),
      cell('report', make('a', { href: href(of.page), textContent: of.title }), make('span', { className: 'small' }, ...around)),
      cell('', word('form', event.form)), cell('level', word('level', event.level)),
      cell('', event.authority, text('span', 'small', event.document)), cell('', word('effect', event.effect)),
      ...(internal ? [cell('', evidence(event))] : []),
      cell('standing', ...badges, text('span', 'small', reason(of, event))));
    element.setAttribute('role', 'row');
    return element;
  }

  function showRows() {
    const { events } = answer, shown = Math.min(limit, events.length);
    rows.replaceChildren(...events.slice(0, shown).map(row));
    more.hidden = shown >= events.length;
    find('[data-empty]').hidden = events.length > 0;
    find('[data-scroll]').hidden = !events.length;
    const said = t('ledger.script.count', {
      n: events.length,
      reports: new Set(events.map(one => one.document)).size,
      unverified: events.filter(one => one.event.evidence === null).length
    });
    find('[data-count]').textContent = more.hidden ? said : said + t('ledger.script.joint') + t('ledger.script.shown', { n: shown });
  }

  // ---- figures and what they rest on ----

  function showFigures() {
    for (const element of all('[data-figure]')) {
      const [number, unit] = total(element.dataset.figure);
      element.replaceChildren(text('span', 'number', number), ...(unit ? [text('span', 'unit', unit)] : []));
    }
    find('[data-said]').textContent = MEASURES.map(measure => t('measure.' + measure) + ' ' + total(measure).join('')).join(t('ledger.script.joint'));
  }

  /** Where a value stands: in the office by file and line, with the file behind it. */
  function places(count) {
    const { document: of } = count;
    return placesOf(count).map(({ key, line }) => {
      const field = t('ledger.script.field.' + key);
      if (!internal || !line) return text('span', 'place', field);
      const link = make('a', { href: source(of), textContent: t('ledger.script.place', { file: of.file, line }) });
      return make('span', { className: 'place' }, field + ' ', link);
    });
  }

  function told({ measure, document: of, event, value, atLeast, day }) {
    if (measure === 'people' || measure === 'amount') return figure(measure, value, atLeast).join(' ');
    if (!event) return day;
    return [day, word('form', event.form), word('level', event.level), event.authority, word('effect', event.effect), event.document]
      .filter(Boolean).join(' · ');
  }

  const basisItem = count => make('li', {},
    make('a', { href: href(count.document.page), textContent: count.document.title }),
    text('span', 'told', told(count)), make('span', { className: 'places' }, ...places(count)));

  function showBasis(asked) {
    const { basis } = state;
    for (const button of all('[data-basis]')) button.setAttribute('aria-expanded', button.dataset.basis === basis);
    panel.hidden = !basis;
    if (!basis) return;
    const counts = answer.counts.filter(count => count.measure === basis), order = new Map(counts.map((count, at) => [count, at]));
    counts.sort((a, b) => a.day < b.day ? 1 : a.day > b.day ? -1 : order.get(a) - order.get(b));
    const heading = make('h2', { textContent: t('ledger.script.basis', { name: t('measure.' + basis), value: total(basis).join(' ') }) });
    const close = make('button', { type: 'button', textContent: t('ledger.script.close'), onclick: () => {
      const { basis: old, ...next } = state;
      go(next);
      find(`[data-basis="${old}"]`).focus();
    } });
    const items = make('ol', {}), rest = make('button', { type: 'button', textContent: t('ledger.script.more') });
    const grow = () => {
      items.append(...counts.slice(items.children.length, items.children.length + STEP).map(basisItem));
      rest.hidden = items.children.length >= counts.length;
    };
    rest.onclick = grow;
    grow();
    const remark = basis === 'people' || basis === 'amount' ? [text('p', 'ledger-note', t('ledger.script.also'))] : [];
    const several = /^(instructions|endorsed)$/.test(basis) && counts.length !== answer.totals[basis];
    if (several) remark.push(text('p', 'ledger-note', t('ledger.script.instruments', { n: answer.totals[basis], events: counts.length })));
    panel.replaceChildren(make('div', { className: 'section-head' }, heading, close),
      ...(counts.length ? [items, rest] : [text('p', 'empty', t('ledger.script.nothing'))]), ...remark);
    if (asked) panel.focus();
  }

  // ---- exports ----

  const COLUMNS = ['date', 'title', 'units', 'departments', 'persons', 'lines', 'form', 'level', 'authority', 'effect',
    'document', 'evidence', 'standing', 'reason', 'file', 'row'].filter(column => internal || !/^(persons|evidence|file|row)$/.test(column));

  const values = {
    date: (of, event) => event.day.length === 10 ? { day: event.day } : event.day,
    title: of => of.title, units: of => list(of.units), departments: of => list(of.departments),
    persons: of => list(of.persons), lines: of => list(of.lines),
    form: (of, event) => word('form', event.form), level: (of, event) => word('level', event.level),
    authority: (of, event) => event.authority, effect: (of, event) => word('effect', event.effect),
    document: (of, event) => event.document, evidence: (of, event) => event.evidence || '',
    standing: (of, event) => list(standingWords(event)), reason, file: of => of.file, row: (of, event) => event.line
  };

  const table = () => [COLUMNS.map(column => t('sheet.' + column)),
    ...answer.events.map(({ document: of, event }) => COLUMNS.map(column => values[column](of, event)))];

  /** The figures with the conditions that they hold under. */
  function totals() {
    const numbers = MEASURES.map(measure => {
      const value = answer.totals[measure], said = total(measure);
      const number = measure === 'amount' ? value / 100 : value;
      return [t('measure.' + measure), answer.totals[measure + 'AtLeast'] ? { atLeast: number } : number, measure === 'amount' ? t('measure.unit.amount') : said[1]];
    });
    return [[t('sheet.figure'), t('sheet.value'), t('sheet.unit')],
      ...numbers, [t('sheet.conditions'), conditions().join(t('ledger.script.joint')) || t('ledger.script.none'), '']];
  }

  function exportAs(format) {
    const name = [document.querySelector('h1').textContent, state.since, state.until].filter(Boolean).join('-');
    return save(format, name, [{ name: t('sheet.name'), rows: table() }, { name: t('sheet.totals'), rows: totals() }]);
  }

  /** The command line that takes the same events; every shell takes a text in double quotes. */
  function command() {
    const line = find('[data-command]');
    if (!line) return;
    const quote = value => /^[\w-]+$/.test(value) ? value : '"' + value.replace(/["$\u0060\\]/g, '') + '"';
    const options = KEYS.filter(key => state[key]).map(key => key === 'unverified' ? '--unverified' : `--${key} ${quote(state[key])}`);
    line.textContent = ['jianyan ledger', ...options, '--evidence', '佐证.zip'].join(' ');
  }

  // ---- the page ----

  /** Shows the state; `old` is that before it, if it was the reader who changed it. */
  function show(old) {
    const { basis, ...filter } = state;
    if (!answer || fragment({ ...old, basis: '' }) !== fragment({ ...state, basis: '' }) || !old) {
      answer = ask(filter);
      limit = STEP;
      showFigures();
      showRows();
      command();
      for (const key of KEYS) {
        const field = form.elements[key];
        if (!field) continue;
        if (field.type === 'checkbox') field.checked = Boolean(state[key]);
        else field.value = state[key] || '';
      }
      const said = conditions(), line = find('[data-conditions]');
      line.hidden = !said.length;
      line.textContent = t('ledger.script.conditions', { list: said.join(t('ledger.script.joint')) });
      find('[data-kept]').hidden = !['form', 'level', 'effect', 'status', 'unverified'].some(key => state[key]);
      const loose = unplaced(), remark = find('[data-unplaced]');
      remark.hidden = !loose.length;
      remark.textContent = t('ledger.unplaced', { list: list(loose) });
      find('[data-shares]').hidden = !state.department && !state.person && !state.unit && !state.line;
    }
    showBasis(old && basis && basis !== old.basis);
  }

  /** Whether a line is one that others roll up to, and not only itself. */
  const isGroup = line => documents.some(of => of.groups.includes(line) && !of.lines.includes(line));

  /** The values that documents have, the most frequent first; of lines also what they roll up to. */
  function fill(name, key) {
    const field = form.elements[name], counts = new Map();
    if (!field) return;
    for (const of of documents) for (const value of of[key]) counts.set(value, (counts.get(value) || 0) + 1);
    const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const option = (value, textContent) => make('option', { value, textContent });
    const groups = key === 'lines' ? [...new Set(documents.flatMap(of => of.groups))].filter(isGroup).sort() : [];
    field.append(...groups.map(value => option(value, t('ledger.script.group', { name: value }))),
      ...sorted.filter(([value]) => !groups.includes(value)).map(([value]) => option(value, value)));
  }

  /** Loads a script; without async they run in the order in which they were asked for. */
  const load = file => new Promise((resolve, reject) => {
    const script = make('script', { src: file, async: false, onload: resolve, onerror: reject });
    document.head.appendChild(script);
  });

  /** Loads the data in the order of the documents. */
  async function start() {
    await Promise.all([jianyan.older, ...page.dataset.parts.split(' ').filter(Boolean).map(load)]);
    for (const name of OPEN) fill(name, name + 's');
    form.hidden = find('[data-actions]').hidden = false;
    for (const button of all('[data-basis]')) button.hidden = false;
    state = named();
    show();
    if (state.basis) panel.scrollIntoView({ block: 'center' });
  }

  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('reset', event => {
    event.preventDefault();
    go({ since: DEFAULT });
  });
  // On a narrow window the filter is folded until it is asked for.
  const fold = find('[data-fold]');
  fold.addEventListener('click', () => fold.setAttribute('aria-expanded', fold.getAttribute('aria-expanded') === 'false'));
  form.addEventListener('change', () => {
    const chosen = { since: '' };
    for (const [key, value] of new FormData(form)) if (value) chosen[key] = value;
    go(state.basis ? { ...chosen, basis: state.basis } : chosen);
  });
  page.addEventListener('click', ({ target: { dataset } }) => {
    if (dataset.basis) go(state.basis === dataset.basis ? { ...state, basis: '' } : { ...state, basis: dataset.basis });
    if (dataset.export) exportAs(dataset.export);
    if ('print' in dataset) print();
  });
  more.addEventListener('click', () => { limit += STEP; showRows(); });
  // What is printed is what is counted: all rows, and back to the first ones after it.
  addEventListener('beforeprint', () => { if (answer) { limit = Infinity; showRows(); } });
  addEventListener('afterprint', () => { if (answer) { limit = STEP; showRows(); } });
  /** Follows the address, unless it only names a place of the page. */
  const follow = () => {
    if (!answer || location.hash && !location.hash.includes('=') || fragment(named()) === fragment(state)) return;
    state = named();
    show();
  };
  addEventListener('popstate', follow);
  addEventListener('hashchange', follow);
  start().catch(error => {
    find('[data-count]').textContent = t('ledger.script.failed');
    throw error;
  });
})(jianyan);
