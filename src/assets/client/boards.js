/* What boards do on the reader's day: what is overdue is counted from the deadlines, and a link to
   the working of a figure opens it. Without this script the page shows the reference day. */
(() => {
  'use strict';

  /** Opens the working that the fragment names. */
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === 'DETAILS') target.open = true;
  };
  addEventListener('hashchange', reveal);
  reveal();
})();
