/* Other queries as the gateway finds them, in the place of help.js. */
(jianyan => {
  'use strict';
  const { ask } = jianyan.asking, { t } = jianyan.page;
  const offered = name => async query => (await ask(name, { q: query })).map(one => ({ ...one, text: t('help.' + one.why, one) }));

  jianyan.help = offered('help');
  jianyan.dated = offered('dated');
})(jianyan);
