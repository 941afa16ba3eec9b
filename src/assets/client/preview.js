/* Every page in the preview: follows the builds, keeps the place that is being read, and gives links
   to the desk the token of this run. */
(() => {
  'use strict';

  const { stamp } = document.currentScript.dataset;
  const here = new URL(location.href);
  const atDesk = here.pathname.startsWith('/_/');
  const storage = name => { try { return window[name]; } catch (refused) { return null; } };
  const kept = storage('localStorage'), session = storage('sessionStorage');

  // ---- the token: it comes with the address that the terminal shows ----

  const given = here.searchParams.get('token');
  if (given && kept) {
    kept.setItem('jianyan-token', given);
    if (!atDesk) {
      here.searchParams.delete('token');
      history.replaceState(history.state, '', here.href);
    }
  }
  const token = given || kept && kept.getItem('jianyan-token');
  if (token) for (const link of document.querySelectorAll('a[data-desk]')) {
    const url = new URL(link.href);
    url.searchParams.set('token', token);
    link.href = url.href;
  }

  // ---- following the builds ----

  const place = 'jianyan-place';
  const before = session && session.getItem(place);
  if (before) {
    session.removeItem(place);
    const [path, top] = JSON.parse(before);
    // After the page's own scripts have moved to what they show.
    if (path === location.pathname) addEventListener('load', () => setTimeout(() => scrollTo(0, top)));
  }

  // What is being typed is not taken away.
  if (document.querySelector('[data-desk-form]')) return;
  let composing = false;
  addEventListener('compositionstart', () => { composing = true; });
  addEventListener('compositionend', () => { composing = false; });
  const reload = () => {
    if (composing) return void setTimeout(reload, 200);
    if (session) session.setItem(place, JSON.stringify([location.pathname, scrollY]));
    location.reload();
  };
  // The answer comes when the page would be another than the one that stands here, or after a while.
  const question = '/_/after/' + stamp + '?page=' + encodeURIComponent(decodeURIComponent(location.pathname));
  const wait = () => {
    const ask = new XMLHttpRequest();
    ask.open('GET', question);
    ask.onload = () => {
      if (ask.status !== 200) setTimeout(wait, 1000);
      else if (ask.responseText === stamp) wait();
      else reload();
    };
    ask.onerror = () => setTimeout(wait, 1000);
    ask.send();
  };
  wait();
})();
