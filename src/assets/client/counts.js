/* Counts by facet over what a search found, loaded once the first results stand. src/query/facets.rs is its twin. */
(jianyan => {
  'use strict';
  const COUNTED = 'kind line unit department author tag cause level form rank case_level state year'.split(' ');

  /** Counts over the strict documents of a result: facet, value, documents. */
  jianyan.facets = ({ run: { bundle }, run, strict }, names = COUNTED) => run.settle(() => {
    const facets = {};
    for (const name of names) {
      const years = name === 'year' && bundle.numbers(name, run.missing), column = name !== 'year' && bundle.column(name, run.missing);
      const of = years ? doc => isNaN(years[doc]) ? [] : [years[doc]] : doc => Array.from(column.of(doc), value => column.values[value][0]);
      if (years || column) for (const { doc } of strict) for (const value of of(doc)) {
        const own = facets[name] || (facets[name] = {});
        own[value] = (own[value] || 0) + 1;
      }
    }
    return facets;
  });
})(jianyan);
