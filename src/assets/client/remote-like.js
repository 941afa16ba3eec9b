/* Documents like a text or a document as the gateway finds them, in the place of similar.js. */
(jianyan => {
  'use strict';
  const { ask } = jianyan.asking;
  /** Authors and levels of the documents that were found last, which the page asks for by their numbers. */
  const FACETS = { author: 'authors', level: 'level' };
  let found = [];

  jianyan.columns.column = (run, name) => {
    const values = [...new Set(found.flatMap(hit => hit[FACETS[name]]))];
    return { values: values.map(value => [value]), of: doc => found[doc][FACETS[name]].map(value => values.indexOf(value)) };
  };

  /** The documents like a source, the nearest first: `text`, or that of the document of an `id`. */
  jianyan.like = async ({ text, id = '' }, limit) => {
    try {
      found = await ask('like', { id, limit }, id ? undefined : text);
    } catch (failed) {
      const verdict = document.querySelector('[data-verdict]');
      if (verdict) verdict.textContent = failed.message;
      throw failed;
    }
    return found.map((hit, doc) => ({ ...hit, doc, passage: { m: hit.meta, blocks: hit.blocks } }));
  };
})(jianyan);
