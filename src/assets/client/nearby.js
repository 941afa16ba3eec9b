/* Where likeness is shown: 相似文献 below a document, and the page 选题查新. */
(jianyan => {
  'use strict';
  const { t, params, root, make } = jianyan.page, FIRST = ['report', 'topic'], SIMILAR = 6, NEAR = 20;

  const text = (tag, className, textContent) => make(tag, { className, textContent });
  const marked = parts => parts.map((part, i) => i % 2 ? text('mark', '', part) : part);
  const spaced = elements => elements.flatMap(element => [element, ' ']);

  /** 刑法#120条-1 as offices write it. */
  const law = term => term.replace(/#(\d+[^\d-]+)(?:-(\d+))?$/, (all, article, of) =>
    `第${article}${of ? '之' + (of < 11 ? '一二三四五六七八九十'[of - 1] : of) : ''}`);

  /** Why a document is near: phrases, causes and laws that both have. */
  const reasons = ({ phrases, causes, laws }) =>
    [['like.phrases', phrases], ['like.causes', causes], ['like.laws', laws.map(law)]].filter(([, list]) => list.length)
      .map(([key, list]) => make('p', { className: 'reason' }, t(key), ...list.flatMap((one, i) => [i ? '、' : '', text('span', '', one)])));

  /** A near document; `about` are more parts of its last line. With `whole` it shows the passage of its beginning, with its
      summary, that has the most in common. */
  function card(hit, about, whole) {
    const { m: meta } = hit.passage, words = hit.phrases.map(phrase => `"${phrase}"`).join(' ');
    const plan = jianyan.query.plan(words, [], []), [{ parts } = { parts: [meta.title] }] = jianyan.snippets(plan, 'strict', [{ text: meta.title }], 1);
    const href = root + meta.url + (words && '#' + new URLSearchParams({ q: words }));
    const badges = [...hit.band ? [['band ' + hit.band, t('like.band.' + hit.band)]] : [], ['kind kind-' + meta.kind, t('kind.' + meta.kind)],
      ...meta.badges.map(key => [key, t('badge.' + key)])];
    const [shown] = whole && words ? jianyan.snippets(plan, 'strict', hit.passage.blocks, 1) : [];
    const passage = shown && shown.parts.length > 1 ? [make('p', { className: 'snippet', lang: 'zh-CN' }, text('span', 'section', shown.section), ...marked(shown.parts))] : [];
    const element = make('article', { className: 'card' },
      make('h3', { className: 'card-title' }, make('a', { href, lang: 'zh-CN' }, ...parts.join('') === meta.title ? marked(parts) : [meta.title])),
      ...reasons(hit), ...passage,
      make('p', { className: 'card-meta' }, ...spaced(badges.map(([key, word]) => text('span', 'badge ' + key, word))),
        ...spaced([...about, ...meta.unit, meta.date].filter(Boolean).map(part => text('span', 'part', part)))));
    element.dataset.id = meta.id;
    return element;
  }

  /** Fills the section of a document. */
  jianyan.showSimilar = async section => {
    const hits = (await jianyan.like(JSON.parse(section.dataset.similar), SIMILAR)).filter(hit => hit.band);
    if (hits.length) section.append(text('h2', '', t('like.title')), ...hits.map(hit => card(hit, [])));
  };

  // ---- 选题查新 ----

  const form = document.querySelector('[data-novelty]');
  if (!form) return;

  const box = form.elements.text, verdict = document.querySelector('[data-verdict]'), near = document.querySelector('[data-near]');
  let run = 0, timer = 0, asked = '', composing = false;

  const block = (key, cards) => cards.length ? [text('h2', '', t(key)), ...cards] : [];

  async function look() {
    const own = ++run, words = box.value.trim();
    clearTimeout(timer);
    if (words === asked) return;
    asked = words;
    const hits = words ? (await jianyan.like({ text: words }, NEAR)).filter(hit => hit.band) : [];
    const columns = new jianyan.Run(await jianyan.open(), null);
    const [authors, levels] = await columns.settle(() => ['author', 'level'].map(name => jianyan.columns.column(columns, name)));
    if (own !== run) return;
    const of = ({ values, of: numbers }, doc) => Array.from(numbers(doc), number => values[number][0]);
    const shown = hit => card(hit, [of(authors, hit.doc).join('、'), ...of(levels, hit.doc).map(level => t('novelty.level', { level: t('level.' + level) }))], true);
    const first = hits.filter(hit => FIRST.includes(hit.passage.m.kind)), others = hits.filter(hit => !first.includes(hit));
    const [best] = first, count = best ? first.filter(hit => hit.band === best.band).length : 0;
    verdict.textContent = words && (best ? t('novelty.' + best.band, { n: count }) : t('novelty.none'));
    verdict.dataset.band = best ? best.band : '';
    near.replaceChildren(...block('novelty.first', first.map(shown)), ...block('novelty.others', others.map(shown)));
  }

  box.addEventListener('compositionstart', () => { composing = true; clearTimeout(timer); });
  box.addEventListener('compositionend', () => { composing = false; typed(); });
  box.addEventListener('input', typed);
  function typed() {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(look, 400);
  }
  form.addEventListener('submit', event => {
    event.preventDefault();
    look();
  });
  // What the browser put back into the box when one came back to the page is looked for again.
  addEventListener('pageshow', () => {
    box.value = box.value || params().get('q') || '';
    look();
  });
})(jianyan);
