// The table: node table.js PROGRAM FOLDER MAJOR… (scripts/old-browsers calls it).
const path = require('path');
const { start, open, until, within } = require('./browser'), JOURNEYS = require('./journeys');
const { queries, ofProgram, ofPage } = require('./answers'), { serve, missing } = require('./servers'), { preview, desk } = require('./desk');

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
  const asked = queries(site), said = ofProgram(program, index, site, asked);
  const servers = await serve(site, folder), written = await preview(program, folder);
  for (const { name, address } of servers) for (const file of await missing(address, site)) fault(`${name} doesn't give ${file} as it is`);
  let before = Promise.resolve();
  const rowOf = async major => {
    const today = major === 'today', driver = path.join(folder, today ? majors[majors.length - 1] : major);
    const begin = () => start(driver, today && (process.env.CHROMIUM || '/usr/bin/chromium'));
    const row = { Chromium: major, 'file://': await walk(begin, major, `file://${site}/`) };
    for (const { name, address, journeys } of servers) row[name] = await walk(begin, major, address, journeys);
    // All browsers write into one corpus: one after the other.
    const turn = before.then(() => walk(begin, major, written.address, ['desk'], { desk: page => desk(page, written) }));
    before = turn.catch(() => {});
    row.desk = await turn;
    row['answers as the program'] = compare(major, asked, await answers(begin, asked), said);
    return row;
  };
  // Two at a time: a journey waits more than it works.
  const rows = ['today', ...majors];
  const next = async () => { while (rows.length) print(await rowOf(rows.shift())); };
  await Promise.all([next(), next()]);
  for (const { stop } of servers.concat(written)) stop();
  process.exit(faults ? 1 : 0);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
main().catch(error => { console.error(error); process.exit(1); });
