/* Whether nearest documents follow a result, asked once it stands. src/query/nearest.rs is the twin. */
(jianyan => {
  'use strict';
  const ENOUGH = 10, SENTENCE = 6, FEW = 3;

  /** Whether a result has nearest documents: that of a sentence, or one that holds little of words that are neither quoted
      nor narrowed down and are no article or number. */
  jianyan.hasNearest = ({ plan, strict, others }) => strict.length < ENOUGH && plan.marks.length > 0 && (plan.tokens.length >= SENTENCE
    || strict.length + others.length < FEW && !plan.numbered && !plan.filters.length && !plan.marks.some(word => word.quoted));
})(jianyan);
