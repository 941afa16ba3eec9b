// The desk of the preview, on a corpus of its own: the program serves it, and a journey fills in its forms.
const { spawn } = require('child_process'), fs = require('fs'), path = require('path');
const { until } = require('./browser');

const REPORT = '关于河道采砂治理的调研报告';
/** What is imported: a page as an office's old system saves it. */
const IMPORTED = `<html><head><meta charset="utf-8"></head><body><h1>${REPORT}</h1><p>某县人民检察院</p><h2>一、基本情况</h2>
<p>走访了沿岸的青石滩。</p><table><tr><th>地点</th><th>处</th></tr><tr><td>青石滩</td><td>3</td></tr></table></body></html>`;

/** Starts the preview; its address and its token stand in the first line that it prints. */
function preview(program, folder) {
  const own = path.join(folder, 'desk'), corpus = path.join(own, 'corpus'), letters = path.join(__dirname, '../../corpus/检察建议');
  fs.rmSync(own, { recursive: true, force: true });
  fs.mkdirSync(path.join(corpus, '检察建议'), { recursive: true });
  fs.writeFileSync(path.join(corpus, 'jianyan.yaml'), 'title: 某院检研\nunit: 某县人民检察院\n');
  for (const name of fs.readdirSync(letters).sort().slice(0, 3)) fs.copyFileSync(path.join(letters, name), path.join(corpus, '检察建议', name));
  fs.writeFileSync(path.join(own, 'imported.html'), IMPORTED);
  const args = ['--now', '2026-11-20', 'serve', '--corpus', corpus, '--index', path.join(own, 'index'), '--site', path.join(own, 'site'), '--port', '0'];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const stop = () => child.kill();
  process.on('exit', stop);
  return new Promise((done, fail) => {
    child.on('exit', () => fail(new Error('the preview ended')));
    child.stdout.on('data', data => {
      const found = /(http:\S+\/)\?token=(\w+)/.exec(data);
      if (found) done({ name: 'desk', address: found[1], token: found[2], imported: path.join(own, 'imported.html'), stop });
    });
  });
}

const fill = (page, values) => page.evaluate(values => {
  for (const name of Object.keys(values)) {
    const field = document.querySelector('[data-desk-form]').elements[name];
    field.value = values[name];
    for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }
}, values);
const submit = page => page.evaluate('document.querySelector("[data-desk-form] [type=submit]").click()');
const told = 'document.querySelector(".desk-said")';

/** Chooses a file as the browser's dialog does; the drivers' own ways differ, and some meet the page's policy. */
async function choose(page, selector, file) {
  const session = await page.target().createCDPSession(), { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  await session.send('DOM.setFileInputFiles', { nodeId, files: [file] });
}

/** Follows a link of the bar; a page that is built anew meanwhile is asked again. */
async function follow(page, action) {
  const link = `(document.querySelector('.desk-bar a[href*="_/${action}"][href*=token]') || {}).href`;
  await until(page, link, `the way to ${action}`);
  await page.goto(await page.evaluate(link));
  await until(page, `document.querySelector('[data-desk-form=${action}]')`, action);
}

async function desk(page, { address, token, imported }) {
  const at = name => `${address}_/${name}${name.includes('?') ? '&' : '?'}token=${token}`;
  // Every kind's form, filled from a file where one is read.
  for (const kind of ['case', 'recommendation', 'topic', 'law', 'report']) {
    await page.goto(at(`new?kind=${kind}`));
    await until(page, 'document.querySelector("[data-desk-form=new] [name=title]")', kind);
  }
  await choose(page, '#desk-file', imported);
  await until(page, `document.querySelector('[name=title]').value === '${REPORT}' && document.querySelector('[data-desk-view] td')`, 'import');
  await fill(page, { date: '三月' });
  await submit(page);
  await until(page, 'document.querySelector("[name=date][aria-invalid=true]") && document.activeElement.name === "date"', 'a finding');
  await fill(page, { date: '2026年3月5日', title: REPORT + Date.now() });
  await until(page, 'document.querySelector("[data-desk-view]").textContent.includes("青石滩")', 'view');
  await submit(page);
  await until(page, `${told} && document.querySelector("article.body")`, 'saved');
  const home = await page.evaluate('location.href');
  await follow(page, 'adopt');
  await fill(page, { date: '2026-05-06', form: 'decision', level: 'county', authority: '某县水务联席会议', effect: 'issued' });
  await submit(page);
  await until(page, `${told} && document.querySelector(".badge.adopted")`, 'adopted');
  await page.evaluate('document.querySelector(".desk-said button").click()');
  await until(page, '!document.querySelector(".badge.adopted") && document.querySelector("article.body")', 'undone');
  await page.goto(home);
  await follow(page, 'edit');
  await fill(page, { body: '## 一、基本情况\n\n走访了下游的白沙洲。' });
  await submit(page);
  await until(page, `${told} && document.querySelector("article.body").textContent.includes("白沙洲")`, 'edited');
  await page.goto(`${address}index.html#q=${encodeURIComponent('白沙洲')}`);
  await until(page, 'document.querySelector("#results [data-id] mark")', 'found');
}

module.exports = { preview, desk };
