// The table: node table.js PROGRAM FOLDER MAJOR… (scripts/old-browsers calls it).
const { start, open, until } = require('./browser'), JOURNEYS = require('./journeys'), { queries, ofProgram, ofPage } = require('./answers');
const { serve } = require('./servers'), { preview, desk } = require('./desk'),
  path = require('path');

const [program, folder, ...majors] = process.argv.slice(2), site = path.join(folder, 'site'), index = path.join(folder, 'index');
const faults = [];

/** Runs journeys in one browser; says how many went well. */
async function walk(browser, name, address, names = Object.keys(JOURNEYS), journeys = JOURNEYS) {
  let good = 0;
  for (const journey of names) {
    const complaints = [], page = await open(browser, complaints);
    await journeys[journey](page, address).catch(error => complaints.push(error.message));
    await page.close();
    if (complaints.length) faults.push(`${name}, ${address}, ${journey}: ${complaints.join('; ')}`);
    else good++;
  }
  return `${good}/${names.length}`;
}

/** What a browser says to each query. */
async function answers(browser, asked) {
  const page = await open(browser, []), all = [];
  await page.goto(`file://${site}/index.html`);
  await until(page, 'window.jianyan && jianyan.page', 'scripts');
  for (const query of asked) all.push(await ofPage(page, query));
  await page.close();
  return all;
}

/** How many answers are the same; what differs is a fault. */
function compare(name, asked, said, wanted) {
  const differ = asked.filter((query, at) => JSON.stringify(said[at]) !== JSON.stringify(wanted[at]));
  for (const query of differ.slice(0, 5)) faults.push(`${name}: another answer to ${query}`);
  return `${asked.length - differ.length}/${asked.length}`;
}

/** An answer without its passages. */
const bare = answer => ({ ...answer, hits: answer.hits.map(([title, tier]) => [title, tier]) });

let heads = null;

/** Prints a row of the table, once it is there; before the first one its head. */
function print(row) {
  const line = cells => console.log(`| ${cells.join(' | ')} |`);
  if (!heads) {
    heads = Object.keys(row);
    line(heads);
    line(heads.map(() => '---'));
  }
  line(heads.map(head => row[head]));
}

(async () => {
  const asked = queries(site), said = ofProgram(program, index, site, asked).map(bare);
  let newest = null;
  const servers = await serve(site, folder), written = await preview(program, folder);
  const today = process.env.CHROMIUM || '/usr/bin/chromium';
  for (const major of ['today', ...majors]) {
    const driver = path.join(folder, major === 'today' ? majors[majors.length - 1] : major);
    const browser = await start(driver, major === 'today' && today);
    const row = { Chromium: major, 'file://': await walk(browser, major, `file://${site}/`) };
    for (const { name, address, journeys } of servers) row[name] = await walk(browser, major, address, journeys);
    row.desk = await walk(browser, major, written.address, ['desk'], { desk: page => desk(page, written) });
    const own = await answers(browser, asked).catch(error => { faults.push(`${major}, answers: ${error.message}`); return []; });
    newest = newest || own;
    row['hits, facets as the program'] = compare(`${major}, program`, asked, own.map(bare), said);
    row['passages, marks as today'] = compare(`${major}, today`, asked, own, newest);
    print(row);
    await browser.close();
  }
  for (const { stop } of servers.concat(written)) stop();
  for (const fault of faults) console.log(fault);
  process.exit(faults.length ? 1 : 0);
})().catch(error => { console.error(error); process.exit(1); });
