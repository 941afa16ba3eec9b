/* The card of a person whose name is searched: who it is, and the way to what is kept of him or her. */
(jianyan => {
  'use strict';
  const { make, root } = jianyan.page;

  /** The cards of a name; several for namesakes, none for what is nobody's. */
  jianyan.person = name => (jianyan.people[name] || []).map(([href, about]) =>
    make('p', { className: 'person' }, make('a', { href: root + href, textContent: name }), ...about.map(text => make('span', { className: 'part', textContent: text }))));
})(jianyan);
