/* The figures of 调研成果转化台账: what a filter takes and what it adds up to.
   src/adoption/count.rs and src/adoption/filter.rs are its twins; docs in src/site/ledger/data.rs. */
var jianyan = jianyan || {};
(jianyan => {
  'use strict';

  const NOTHING = 0, RECOGNISED = 1, ADOPTED = 2;
  const STANDINGS = { nothing: NOTHING, recognised: RECOGNISED, adopted: ADOPTED };
  const EFFECTS = ['submitted', 'noted', 'endorsed', 'ordered', 'issued', 'implemented'];
  const documents = [];

  /** The first day of a date that may be known by its year or month alone; '' without a date. */
  const firstDay = shown => shown && (shown + '-01-01').slice(0, 10);

  const least = days => days.filter(Boolean).sort()[0] || '';

  function eventOf([shown, form, level, authority, effect, document, evidence, standing, reason, about, line, file], at) {
    // From 肯定性批示 up a leader has said something; 圈阅 only says that it was read.
    const signed = form === 'instruction' && EFFECTS.indexOf(effect) >= EFFECTS.indexOf('endorsed');
    return { at, shown, day: firstDay(shown), form, level, authority: authority || '', effect, document: document || '',
      evidence, standing, reason, about, line, file, signed };
  }

  function documentOf([title, page, file, shown, units, departments, persons, lines, written, genreLine, dateLine,
    people, amount, rows]) {
    const events = rows.map(eventOf), standing = Math.max(NOTHING, ...events.map(event => event.standing));
    const deciding = events.filter(event => event.standing === standing), first = least(deciding.map(event => event.day));
    return { title, page, file, shown, day: firstDay(shown), units, departments, persons, lines, written, genreLine, dateLine,
      people, amount, events, standing, deciding, first, decider: deciding.find(event => event.day === first),
      unverified: standing === ADOPTED && deciding.every(event => event.evidence === null) };
  }

  /** Takes the documents of a data file. */
  const take = part => { documents.push(...part.map(documentOf)); };

  // ---- the filter: an object of the keys of the fragment ----

  const takesDocument = (filter, document) =>
    (!filter.unit || document.units.includes(filter.unit)) &&
    (!filter.department || document.departments.includes(filter.department)) &&
    (!filter.line || document.lines.includes(filter.line)) &&
    (!filter.person || document.persons.includes(filter.person));

  const takesEvent = (filter, event) =>
    (!filter.form || filter.form === event.form) &&
    (!filter.level || filter.level === event.level) &&
    (!filter.effect || filter.effect === event.effect) &&
    (!filter.status || STANDINGS[filter.status] === event.standing) &&
    (!filter.unverified || event.evidence === null);

  const asksForEvents = filter =>
    Boolean(filter.form || filter.level || filter.effect || filter.status || filter.unverified);

  /** A day in the period; what has no date is in the unlimited one alone. */
  const holds = (filter, day) => day
    ? (!filter.since || filter.since <= day) && (!filter.until || day <= filter.until)
    : !filter.since && !filter.until;

  // ---- counts ----

  /** What tells an instruction from others: its 文号, else authority and date. */
  const instrument = (document, event) => event.document ||
    (event.authority && event.day ? `${event.authority}\n${event.day}` : `${document.page}\n${event.at}`);

  const place = (key, line) => ({ key, line });

  /** Where a count comes from: fields of the front matter with their lines, 0 where none is known. */
  function placesOf({ measure, document, event }) {
    if (measure === 'reports') return [place('genre', document.genreLine), place('date', document.dateLine)];
    if (measure === 'people' || measure === 'amount') return [place(measure, document[measure][2])];
    const events = measure === 'unverified' ? document.deciding : event ? [event] : [];
    return events.map(one => place('adoptions', one.line));
  }

  /** Hands over what a document adds to each figure: measure, day, value, event, instrument. */
  function count(filter, document, fitting, add) {
    const { standing, first, decider, day } = document;
    if (document.written) add('reports', day, 1);
    if (standing !== NOTHING && fitting.some(event => event.standing === standing)) {
      add(standing === ADOPTED ? 'adopted' : 'recognised', first, 1, decider);
      if (document.unverified) add('unverified', first, 1, decider);
    }
    for (const event of fitting) {
      if (!event.signed) continue;
      add('instructions', event.day, 1, event, instrument(document, event));
      if (event.effect === 'endorsed') add('endorsed', event.day, 1, event, instrument(document, event));
    }
    if (document.people) add('people', day, document.people[0]);
    if (document.amount) add('amount', day, document.amount[0]);
  }

  /** All events, the newest first; sorted when they are first asked for. */
  let sorted = [];

  function newestFirst() {
    const all = documents.flatMap(document => document.events.map(event => ({ document, event })));
    return all.sort((a, b) => a.event.day < b.event.day ? 1 : a.event.day > b.event.day ? -1 : 0);
  }

  /** Everything that a filter takes: the counts, the totals and the events, the newest first. */
  function ask(filter) {
    const counts = [], seen = new Set(), fits = new Set(), asks = asksForEvents(filter);
    const totals = { reports: 0, adopted: 0, recognised: 0, unverified: 0, instructions: 0, endorsed: 0,
      people: 0, amount: 0, peopleAtLeast: false, amountAtLeast: false };
    for (const document of documents) {
      if (!takesDocument(filter, document)) continue;
      const fitting = document.events.filter(event => takesEvent(filter, event));
      if (asks && !fitting.length) continue;
      for (const event of fitting) if (holds(filter, event.day)) fits.add(event);
      count(filter, document, fitting, (measure, day, value, event, instrument) => {
        if (!holds(filter, day)) return;
        const atLeast = !event && Boolean(document[measure] && document[measure][1]);
        counts.push({ measure, document, day, value, atLeast, event });
        const one = instrument && measure + instrument;
        if (one && seen.has(one)) return;
        if (one) seen.add(one);
        totals[measure] += value;
        if (atLeast) totals[measure + 'AtLeast'] = true;
      });
    }
    if (!sorted.length) sorted = newestFirst();
    return { counts, totals, events: sorted.filter(({ event }) => fits.has(event)) };
  }

  jianyan.ledger = { documents, take, ask, placesOf };
})(jianyan);
