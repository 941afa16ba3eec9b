/* 摘录篮: passages that a reader puts by, kept in this browser alone, and the page that lists them. Behind sheet.js. */
(jianyan => {
  'use strict';

  const { t, make } = jianyan.page, KEY = 'jianyan.basket', MOST = 500;

  const read = () => {
    try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch (closed) { return []; }
  };
  /** Keeps the items; false where the browser keeps nothing. */
  const keep = items => {
    try {
      if (items.length) localStorage.setItem(KEY, JSON.stringify(items.slice(-MOST)));
      else localStorage.removeItem(KEY);
      return true;
    } catch (closed) { return false; }
  };

  /** Puts a passage by ({ text, title, parts, place, address }), once; how many there are then, 0 where none is kept. */
  const add = item => {
    const others = read().filter(({ text, address }) => text !== item.text || address !== item.address);
    return keep([...others, item]) ? read().length : 0;
  };

  /** A passage as it is cited, as the page of a document copies it. */
  const cited = ({ parts, ...item }) => t('reading.quotation', { ...item, parts: parts && t('reading.by', { parts }) });

  jianyan.basket = { add, cited };

  const page = document.querySelector('[data-basket]');
  if (!page) return;
  const find = selector => page.querySelector(selector), list = find('[data-basket-list]');
  const actions = [...page.querySelectorAll('[data-basket-do]')];

  function show() {
    const items = read();
    list.textContent = '';
    items.forEach((item, i) => {
      const remove = make('button', { type: 'button', className: 'plain', textContent: t('basket.remove') });
      remove.addEventListener('click', () => {
        keep(read().filter((_, other) => other !== i));
        show();
        const next = list.children[Math.min(i, list.children.length - 1)];
        (next ? next.querySelector('button') : find('h1')).focus();
      });
      list.append(make('li', {}, make('blockquote', { textContent: item.text }),
        make('p', {}, make('a', { href: item.address, textContent: item.title }), ' ', item.parts && t('reading.by', { parts: item.parts }), item.place, ' ', remove)));
    });
    find('[data-basket-count]').textContent = t('basket.count', { n: items.length });
    find('[data-basket-empty]').hidden = items.length > 0;
    for (const button of actions) button.hidden = !items.length;
  }

  function table() {
    const head = ['text', 'title', 'parts', 'place', 'address'];
    const rows = [head.map(name => t('basket.column.' + name)), ...read().map(item => head.map(name => item[name] || ''))];
    jianyan.sheet.save('csv', find('h1').textContent, [{ rows }]);
  }

  const doing = {
    copy: button => jianyan.page.script('tools').then(() => jianyan.page.copied(button, read().map(cited).join('\n\n'))),
    table, print: () => print(),
    clear: () => { keep([]); show(); find('h1').focus(); }
  };
  for (const button of actions) button.addEventListener('click', () => doing[button.dataset.basketDo](button));
  addEventListener('storage', ({ key }) => { if (!key || key === KEY) show(); });
  show();
})(jianyan);
