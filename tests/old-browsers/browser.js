// One browser of the table: starts it with the driver that speaks to it, and gathers what its pages complain of.
const path = require('path');

/**
 * What a browser notes without a fault of the page: that the desk refuses to write (422), and, in Chromium 92, that the
 * page's policy forbids the style which it gives its own arrow in a field with proposals (`<input list>`).
 */
const EXPECTED = ['status of 422', 'sha256-pILX+5FGCpLRHvNBgtABIdSMmytrYudGxJBUYXY1t0s='];

/** Lets time go by. */
const wait = time => new Promise(done => setTimeout(done, time));

/** What comes of a promise within some seconds, or a fault. */
function within(seconds, promise) {
  let timer;
  const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error(`not done after ${seconds} s`)), 1000 * seconds); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Starts a browser of a folder, or a program with the driver of that folder. */
async function start(folder, program) {
  const puppeteer = require(path.join(folder, 'node_modules/puppeteer-core'));
  const args = program ? ['--no-sandbox', '--disable-gpu'] : [];
  const browser = await puppeteer.launch({
    executablePath: program || path.join(folder, 'chromium'), args, defaultViewport: { width: 1280, height: 900 },
    handleSIGINT: false, handleSIGTERM: false
  });
  const end = () => browser.process().kill('SIGKILL');
  process.on('exit', end);
  return { newPage: () => browser.newPage(), close: () => within(10, browser.close()).catch(end).then(() => process.off('exit', end)) };
}

async function open(browser, complaints) {
  const page = await browser.newPage();
  page.on('pageerror', error => complaints.push(String(error.message).split('\n')[0]));
  page.on('console', said => { if (said.type() === 'error' && !EXPECTED.some(part => said.text().includes(part))) complaints.push(said.text()); });
  return page;
}

/** Waits until an expression holds in the page. */
async function until(page, expression, what) {
  for (let left = 200; left; left--) {
    const holds = await page.evaluate(expression).catch(() => false);
    if (holds) return holds;
    await wait(100);
  }
  throw new Error(`${what}: never ${expression}`);
}

module.exports = { start, open, until, wait, within };
