/* The figures of 调研成果转化台账: what a filter takes and what it adds up to.
   src/adoption/count.rs and src/adoption/filter.rs are its twins; docs in src/site/ledger/data.rs. */
var jianyan = jianyan || {};
(jianyan => {
  'use strict';

  const NOTHING = 0, ADOPTED = 2;
  const STANDINGS = { nothing: NOTHING, recognised: 1, adopted: ADOPTED };
  const documents = [];


  function eventOf([entered, form, level, authority, effect, document, evidence, standing, reason, about, line, file, day,
    instrument, signed], at) {
    return { at, entered, day, form, level, authority: authority || '', effect, document: document || '', evidence, standing,
      reason, about, line, file, instrument, signed };
  }

  function documentOf([title, page, file, day, units, departments, persons, lines, groups, written, genreLine, dateLine,
    people, amount, rows, elsewhere, others]) {
    const events = rows.map(eventOf), standing = elsewhere ? NOTHING : Math.max(NOTHING, ...events.map(event => event.standing));
    const versions = others.map(([form, level, effect, evidence]) => ({ form, level, effect, evidence }));
    const deciding = events.filter(event => event.standing === standing), first = least(deciding.map(event => event.day));
    return { title, page, file, day, units, departments, persons, lines, groups, written, genreLine, dateLine,
      people, amount, events, standing, deciding, versions, first, decider: deciding.find(event => event.day === first),
      unverified: standing === ADOPTED && deciding.every(event => event.evidence === null) &&
        versions.every(event => !event.evidence) };
  }

  /** Takes the documents of a data file. */
  const take = part => { documents.push(...part.map(documentOf)); };

  // ---- the filter: an object of the keys of the fragment ----

  const takesDocument = (filter, document) =>
    (!filter.unit || document.units.includes(filter.unit)) &&
    (!filter.department || document.departments.includes(filter.department)) &&
    (!filter.line || document.lines.includes(filter.line) || document.groups.includes(filter.line)) &&
    (!filter.person || document.persons.includes(filter.person));

  /** What narrows the figures that rest on events, and their rows. */
  const takesEvent = (filter, event) =>
    (!filter.form || filter.form === event.form) &&
    (!filter.level || filter.level === event.level) &&
    (!filter.effect || filter.effect === event.effect);

  /** What narrows the rows alone. */
  const takesRow = (filter, event) =>
    (!filter.status || STANDINGS[filter.status] === event.standing) &&
    (!filter.unverified || event.evidence === null);

  const WITHIN = 'within', UNKNOWN = 'unknown', OUTSIDE = 'outside';

  /** The last day of a date that may be known by its year or month alone. */
  function lastDay(shown) {
    if (shown.length === 4) return shown + '-12-31';
    return shown.length === 7 ? new Date(Date.UTC(+shown.slice(0, 4), +shown.slice(5), 0)).toISOString().slice(0, 10) : shown;
  }

  /** Whether a date is over before another, or with it and began first. */
  const isBefore = (one, other) => lastDay(one) < lastDay(other) || lastDay(one) === lastDay(other) && one < other;

  /** The first of several dates as shown: the one that is over first; '' without any. */
  const least = days => days.filter(Boolean).reduce((first, day) => first && !isBefore(day, first) ? first : day, '');

  /** How a date lies to the period; what has no date is within the unlimited one alone. */
  function falls({ since, until }, shown) {
    if (!since && !until) return WITHIN;
    if (!shown) return UNKNOWN;
    const first = (shown + '-01-01').slice(0, 10), last = lastDay(shown);
    if ((!since || since <= first) && (!until || last <= until)) return WITHIN;
    return since && last < since || until && until < first ? OUTSIDE : UNKNOWN;
  }

  // ---- counts ----

  const place = (key, line) => ({ key, line });

  /** Where a count comes from: fields of the front matter with their lines, 0 where none is known. */
  function placesOf({ measure, document, event }) {
    if (measure === 'reports') return [place('genre', document.genreLine), place('date', document.dateLine)];
    if (measure === 'people' || measure === 'amount') return [place(measure, document[measure][2])];
    const events = measure === 'unverified' ? document.deciding : event ? [event] : [];
    return events.map(one => place('adoptions', one.line));
  }

  /** Hands over what a document adds to each figure: measure, day, value, event, instrument. Events of other versions
      count where `takes` takes them. */
  function count(document, fitting, takes, add) {
    const { standing, first, decider, day } = document;
    if (document.written) add('reports', day, 1);
    const fits = () => fitting.some(event => event.standing === standing) || document.versions.some(event => takes(event));
    if (standing !== NOTHING && fits()) {
      add(standing === ADOPTED ? 'adopted' : 'recognised', first, 1, decider);
      if (document.unverified) add('unverified', first, 1, decider);
    }
    for (const event of fitting) {
      if (!event.instrument) continue;
      add('instructions', event.signed, 1, event, event.instrument);
      if (event.effect === 'endorsed') add('endorsed', event.signed, 1, event, event.instrument);
    }
    if (document.people) add('people', day, document.people[0]);
    if (document.amount) add('amount', day, document.amount[0]);
  }

  const nothing = () => ({ reports: 0, adopted: 0, recognised: 0, unverified: 0, instructions: 0, endorsed: 0,
    people: 0, amount: 0, peopleAtLeast: false, amountAtLeast: false });

  /** Adds counts up; an instrument that is among `seen` adds nothing again. */
  function sum(counts, seen) {
    const totals = nothing();
    for (const { measure, value, atLeast, instrument } of counts) {
      const one = instrument && measure + instrument;
      if (one && seen.has(one)) continue;
      if (one) seen.add(one);
      totals[measure] += value;
      if (atLeast) totals[measure + 'AtLeast'] = true;
    }
    return totals;
  }

  /** All events, the newest first; sorted when they are first asked for. */
  let sorted = [];

  function newestFirst() {
    const all = documents.flatMap(document => document.events.map(event => ({ document, event })));
    // By hand, because not every browser's sort is stable.
    const order = new Map(all.map((one, at) => [one, at]));
    return all.sort((a, b) => a.event.day < b.event.day ? 1 : a.event.day > b.event.day ? -1 : order.get(a) - order.get(b));
  }

  /** Everything that a filter takes: the counts, the totals, what has no place in the period, the events from the newest. */
  function ask(filter) {
    const counts = [], loose = [], fits = new Set();
    for (const document of documents) {
      if (!takesDocument(filter, document)) continue;
      const fitting = document.events.filter(event => takesEvent(filter, event));
      for (const event of fitting) if (takesRow(filter, event) && falls(filter, event.day) === WITHIN) fits.add(event);
      count(document, fitting, event => takesEvent(filter, event), (measure, day, value, event, instrument) => {
        const place = falls(filter, day);
        if (place === OUTSIDE) return;
        const atLeast = !event && Boolean(document[measure] && document[measure][1]);
        (place === WITHIN ? counts : loose).push({ measure, document, day, value, atLeast, event, instrument });
      });
    }
    const seen = new Set(), totals = sum(counts, seen);
    if (!sorted.length) sorted = newestFirst();
    return { counts, totals, unplaced: sum(loose, seen), events: sorted.filter(({ event }) => fits.has(event)) };
  }

  jianyan.ledger = { documents, take, ask, placesOf };
})(jianyan);
