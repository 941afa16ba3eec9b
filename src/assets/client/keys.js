/* The keys that pages answer to, shown by `?` and closed by Escape. */
(jianyan => {
  'use strict';
  const { t, make, root } = jianyan.page, ROWS = ['/', '↑ ↓', 'Enter', 'Esc', '?'];
  let open = null, from = null;

  const close = () => {
    if (!open) return;
    open.remove();
    open = null;
    if (from && from.isConnected) from.focus({ preventScroll: true });
  };

  /** Shows them, or takes them away. */
  jianyan.keys = () => {
    if (open) return close();
    from = document.activeElement;
    if (!document.querySelector('link[href$="assets/facets.css"]')) document.head.append(make('link', { rel: 'stylesheet', href: root + 'assets/facets.css' }));
    const shut = make('button', { type: 'button', textContent: t('keys.close'), onclick: close });
    const rows = ROWS.map((key, i) => make('div', {}, make('dt', {}, make('kbd', { textContent: key })), make('dd', { textContent: t('keys.row_' + i) })));
    open = make('div', { className: 'keys' }, make('h2', { id: 'page-keys', textContent: t('keys.title') }), make('dl', {}, ...rows), shut);
    open.setAttribute('role', 'dialog');
    open.setAttribute('aria-modal', 'true');
    open.setAttribute('aria-labelledby', 'page-keys');
    open.addEventListener('keydown', event => {
      if (event.key === 'Tab') event.preventDefault();
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      close();
    });
    document.body.append(open);
    shut.focus();
  };
})(jianyan);
