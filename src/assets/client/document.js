/* The page of a document: contents that follow, previews of footnotes, links to passages, and the way
   through the list that one came from. Without this script the page reads the same. */
(jianyan => {
  'use strict';

  const { t, make, params, script } = jianyan.page, all = selector => [...document.querySelectorAll(selector)];
  const copied = (button, text) => script('tools').then(() => jianyan.page.copied(button, text));
  const body = document.querySelector('article.body');
  if (!body) return;

  // ---- contents ----

  const lines = new Map(all('.contents a').map(a => [decodeURIComponent(a.hash.slice(1)), a]));
  if (lines.size && 'IntersectionObserver' in window) {
    const headings = [...lines.keys()].map(id => document.getElementById(id)).filter(Boolean);
    let now = null;
    const follow = () => {
      const passed = headings.filter(heading => heading.getBoundingClientRect().top < innerHeight / 3);
      const next = passed.length ? lines.get(passed[passed.length - 1].id) : null;
      if (next === now) return;
      if (now) now.removeAttribute('aria-current');
      now = next;
      if (!now) return;
      now.setAttribute('aria-current', 'true');
      const list = now.closest('nav'), { top, bottom } = now.getBoundingClientRect(), frame = list.getBoundingClientRect();
      if (top < frame.top || bottom > frame.bottom) list.scrollTop += top - frame.top - list.clientHeight / 2;
    };
    // Headings that cross the upper third of the window are all that can change it.
    const watch = new IntersectionObserver(follow, { rootMargin: '0px 0px -66% 0px', threshold: [0, 1] });
    headings.forEach(heading => watch.observe(heading));
  }

  // ---- footnotes ----

  const preview = make('div', { className: 'note-preview', id: 'page-note', hidden: true });
  preview.setAttribute('role', 'tooltip');
  body.append(preview);
  const hide = () => { preview.hidden = true; };
  function show(mark) {
    const note = document.getElementById(decodeURIComponent(mark.hash.slice(1)));
    if (!note) return;
    const copy = note.cloneNode(true);
    copy.querySelectorAll('.footnote-back').forEach(back => back.remove());
    preview.textContent = copy.textContent.trim();
    preview.hidden = false;
    mark.setAttribute('aria-describedby', preview.id);
    const at = mark.getBoundingClientRect(), frame = body.getBoundingClientRect();
    preview.style.top = `${at.bottom - frame.top + 6}px`;
    preview.style.left = `${Math.max(0, Math.min(at.left - frame.left - 24, frame.width - preview.offsetWidth))}px`;
  }
  for (const mark of all('.footnote-mark a')) {
    mark.addEventListener('mouseenter', () => show(mark));
    mark.addEventListener('focus', () => show(mark));
    mark.addEventListener('mouseleave', hide);
    mark.addEventListener('blur', hide);
    mark.addEventListener('keydown', ({ key }) => { if (key === 'Escape') hide(); });
  }

  // ---- copying ----

  /** The heading, the paragraph or the row that a node stands in; null outside the text. */
  function passage(node) {
    let element = node && (node.nodeType === 1 ? node : node.parentElement);
    if (!element || !body.contains(element)) return null;
    while (element && element !== body && !element.id) element = element.previousElementSibling || element.parentElement;
    return element === body ? null : element;
  }

  /** The address of a passage, with the query by which it was found. */
  function address(element, query) {
    const id = element ? element.id : '';
    const place = query ? new URLSearchParams(id ? { q: query, at: id } : { q: query }) : encodeURIComponent(id);
    return location.href.split('#')[0] + (String(place) && '#' + place);
  }

  /** What a passage says itself, without what pages add to it. */
  function saying(element) {
    const copy = element.cloneNode(true);
    for (const one of copy.querySelectorAll('.anchor, .print-only, .footnote-mark')) one.remove();
    return copy.textContent.trim();
  }

  /** Where a passage stands in its document: the article of a law, or the section and which paragraph of it. */
  function place(element) {
    const heading = one => /^H[1-6]$/.test(one.tagName);
    let top = element, count = 0, section = '';
    while (top && top.parentElement !== body) top = top.parentElement;
    for (let one = top; one; one = one.previousElementSibling) {
      const [, number, insertion] = /^a(\d+)(?:-(\d+))?$/.exec(one.id) || [];
      if (number && /^[^]{0,2}第/.test(one.textContent)) return t(insertion ? 'reading.article_of' : 'reading.article', { n: number, of: insertion });
      if (heading(one)) { section = saying(one); break; }
      if (one.id) count++;
    }
    return [section, top && !heading(top) && t('reading.paragraph', { n: count })].filter(Boolean).join(t('reading.joint'));
  }

  /** A passage, or what is selected of it, with title, unit, date, place and address. */
  function taken(element, selected) {
    const parts = [...document.querySelectorAll('.byline .part')].map(part => part.textContent.trim()).join(t('reading.joint'));
    return {
      text: selected || saying(element), title: document.querySelector('h1').textContent.trim(), parts,
      place: place(element), address: address(element)
    };
  }

  const link = document.querySelector('[data-copy-link]');
  if (link) {
    // A button takes the focus, and in some browsers the selection with it.
    let chosen = null, selected = '';
    const quote = document.querySelector('[data-quote]'), beside = make('button', { type: 'button', className: 'quote-beside', hidden: true, textContent: quote.textContent });
    body.append(beside);
    /** The passage that a search opened the page at. */
    const found = () => {
      const at = params().get('at');
      return at && (document.getElementById(at) || body.querySelector(`[id^="${CSS.escape(at)}"]`));
    };
    /** What is quoted: what was selected, else what was looked for or opened. */
    const meant = () => chosen || passage(document.querySelector('article.body mark.current')) || found() || document.querySelector('article.body :target');
    document.addEventListener('selectionchange', () => {
      const selection = getSelection();
      if (selection.isCollapsed) beside.hidden = true;
      if (selection.isCollapsed || !body.contains(selection.anchorNode)) return;
      const range = selection.getRangeAt(0), own = passage(range.startContainer);
      if (!own || !selection.toString().trim()) return;
      [chosen, selected] = [own, selection.toString().trim()];
      const { right, bottom } = range.getBoundingClientRect(), frame = body.getBoundingClientRect();
      beside.hidden = false;
      beside.style.top = `${bottom - frame.top + 6}px`;
      beside.style.left = `${Math.max(0, Math.min(right - frame.left, frame.width) - beside.offsetWidth)}px`;
    });
    link.hidden = false;
    link.addEventListener('click', () => copied(link, address(meant(), params().get('q'))));
    /** What is quoted, once there is what keeps and cites it. */
    const quoted = async () => {
      const element = meant() || body.querySelector('p[id]'), item = element && taken(element, element === chosen ? selected : '');
      await script('basket');
      return item;
    };
    quote.hidden = false;
    for (const button of [quote, beside]) {
      button.addEventListener('click', () => quoted().then(item => item && copied(button, jianyan.basket.cited(item))));
    }
    const put = document.querySelector('[data-basket-add]'), told = document.querySelector('[data-basket-said]');
    put.hidden = false;
    put.addEventListener('click', () => quoted().then(item => {
      const count = item ? jianyan.basket.add(item) : 0;
      told.textContent = t(count ? 'reading.put_by' : 'reading.not_kept', { n: count });
    }));
  }
  for (const heading of body.querySelectorAll('h2[id], h3[id], h4[id]')) {
    const anchor = make('a', { className: 'anchor', href: '#' + encodeURIComponent(heading.id) });
    anchor.setAttribute('aria-label', t('reading.anchor', { heading: heading.textContent }));
    heading.append(anchor);
  }
  for (const button of all('[data-copy-section]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const heading = document.getElementById(button.dataset.copySection), texts = [];
      for (let next = heading.nextElementSibling; next && !/^H[1-6]$/.test(next.tagName); next = next.nextElementSibling) {
        if (next.textContent.trim()) texts.push(next.textContent.trim());
      }
      copied(button, texts.join('\n'));
    });
  }
  for (const button of all('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => print());
  }

  // ---- on paper links are numbered, and their addresses stand at the end; an article of law says itself where it is ----

  const links = [...body.querySelectorAll('a[href]')].filter(a => !a.matches('.law, .citers, [href^="#"]'));
  if (links.length) {
    const list = make('ol', {});
    links.forEach((a, i) => {
      a.after(make('sup', { className: 'print-only', textContent: `[${i + 1}]` }));
      let shown = a.href;
      try { shown = decodeURI(a.href); } catch (malformed) { /* shown as it stands */ }
      list.append(make('li', { textContent: shown }));
    });
    body.append(make('section', { className: 'print-only print-links' }, make('h2', { textContent: t('reading.links') }), list));
  }

  // ---- previous and next within the list that one came from ----

  const beside = document.querySelector('[data-beside]');
  let list = null;
  try { list = params().has('in') && JSON.parse(sessionStorage.getItem('jianyan.list')); } catch (closed) { /* no storage, no list */ }
  const own = location.href.split('#')[0], at = list ? list.items.findIndex(([href]) => href.split('#')[0] === own) : -1;
  if (beside && at >= 0) {
    const to = (step, key, label) => {
      const item = list.items[at + step];
      if (!item) return make('span', {});
      const [href, title] = item;
      return make('a', { className: key, href, rel: key }, make('span', { className: 'count', textContent: label }), ' ', title);
    };
    const place = make('a', { className: 'place', href: list.from, textContent: t('reading.place', { n: at + 1, total: list.items.length }) });
    place.onclick = () => { try { sessionStorage.setItem('jianyan.back', 1); } catch (closed) { /* it opens at its top */ } };
    beside.append(to(-1, 'prev', t('reading.prev')), place, to(1, 'next', t('reading.next')));
    beside.hidden = false;
  }
})(jianyan);
