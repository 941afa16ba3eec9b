/* What every page does: the search box, copying, what is loaded when it is needed. */
(jianyan => {
  'use strict';

  const { root = '' } = document.body.dataset, { texts } = jianyan;
  const find = selector => document.querySelector(selector);

  jianyan.base = root + 'search/';

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

  const scripts = {}, STYLED = ['suggest', 'similar'];
  /** Loads a script of `assets/` that few need, once; those that show something of their own come with their styles. */
  const script = name => {
    if (STYLED.includes(name) && !document.querySelector('link[href$="search.css"]')) {
      document.head.append(make('link', { rel: 'stylesheet', href: root + 'assets/search.css' }));
    }
    return scripts[name] || (scripts[name] = jianyan.load('../assets/' + name));
  };

  jianyan.page = { t, params, root, make, script };

  /** What else to ask where nothing was found; the script itself takes this place. */
  jianyan.help = query => script('help').then(() => jianyan.help(query));

  // Similar documents are looked for when their place comes into view.
  const similar = find('[data-similar]');
  if (similar && 'IntersectionObserver' in window) {
    const watch = new IntersectionObserver(async ([{ isIntersecting }]) => {
      if (!isIntersecting) return;
      watch.disconnect();
      await script('similar');
      jianyan.showSimilar(similar);
    });
    watch.observe(similar);
  }

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

  // ---- the menu of boards closes like one ----

  const menu = find('[data-menu]');
  if (menu) {
    addEventListener('click', event => { if (!menu.contains(event.target)) menu.open = false; });
    menu.addEventListener('keydown', event => {
      if (event.key !== 'Escape' || !menu.open) return;
      menu.open = false;
      menu.firstElementChild.focus();
    });
  }

  // ---- copying ----

  /** Copies the text of an element; where the clipboard is closed (plain http) by selecting it. */
  async function copy(element) {
    try {
      await navigator.clipboard.writeText(element.textContent);
      return true;
    } catch (closed) {
      getSelection().selectAllChildren(element);
      return document.execCommand('copy');
    }
  }

  for (const button of document.querySelectorAll('[data-copy]')) {
    const label = button.textContent;
    button.hidden = false;
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', async () => {
      const copied = await copy(document.getElementById(button.dataset.copy));
      button.textContent = t(copied ? 'page.script.copied' : 'page.script.not_copied');
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  }
})(jianyan);
