/* Laws: the index of them narrowed by typing, and the way to an article on a law's own page. */
(jianyan => {
  'use strict';

  const { t } = jianyan.page, { normal, articles } = jianyan.analyzer, all = selector => [...document.querySelectorAll(selector)];

  // ---- the index ----

  const filter = document.querySelector('[data-law-filter]');
  if (filter) {
    const box = filter.querySelector('input'), said = filter.querySelector('[role=status]');
    const sections = all('[data-law]').map(section => [section, normal(section.dataset.law)]);
    const narrow = () => {
      const words = normal(box.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const [section, name] of sections) {
        section.hidden = !words.every(word => name.includes(word));
        if (!section.hidden) shown++;
      }
      said.textContent = words.length ? t('laws.script.shown', { n: shown }) : '';
    };
    filter.hidden = false;
    box.addEventListener('input', narrow);
    // What a browser put back after a step of the history.
    if (box.value) narrow();
  }

  // ---- an article ----

  const jump = document.querySelector('[data-jump]');
  if (jump) {
    const box = jump.querySelector('input'), said = jump.querySelector('[role=status]');
    /** The id of the article that a text names: 264, 第264条, 一百二十条之一, 120-1. */
    const idOf = text => {
      const [, number, insertion] = /^第?([^条之-]+)条?(?:[之-](.+))?$/.exec(normal(text).replace(/\s/g, '')) || [];
      const [found] = number ? articles(`第${number}条${insertion ? '之' + insertion : ''}`) : [];
      return found && found.text.replace('#', 'a').replace('条', '');
    };
    jump.hidden = false;
    jump.addEventListener('submit', event => {
      event.preventDefault();
      const id = idOf(box.value), place = id && document.getElementById(id);
      said.textContent = place ? '' : t('laws.script.missing');
      if (!place) return;
      location.hash = id;
      place.tabIndex = -1;
      place.focus({ preventScroll: true });
    });
  }
})(jianyan);
