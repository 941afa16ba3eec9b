// What a reader does on a site, in any browser of the table. A journey takes a page and the site's address.
const { until, wait } = require('./browser');

const TOTAL = 'Number((document.querySelector("#total").textContent.match(/\\d+/) || [-1])[0])';
const holds = (value, what) => { if (!value) throw new Error(what); };

/** Types into a field as the page sees it, in any version of the driver. */
const fill = (page, selector, value) => page.evaluate((selector, value) => {
  const field = document.querySelector(selector);
  field.focus();
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}, selector, value);

const press = (page, selector) => page.evaluate(selector => document.querySelector(selector).click(), selector);
const told = (page, selector) => page.evaluate(selector => document.querySelector(selector).textContent, selector);

const JOURNEYS = {
  async search(page, site) {
    await page.goto(site + 'index.html');
    await fill(page, '[data-search] input', '未成年人');
    await until(page, `${TOTAL} > 4`, 'search');
    holds(await page.evaluate('document.querySelectorAll("#results mark").length > 4'), 'no marks');
    await press(page, '#results .others:not([hidden]) button');
    await until(page, 'document.querySelector("#results .snippet a mark")', 'more passages');
    holds(await page.evaluate('!document.querySelector("noscript + .notice, .notice")'), 'a notice for older browsers');
  },
  async 'filter, sort, export'(page, site) {
    await page.goto(site + 'index.html#q=' + encodeURIComponent('未成年人'));
    await until(page, 'document.querySelector("[data-facet=kind] [data-value=report]")', 'facets');
    const all = await page.evaluate(TOTAL);
    await press(page, '[data-facet=kind] [data-value=report]');
    await until(page, `${TOTAL} > 0 && ${TOTAL} < ${all}`, 'filter');
    await page.evaluate('(field => { field.value = "date"; field.dispatchEvent(new Event("change")); })(document.querySelector("[data-sort]"))');
    await until(page, 'location.hash.includes("sort=date")', 'sort');
    await page.evaluate('window.saved = null; URL.createObjectURL = blob => { saved = blob; return "#"; }');
    await press(page, '[data-export]');
    await until(page, 'window.saved && saved.size > 100', 'export');
  },
  async suggestions(page, site) {
    await page.goto(site + 'index.html');
    await until(page, 'window.jianyan && jianyan.page', 'scripts');
    await page.focus('[data-search] input');
    await page.keyboard.press('ArrowDown');
    await fill(page, '[data-search] input', '未成');
    await until(page, '(document.querySelector(".suggest") || document).querySelectorAll("li[role=option]").length > 0', 'suggestions');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until(page, `${TOTAL} > 0 && location.hash.length > 5`, 'a chosen suggestion');
  },
  async related(page, site) {
    await page.goto(site + 'index.html#q=' + encodeURIComponent('孩子给主播打赏的钱能不能要回来'));
    await until(page, 'document.querySelector("#results [data-tier=related] mark")', 'related documents');
  },
  async help(page, site) {
    await page.goto(site + 'index.html#q=' + encodeURIComponent('未城年人文身'));
    await until(page, 'document.querySelector("[data-notes] a, [data-notes] button")', 'help');
  },
  async document(page, site) {
    await page.goto(site + 'index.html#q=' + encodeURIComponent('文身'));
    await until(page, 'document.querySelector("#results [data-id] a")', 'hits');
    await press(page, '#results [data-id] a');
    await until(page, 'document.querySelector("article.body") && document.querySelector("main mark.current")', 'marks');
    await until(page, '!document.querySelector(".themes-switch").hidden', 'tools');
    const label = '(document.querySelector("[data-copy]") || {}).textContent', before = await page.evaluate(label);
    await press(page, '[data-copy]');
    await until(page, `${label} !== ${JSON.stringify(before)}`, 'the citation');
    // The page may still be on its way to the mark: a reader scrolls again.
    await until(page, '(scrollTo(0, document.body.scrollHeight), document.querySelectorAll("[data-similar] a, [data-near] a").length > 0)', 'similar documents');
  },
  async 选题查新(page, site) {
    await page.goto(site + 'novelty.html');
    await fill(page, '[data-novelty] textarea', '未成年人文身治理的检察公益诉讼实践调研');
    await until(page, 'document.querySelectorAll("[data-near] a").length > 0', 'near documents');
    holds((await told(page, '[data-verdict]')).length > 4, 'no verdict');
  },
  async ledger(page, site) {
    await page.goto(site + 'boards/ledger.html');
    await until(page, '!document.querySelector("[data-filter]").hidden', 'ledger');
    const before = await told(page, '[data-figure=adopted]');
    await page.evaluate(`(field => { field.value = field.options[1].value; field.dispatchEvent(new Event('change', { bubbles: true })); })(document.querySelector('[data-filter] [name=department]'))`);
    await until(page, `document.querySelector('[data-figure=adopted]').textContent !== ${JSON.stringify(before)}`, 'filter');
    await press(page, '[data-basis=adopted]');
    await until(page, 'document.querySelectorAll("#ledger-basis li").length > 0', 'basis');
    for (const format of ['csv', 'xlsx']) {
      await page.evaluate('window.saved = null; URL.createObjectURL = blob => { saved = blob; return "#"; }');
      await press(page, `[data-export=${format}]`);
      await until(page, 'window.saved && saved.size > 100', format);
    }
  },
  async boards(page, site) {
    for (const board of ['overview', 'replies', 'topics', 'targets', 'reminders']) {
      await page.goto(`${site}boards/${board}.html`);
      await wait(200);
      holds((await told(page, 'main')).length > 100, board);
    }
  },
  async 'search elsewhere'(page, site) {
    await page.goto(site + 'lists/index.html');
    await until(page, 'window.jianyan && jianyan.page', 'scripts');
    await fill(page, '.search-small input', '文身');
    await press(page, '.search-small button');
    await until(page, `location.pathname.endsWith('/index.html') && document.querySelector('#total') && ${TOTAL} > 0`, 'results');
  }
};

module.exports = JOURNEYS;
