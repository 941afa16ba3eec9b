/* What boards do on the reader's day: what is overdue is counted from the deadlines, and a link to
   the working of a figure opens it. Without this script a page shows the reference day. */
(() => {
  'use strict';

  const all = selector => [...document.querySelectorAll(selector)];

  // ---- working ----

  /** Opens the working that the fragment names. */
  const reveal = () => {
    let name = '';
    try { name = decodeURIComponent(location.hash.slice(1)); } catch (malformed) { return; }
    const target = name && document.getElementById(name);
    if (target && target.tagName === 'DETAILS') target.open = true;
  };
  addEventListener('hashchange', reveal);
  reveal();

  for (const button of all('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => print());
  }

  // ---- deadlines ----

  const DAY = 86400000, now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const counts = { late: 0, soon: 0, open: 0 };

  /** Sets a row to the reader's day and tells which it is: late, soon or open. */
  function set(row, texts) {
    const days = Math.round((Date.parse(row.dataset.due) - today) / DAY);
    const when = days < 0 ? 'late' : days <= Number(texts.soon) ? 'soon' : 'open';
    const text = (days < 0 ? texts.late : days ? texts.left : texts.today) || '';
    row.className = `when-${when}`;
    for (const cell of row.querySelectorAll('[data-days]')) cell.textContent = text.replace('{days}', Math.abs(days));
    for (const badge of row.querySelectorAll('[data-when]')) badge.hidden = !badge.dataset.when.split(' ').includes(when);
    return when;
  }

  const rows = all('[data-due]');
  for (const row of rows) {
    const { dataset } = row.closest('[data-late]') || row, when = set(row, dataset);
    if ('owed' in dataset) counts[when]++;
  }
  if (!rows.length) return;
  for (const figure of all('[data-count]')) figure.textContent = counts[figure.dataset.count];
  for (const note of all('[data-none]')) note.hidden = counts.late > 0;
  for (const note of all('[data-as-of]')) note.textContent = note.dataset.asOf.replace('{now}', new Date(today).toISOString().slice(0, 10));
})();
