/* 检察建议督办台账: all recommendations narrowed by who answers, who sent them, year, line and state; what is shown is exported.
   Behind sheet.js, after boards.js, which sets the states to the reader's day. */
(jianyan => {
  'use strict';

  const form = document.querySelector('[data-replies-filter]');
  if (!form) return;
  const { t, make } = jianyan.page;
  const table = document.querySelector('[data-replies]'), rows = [...table.querySelectorAll('tbody tr')];
  const said = document.querySelector('[data-replies-said]'), selects = [...form.querySelectorAll('select')];
  const JOINT = '、', SORTED = { year: (a, b) => b.localeCompare(a) };

  /** The badge of a row's state that holds today. */
  const state = row => [...row.querySelectorAll('[data-state] .badge')].filter(badge => !badge.hidden).map(badge => badge.textContent);
  /** The values of a row for a filter. */
  const valuesOf = (row, name) => name === 'state' ? state(row) : (row.dataset[name] || '').split(JOINT).filter(Boolean);
  const passes = (row, but) => selects.every(({ name, value }) => name === but || !value || valuesOf(row, name).includes(value));

  /** Offers each filter the values of the rows that pass the others, with how many they are. */
  function offer() {
    for (const select of selects) {
      const { name, value: chosen } = select, counts = new Map(chosen ? [[chosen, 0]] : []);
      for (const row of rows.filter(row => passes(row, name))) for (const value of valuesOf(row, name)) counts.set(value, (counts.get(value) || 0) + 1);
      const options = [...counts.keys()].sort(SORTED[name] || ((a, b) => counts.get(b) - counts.get(a) || a.localeCompare(b, 'zh')));
      while (select.options.length > 1) select.remove(1);
      select.append(...options.map(value =>
        make('option', { value, textContent: t('replies.script.option', { value, n: counts.get(value) }), selected: value === chosen })));
    }
  }

  function narrow() {
    let shown = 0;
    for (const row of rows) {
      row.hidden = !passes(row);
      if (!row.hidden) shown++;
    }
    offer();
    const conditions = selects.filter(({ value }) => value).map(select => `${select.labels[0].firstElementChild.textContent}${t('replies.script.colon')}${select.value}`);
    said.textContent = [t('replies.count_all', { n: shown }), ...conditions].join(t('replies.script.joint'));
  }

  const cellText = cell => cell.dataset.text || [...cell.childNodes].filter(node => !node.hidden).map(node => node.tagName === 'BR' ? ' ' : node.textContent).join('').trim();

  function save(format) {
    const head = [...table.querySelectorAll('thead th')].map(cell => cell.textContent);
    const body = rows.filter(row => !row.hidden).map(row => [...row.cells].map(cellText).map(text => /^\d{4}-\d\d-\d\d$/.test(text) ? { day: text } : text));
    const name = document.querySelector('h1').textContent;
    jianyan.sheet.save(format, name, [{ name, rows: [head, ...body] }]);
  }

  form.hidden = false;
  form.addEventListener('change', narrow);
  form.addEventListener('reset', () => setTimeout(narrow));
  form.addEventListener('submit', event => event.preventDefault());
  for (const button of document.querySelectorAll('[data-replies-export]')) {
    button.hidden = false;
    button.addEventListener('click', () => save(button.dataset.repliesExport));
  }
  narrow();
})(jianyan);
