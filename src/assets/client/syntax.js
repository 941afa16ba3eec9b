/* The panel of the query language fills itself when it is opened. */
(jianyan => {
  'use strict';
  const { t, make } = jianyan.page, ROWS = ['words', 'exact', 'without', 'or', 'filter', 'year', 'number'];
  document.querySelector('[data-syntax]').append(
    make('dl', {}, ...ROWS.map(row => make('div', {}, make('dt', {}, make('kbd', { textContent: t('syntax-query.' + row) })),
      make('dd', { textContent: t('syntax.' + row) })))),
    make('p', { textContent: t('syntax.keys') }));
})(jianyan);
