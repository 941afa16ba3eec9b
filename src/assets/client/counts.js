/* What is asked of a result once it stands: its counts by facet, and whether nearest documents follow it. src/query/facets.rs
   and src/query/nearest.rs are the twins. */
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

  const ENOUGH = 10, SENTENCE = 6, FEW = 3;

  /** Whether a result has nearest documents: that of a sentence, or one that holds little of words that are neither quoted
      nor narrowed down and are no article or number. */
  jianyan.hasNearest = ({ plan, strict, others }) => strict.length < ENOUGH && plan.marks.length > 0 && (plan.tokens.length >= SENTENCE
    || strict.length + others.length < FEW && !plan.numbered && !plan.filters.length && !plan.marks.some(word => word.quoted));
})(jianyan);
