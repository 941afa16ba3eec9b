/* What pages offer besides searching: similar documents, copying, the menu of boards, the list that a document was opened
   from, light and dark. A search that a page is opened with comes before it. */
(jianyan => {
  'use strict';
  const { t, make, script } = jianyan.page, find = selector => document.querySelector(selector);

  // Similar documents are looked for when their place comes into view.
  const similar = find('[data-similar]');
  if (similar && 'IntersectionObserver' in window) {
    const watch = new IntersectionObserver(async changes => {
      // A busy page gets several changes in one call.
      if (!changes.some(({ isIntersecting }) => isIntersecting)) return;
      watch.disconnect();
      await script('similar');
      jianyan.showSimilar(similar);
    });
    watch.observe(similar);
  }

  const syntax = find('[data-syntax]');
  if (syntax) syntax.addEventListener('toggle', () => script('syntax'), { once: true });

  addEventListener('keydown', event => {
    if (event.key !== '?' || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented
      || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    event.preventDefault();
    script('keys').then(() => jianyan.keys());
  });

  // Saved searches stand on the home page, where there are any.
  if (find('[data-front]')) {
    try {
      if (localStorage.getItem('jianyan.saved:' + new URL(jianyan.page.root || './', location.href).pathname)) script('saved').then(() => jianyan.saved.list());
    } catch (closed) { /* nothing is kept */ }
  }

  // What is due is set to the reader's day, where one looks at the home page and doesn't search.
  if (find('[data-due-list]') && location.hash.length < 2) script('boards');

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

  /** Copies a text; where the clipboard is closed (plain http) by selecting it. */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (closed) {
      const shown = make('textarea', { value: text, className: 'visually-hidden' });
      document.body.append(shown);
      shown.select();
      const done = document.execCommand('copy');
      shown.remove();
      return done;
    }
  }

  /** Copies a text and lets the button say so for a while. */
  async function copied(button, text) {
    const label = button.dataset.label || (button.dataset.label = button.textContent);
    button.setAttribute('aria-live', 'polite');
    const done = await copy(text);
    button.textContent = t(done ? 'page.script.copied' : 'page.script.not_copied');
    button.focus();
    setTimeout(() => { button.textContent = label; }, 2000);
  }
  jianyan.page.copied = copied;

  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', () => copied(button, document.getElementById(button.dataset.copy).textContent));
  }

  // ---- a document is told the list that it was opened from ----

  addEventListener('click', ({ target }) => {
    const link = target.closest && target.closest('.card-title a');
    if (!link) return;
    const marked = a => a.href + (/[#&]in=1/.test(a.hash) ? '' : (a.hash ? '&' : '#') + 'in=1');
    const links = [...document.querySelectorAll('.card-title a')];
    try {
      sessionStorage.setItem('jianyan.list', JSON.stringify({ from: location.href, items: links.map(a => [marked(a), a.textContent]) }));
      link.href = marked(link);
    } catch (closed) { /* no storage: the document stands by itself */ }
  });

  // ---- light, dark, or as the system has it ----

  const themes = document.querySelectorAll('[data-theme-choice]'), { dataset } = document.documentElement;
  const press = () => { for (const one of themes) one.setAttribute('aria-pressed', one.dataset.themeChoice === (dataset.theme || '')); };
  for (const one of themes) {
    one.parentElement.hidden = false;
    one.addEventListener('click', () => {
      dataset.theme = one.dataset.themeChoice;
      try { localStorage.setItem('jianyan.theme', dataset.theme); } catch (closed) { /* holds for this page */ }
      press();
    });
  }
  press();
})(jianyan);
