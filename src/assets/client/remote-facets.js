/* Counts, values and further passages as the gateway gives them, in the place of what columns.js and passages.js read from the
   bundle. */
(jianyan => {
  'use strict';
  const { ask, queryOf, shown } = jianyan.asking;

  /** Counts over the strict documents of a result: facet, value, documents. */
  jianyan.facets = async ({ facets }, names) => {
    const counts = {};
    for (const name of names) if (facets[name]) counts[name] = facets[name];
    return counts;
  };

  /** Values of open vocabularies that searches have found, by facet and by what was asked for. */
  const known = {};

  /** The values of a facet among which those that are chosen are looked for; of an open vocabulary what searching for these
      finds. */
  jianyan.columns.column = ({ missing }, name) => {
    if (jianyan.spelled[name]) return { values: jianyan.spelled[name] };
    const chosen = jianyan.view.state.chosen[name] || [], key = JSON.stringify([name, chosen]);
    if (!known[key]) missing[key] = async () => {
      const values = new Set();
      for (const value of chosen) {
        const q = jianyan.view.asked({ q: '', chosen: { [name]: [value] } }), { facets } = await ask('search', { q, limit: 0, related: 0 });
        for (const found in facets[name]) values.add(found);
      }
      known[key] = { values: [...values].map(value => [value]) };
    };
    return known[key] || null;
  };

  /** The best passages of a hit. */
  jianyan.passages = async ({ query, plan, options }, { id, tier }) =>
    (await ask('passages', { ...queryOf(query, options), id, tier })).map(shown(plan, tier));
})(jianyan);
