// What the command line and a browser say to the same queries: total, order, titles, sections, snippets, marks, facets.
const { execFileSync } = require('child_process'), fs = require('fs'), path = require('path');

const LIMIT = 12;

/** The records of a site, in order. */
function records(site) {
  const read = name => JSON.parse(fs.readFileSync(path.join(site, 'data', name), 'utf8'));
  return read('records.json').files.flatMap(({ file }) => read(file).records);
}

/** Two hundred queries out of the corpus itself: words, phrases, filters, alternatives, exclusions, laws and numbers. */
function queries(site) {
  const all = [], plain = text => Array.from(text.replace(/["“”「」:：()（）《》〔〕—-]/g, ' ').trim());
  for (const { title, keywords = [], tags = [], laws = [], number, kind, unit } of records(site)) {
    const letters = plain(title), words = keywords.concat(tags);
    all.push(letters.slice(0, 4).join(''), letters.slice(2, 8).join(''), `"${letters.slice(-4).join('')}"`);
    for (const word of words.slice(0, 2)) all.push(word, `${word} kind:${kind}`, `${word} OR ${letters.slice(0, 2).join('')}`, `${word} -${letters.slice(0, 2).join('')}`);
    for (const law of laws.slice(0, 2)) all.push(String(law.term || law));
    if (number) all.push(String(number));
    if (unit) all.push(`unit:${String(unit).slice(0, 3)} ${letters.slice(0, 2).join('')}`);
  }
  const distinct = Array.from(new Set(all.map(query => query.trim()).filter(Boolean)));
  if (distinct.length < 200) throw new Error(`only ${distinct.length} queries from ${site}`);
  const step = Math.max(1, Math.floor(distinct.length / 200));
  return distinct.filter((_, at) => at % step === 0).slice(0, 200);
}

const facetsOf = facets => Object.keys(facets).sort().map(name => {
  const counts = facets[name] || {};
  return [name, Object.keys(counts).sort().map(value => `${value}=${counts[value]}`).join(' ')];
}).filter(([, counts]) => counts);

/** The facets of the search page; the command line counts more. */
const FACETS = ['kind', 'line', 'unit', 'department', 'year', 'level', 'form', 'tag'];

/** What the command line says to each query, in order. */
function ofProgram(program, index, site, queries) {
  const file = path.join(path.dirname(index), 'queries.tsv');
  fs.writeFileSync(file, queries.map((query, at) => `${at}\t${query}\n`).join(''));
  const args = ['search', '--index', index, '--site', site, '--format', 'json', '--limit', String(LIMIT), '--queries', file];
  const said = execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
  return said.trim().split(/\n(?=\{)/).map(JSON.parse).map(({ total, related, hits, facets }) => ({
    total, related, hits: hits.map(({ title, tier, section, snippet }) => [title, tier, section, snippet]),
    facets: facetsOf(facets).filter(([name]) => FACETS.includes(name))
  }));
}

/** What the page says; a break within a cell shows as a space there, as the command line has it. */
async function ofPage(page, query) {
  const said = await page.evaluate(async (query, limit, names) => {
    await jianyan.loadColumns();
    const answer = await jianyan.search(query, { limit });
    const facets = answer.total ? await jianyan.facets(answer, names) : {};
    const escaped = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
    return {
      total: answer.total, related: answer.related,
      hits: answer.hits.map(({ title, tier, section, parts }) => [title, tier, section,
        parts.map((part, at) => at % 2 ? `<mark>${escaped(part)}</mark>` : escaped(part)).join('').replace(/\n/g, ' ')]),
      facets
    };
  }, query, LIMIT, FACETS);
  return { ...said, facets: facetsOf(said.facets) };
}

module.exports = { queries, ofProgram, ofPage };
