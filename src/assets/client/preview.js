/* Every page in the preview: follows the builds, keeps the place that is being read, and gives links
   to the desk the token of this run. */
(() => {
  'use strict';

  const { stamp, trusted } = document.currentScript.dataset;
  const here = new URL(location.href);
  const atDesk = here.pathname.startsWith('/_/');
  const storage = name => { try { return window[name]; } catch (refused) { return null; } };
  const kept = storage('localStorage'), session = storage('sessionStorage');

  // ---- the token: it comes with the address that the terminal shows, and the server says that it is the right one ----

  const given = here.searchParams.get('token'), isGiven = trusted !== undefined;
  if (isGiven && kept) kept.setItem('jianyan-token', given);
  if (given && !atDesk && (kept || !isGiven)) {
    here.searchParams.delete('token');
    history.replaceState(history.state, '', here.href);
  }
  const token = isGiven ? given : kept && kept.getItem('jianyan-token');
  if (token) for (const link of document.querySelectorAll('a[data-desk]')) {
    const url = new URL(link.href);
    url.searchParams.set('token', token);
    link.href = url.href;
  }

  // ---- what was just written, and the way back ----

  const SAID = 'jianyan-said';
  /** Says what a form did, on the page that it led to, with a button that takes it back. */
  function say({ said, undo }) {
    const line = document.createElement('p');
    line.className = 'desk-said';
    line.setAttribute('role', 'status');
    line.textContent = said;
    document.querySelector('main').before(line);
    if (!undo) return;
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: undo.label });
    line.append(' ', button);
    button.onclick = () => takeBack(undo, line);
  }
  async function takeBack(undo, line) {
    const body = JSON.stringify({ undo: undo.name }), headers = { 'Content-Type': 'application/json' };
    const answer = await fetch('/_/undo?token=' + token, { method: 'POST', body, headers }).then(answer => answer.json(), () => null);
    if (!answer) return;
    session.removeItem(SAID);
    if (!answer.next) return void (line.textContent = answer.message);
    session.setItem(SAID, JSON.stringify({ said: answer.said }));
    location.href = answer.next;
  }
  const told = session && JSON.parse(session.getItem(SAID));
  // It stays while the page stays, however often that is loaded again.
  if (told && (told.path || location.pathname) === location.pathname) {
    session.setItem(SAID, JSON.stringify(Object.assign(told, { path: location.pathname })));
    say(told);
  } else if (told) session.removeItem(SAID);

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

  /** Asks the server; the answer is null where there is none. */
  const ask = (question, answered) => {
    const request = new XMLHttpRequest();
    request.open('GET', '/_/' + question);
    request.onload = () => answered(request.status === 200 ? request.responseText : null);
    request.onerror = () => answered(null);
    request.send();
  };
  /** Loads the page again where it would show something else now. */
  const look = () => ask('stamp?page=' + encodeURIComponent(decodeURIComponent(location.pathname)), now => {
    if (now !== null && !now.split(' ').includes(stamp)) reload();
  });
  /** Waits for news, again and again: the answer comes when there are some, or after a while. */
  const wait = (seen, tell) => ask('news/' + seen, state => {
    if (state === null) return void setTimeout(wait, 1000, seen, tell);
    if (state !== seen) tell();
    wait(state, tell);
  });

  // A browser keeps six connections to a server: one tab waits for all, the next one when it is gone.
  const NEWS = 'jianyan-news';
  if (!navigator.locks || !window.BroadcastChannel) return wait('', look);
  const channel = new BroadcastChannel(NEWS);
  channel.onmessage = look;
  look();
  navigator.locks.request(NEWS, () => new Promise(() => wait('', () => {
    channel.postMessage(null);
    look();
  })));
})();
