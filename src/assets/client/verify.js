/* 引注核验: a draft is handed over, and comes back with each citation marked, its verdict and its source beside it. At the desk
   the server judges it, in the site the page itself (judging.js). */
(jianyan => {
  'use strict';

  const form = document.querySelector('[data-verify]');
  if (!form) return;
  const { t, make, root } = jianyan.page, find = selector => document.querySelector(selector);
  Object.assign(jianyan.texts, JSON.parse(form.dataset.texts));
  const token = new URL(location.href).searchParams.get('token');
  const status = find('[data-verify-status]'), result = find('[data-verify-result]'), file = find('#verify-file');
  const text = find('[data-verify-text]'), list = find('[data-verify-list]'), only = find('[data-verify-only]');
  // Beside colour, each verdict has a sign and a line of its own.
  const SIGNS = { exact: '✓', outdated: '⊘', misplaced: '↷', differs: '≠', absent: '✗', unheld: '?' };
  const WEIGHTS = ['unheld', 'exact', 'differs', 'misplaced', 'outdated', 'absent'];
  const isFinding = verdict => verdict !== 'exact' && verdict !== 'unheld';

  /** Asks the server; an answer is an object, whatever happens. */
  async function post(name, body) {
    await jianyan.older;
    try {
      const query = new URLSearchParams({ token, name });
      const answer = await fetch('/_/verify?' + query, { method: 'POST', body, headers: { 'Content-Type': 'application/octet-stream' } });
      return await answer.json();
    } catch (failed) {
      return { message: t('desk.unreachable') };
    }
  }

  const worded = note => note ? t(...note) : "";

  /** What the page itself finds. */
  async function judge(draft) {
    const now = new Date(), today = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10), all = await jianyan.judge(draft, today), counts = {};
    const citations = all.map(({ text, kind, verdict, source, differences, note, from }) => {
      const name = t('verify.verdict.' + verdict);
      counts[verdict] = [name, (counts[verdict] || [0, 0])[1] + 1];
      return { text, verdict, name, kind_name: t('verify.kind.' + kind), source: source && { ...source, href: root + source.url }, differences, note: worded(note), line: draft.slice(0, from).split('\n').length };
    });
    const borders = [...new Set([0, draft.length].concat(...all.map(({ from, to }) => [from, to])))].sort((a, b) => a - b);
    const pieces = borders.slice(1).map((end, i) => ({ text: draft.slice(borders[i], end), of: [...all.keys()].filter(n => all[n].from <= borders[i] && end <= all[n].to) }));
    const counted = ['outdated', 'exact', 'misplaced', 'differs', 'absent', 'unheld'].filter(key => counts[key]).map(key => counts[key].join(' ')).join(t('verify.comma'));
    return { citations, pieces, summary: t(all.length ? 'verify.total' : 'verify.none', { total: all.length, counts: counted }) };
  }

  /** The sign of a verdict, which is read out by its name. */
  const sign = ({ verdict, name }) => {
    const shape = make('span', { textContent: SIGNS[verdict] + ' ' });
    shape.setAttribute('aria-hidden', 'true');
    return make('span', { className: 'verdict ' + verdict }, shape, name);
  };

  /** A piece of the draft: plain, or marked with the weightiest of the citations that it belongs to. */
  function piece({ text, of }, citations) {
    if (!of.length) return document.createTextNode(text);
    const weight = number => WEIGHTS.indexOf(citations[number].verdict);
    const number = of.reduce((one, other) => weight(other) > weight(one) ? other : one);
    const one = citations[number], link = make('a', { href: '#verify-' + number, className: 'cited ' + one.verdict, title: one.name });
    link.append(text);
    one.first = one.first || link;
    return link;
  }

  function source({ source, differences, note }) {
    const parts = [];
    if (source) {
      const name = source.title + (source.place && ' ' + source.place);
      parts.push(make('p', {}, t('verify.source_label'), source.href ? make('a', { href: source.href, target: '_blank', rel: 'noopener', textContent: name }) : name));
      if (source.text) parts.push(make('blockquote', { textContent: source.text }));
    }
    for (const { draft, source } of differences) {
      parts.push(make('p', { className: 'difference' }, t('verify.draft_label'), make('del', { textContent: draft || '—' }), ' ', t('verify.original_label'), make('ins', { textContent: source || '—' })));
    }
    if (note) parts.push(make('p', { textContent: note }));
    return parts;
  }

  /** A citation in the list, to be ticked off. */
  function entry(one, number) {
    const back = make('a', { href: '#', className: 'where', textContent: t('desk.at.line', one) });
    back.onclick = event => {
      event.preventDefault();
      if (one.first) one.first.focus();
    };
    const done = make('input', { type: 'checkbox' });
    const item = make('li', { id: 'verify-' + number, tabIndex: -1 },
      make('p', {}, sign(one), ' · ', one.kind_name, ' · ', back, ' ', make('q', { textContent: one.text })), ...source(one));
    item.dataset.finding = isFinding(one.verdict);
    if (isFinding(one.verdict)) item.append(make('label', {}, done, ' ', t('verify.done')));
    done.onchange = () => item.classList.toggle('done', done.checked);
    return item;
  }

  const filter = () => {
    for (const item of list.children) item.hidden = only.checked && item.dataset.finding !== 'true';
  };
  only.onchange = filter;

  async function verify(name, body) {
    status.textContent = t('desk.reading');
    const answer = await (form.dataset.tables ? judge(body).catch(() => ({ message: t('verify.failed') })) : post(name, body));
    status.textContent = answer.message || answer.summary;
    result.hidden = !answer.pieces;
    if (!answer.pieces) return;
    text.textContent = list.textContent = '';
    text.append(...answer.pieces.map(one => piece(one, answer.citations)));
    list.append(...answer.citations.map(entry));
    filter();
  }

  form.addEventListener('submit', event => {
    event.preventDefault();
    verify('', form.elements.text.value);
  });
  if (file) file.addEventListener('change', () => {
    const [chosen] = file.files;
    if (chosen) verify(chosen.name, chosen);
    file.value = '';
  });
  // A verdict that is followed from the draft comes to the eye and to the focus, though the list was narrowed.
  text.addEventListener('click', event => {
    const link = event.target.closest('a.cited'), item = link && find(link.getAttribute('href'));
    if (!item) return;
    item.hidden = false;
    item.focus();
  });
})(jianyan);
