/* What every page does at once: the search box, and loading what is needed later. */
(jianyan => {
  'use strict';

  const { root = '' } = document.body.dataset, { texts } = jianyan;
  const find = selector => document.querySelector(selector);

  jianyan.base = root + 'search/';
  // What came with Chromium 80 and 86: who has both has all that older.js brings.
  if (!(self.DecompressionStream && document.replaceChildren)) jianyan.older = jianyan.load('../assets/older');

  /** The text of a message with its arguments. */
  const t = (key, args = {}) => (texts[key] || key).replace(/\{(\w+)\}/g, (all, name) => name in args ? args[name] : all);

  /** The fragment as parameters. */
  const params = () => new URLSearchParams(location.hash.slice(1));

  /** Makes an element from a tag, properties and children. */
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const scripts = {}, STYLES = { suggest: 'search', similar: 'search', syntax: 'search', facets: 'facets' };
  /** A stylesheet of `assets/`, once it holds; without it a script shows what it has all the same. */
  const style = name => document.querySelector(`link[href$="assets/${name}.css"]`) || new Promise(onload => {
    document.head.append(make('link', { rel: 'stylesheet', href: `${root}assets/${name}.css`, onload, onerror: onload }));
  });
  /** Loads a script of `assets/` that isn't needed at once, a single time, and the styles of what it shows. */
  const script = name => scripts[name] || (scripts[name] = Promise.all([jianyan.load('../assets/' + name), STYLES[name] && style(STYLES[name])]).catch(error => {
    delete scripts[name];
    throw error;
  }));

  jianyan.page = { t, params, root, make, script };

  /** What else to ask where nothing was found; the script itself takes this place. */
  jianyan.help = query => script('help').then(() => jianyan.help(query));

  /** What filters and other orders take, for a search that can't wait for it to follow the first results. */
  jianyan.loadColumns = () => script('facets');

  const box = find('input[type=search]'), elsewhere = find('[data-search-elsewhere]');

  // Suggestions come with the first letter, a click, or an arrow in the empty box; not while an input method composes.
  if (box) for (const name of ['compositionstart', 'compositionend']) {
    box.addEventListener(name, () => { jianyan.page.composing = name === 'compositionstart'; });
  }
  if (box) for (const name of ['input', 'compositionend', 'click', 'keydown']) {
    box.addEventListener(name, event => {
      if (!event.isComposing && (name !== 'keydown' || event.key === 'ArrowDown' && !box.value)) script('suggest');
    });
  }

  addEventListener('keydown', event => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  if (elsewhere) elsewhere.addEventListener('submit', event => {
    event.preventDefault();
    location.href = `${root}index.html#${new URLSearchParams({ q: box.value.trim() })}`;
  });

  // A search that a page is opened with comes first; results.js goes on from there.
  if (!find('[data-search]') || location.hash.length < 2) script('tools');
})(jianyan);
