// What the command line and a browser say to the same queries: total, order, titles, snippets, marks, facets.
const { execFileSync } = require('child_process'), fs = require('fs'), path = require('path');

const LIMIT = 12;

/** Files of a folder that hold records. */
function records(site) {
  const found = [];
  const walk = folder => {
    for (const name of fs.readdirSync(folder).sort()) {
      const at = path.join(folder, name);
      if (fs.statSync(at).isDirectory()) walk(at);
      else if (name.endsWith('.json')) found.push(JSON.parse(fs.readFileSync(at, 'utf8')));
    }
  };
  walk(site);
  return found.filter(record => record.id && record.title);
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
  const step = Math.max(1, Math.floor(distinct.length / 200));
  return distinct.filter((_, at) => at % step === 0).slice(0, 200);
}

const facetsOf = facets => Object.keys(facets).sort().map(name => {
  const counts = facets[name] || {};
  return [name, Object.keys(counts).sort().map(value => `${value}=${counts[value]}`).join(' ')];
}).filter(([, counts]) => counts);

/** What the command line says. */
function ofProgram(program, index, site, query) {
  const said = execFileSync(program, ['search', '--index', index, '--site', site, '--format', 'json', '--limit', String(LIMIT), '--', query],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const { total, related, hits, facets } = JSON.parse(said);
  return { total, related, hits: hits.map(({ title, tier, section, snippet }) => [title, tier, section, snippet]), facets: facetsOf(facets) };
}

/** What the page says; the facets are those that the page has, which are not all of the command line's. */
async function ofPage(page, query) {
  const said = await page.evaluate(async (query, limit) => {
    await jianyan.loadColumns();
    const answer = await jianyan.search(query, { limit });
    const names = ['kind', 'line', 'unit', 'department', 'year', 'level', 'form', 'tag'];
    const facets = answer.total ? await jianyan.facets(answer, names) : {};
    const escaped = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
    return {
      total: answer.total, related: answer.related, facets,
      hits: answer.hits.map(({ title, tier, section, parts }) => [title, tier, section,
        parts.map((part, at) => at % 2 ? `<mark>${escaped(part)}</mark>` : escaped(part)).join('')])
    };
  }, query, LIMIT);
  return { ...said, facets: facetsOf(said.facets) };
}

module.exports = { queries, ofProgram, ofPage };
