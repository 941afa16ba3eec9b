// The table: node table.js PROGRAM FOLDER MAJOR… (scripts/old-browsers calls it).
const path = require('path');
const { start, open, until, within } = require('./browser'), JOURNEYS = require('./journeys');
const { queries, ofProgram, ofPage } = require('./answers'), { serve } = require('./servers'), { preview, desk } = require('./desk');

const [program, folder, ...majors] = process.argv.slice(2), site = path.join(folder, 'site'), index = path.join(folder, 'index');
let faults = 0;
/** Seconds that a journey, and all queries together, may take. */
const JOURNEY = 60, QUERIES = 240;

/** Says at once what went wrong. */
function fault(what) {
  console.error(what);
  faults++;
}

/** Runs journeys in a browser of its own; says how many went well. */
async function walk(begin, name, address, names = Object.keys(JOURNEYS), journeys = JOURNEYS) {
  const browser = await begin();
  let good = 0;
  for (const journey of names) {
    const complaints = [], page = await open(browser, complaints);
    await within(JOURNEY, journeys[journey](page, address)).catch(error => complaints.push(error.message));
    await within(JOURNEY, page.close()).catch(error => complaints.push(error.message));
    if (complaints.length) fault(`${name}, ${address}, ${journey}: ${complaints.join('; ')}`);
    else good++;
  }
  await browser.close();
  return `${good}/${names.length}`;
}

/** What a browser says to each query. */
async function answers(begin, asked) {
  const browser = await begin(), page = await open(browser, []), all = [];
  const ask = async () => {
    await page.goto(`file://${site}/index.html`);
    await until(page, 'window.jianyan && jianyan.page', 'scripts');
    for (const query of asked) all.push(await ofPage(page, query));
  };
  await within(QUERIES, ask()).catch(error => fault(`after ${all.length} queries: ${error.message}`));
  await browser.close();
  return all;
}

/** How many answers are the same; what differs is a fault. */
function compare(name, asked, said, wanted) {
  const differ = asked.filter((query, at) => JSON.stringify(said[at]) !== JSON.stringify(wanted[at]));
  for (const query of differ.slice(0, 5)) fault(`${name}: another answer to ${query}`);
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

async function main() {
  const asked = queries(site), said = ofProgram(program, index, site, asked).map(bare);
  const servers = await serve(site, folder), written = await preview(program, folder);
  let newest = null;
  for (const major of ['today', ...majors]) {
    const today = major === 'today', driver = path.join(folder, today ? majors[majors.length - 1] : major);
    const begin = () => start(driver, today && (process.env.CHROMIUM || '/usr/bin/chromium'));
    const row = { Chromium: major, 'file://': await walk(begin, major, `file://${site}/`) };
    for (const { name, address, journeys } of servers) row[name] = await walk(begin, major, address, journeys);
    row.desk = await walk(begin, major, written.address, ['desk'], { desk: page => desk(page, written) });
    const own = await answers(begin, asked);
    newest = newest || own;
    row['hits, facets as the program'] = compare(`${major}, program`, asked, own.map(bare), said);
    row['passages, marks as today'] = compare(`${major}, today`, asked, own, newest);
    print(row);
  }
  for (const { stop } of servers.concat(written)) stop();
  process.exit(faults ? 1 : 0);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
main().catch(error => { console.error(error); process.exit(1); });
