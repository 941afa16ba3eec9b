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

  function eventOf([shown, form, level, authority, effect, document, evidence, standing, reason, about, line], at) {
    return { at, shown, day: firstDay(shown), form, level, authority: authority || '', effect, document: document || '',
      evidence, standing, reason, about, line };
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
  const placeOf = event => place('adoptions', event.line);

  /** What a document adds to each figure: { measure, document, day, value, atLeast, instrument, event, places }. */
  function countsOf(filter, document) {
    if (!takesDocument(filter, document)) return [];
    const fitting = document.events.filter(event => takesEvent(filter, event));
    if (asksForEvents(filter) && !fitting.length) return [];
    const found = [];
    const add = (measure, day, places, more) => found.push({ measure, document, day, value: 1, places, ...more });
    if (document.written) {
      add('reports', document.day, [place('genre', document.genreLine), place('date', document.dateLine)]);
    }
    if (document.standing !== NOTHING && fitting.some(event => event.standing === document.standing)) {
      const event = document.decider;
      add(document.standing === ADOPTED ? 'adopted' : 'recognised', document.first, event ? [placeOf(event)] : [], { event });
      if (document.unverified) add('unverified', document.first, document.deciding.map(placeOf), { event });
    }
    for (const event of fitting) {
      if (event.form !== 'instruction' || EFFECTS.indexOf(event.effect) < EFFECTS.indexOf('endorsed')) continue;
      const more = { event, instrument: instrument(document, event) };
      add('instructions', event.day, [placeOf(event)], more);
      if (event.effect === 'endorsed') add('endorsed', event.day, [placeOf(event)], more);
    }
    for (const measure of ['people', 'amount']) {
      if (!document[measure]) continue;
      const [value, atLeast, line] = document[measure];
      add(measure, document.day, [place(measure, line)], { value, atLeast: Boolean(atLeast) });
    }
    return found.filter(count => holds(filter, count.day));
  }

  /** Everything that a filter takes: the counts, the totals and the events, the newest first. */
  function ask(filter) {
    const counts = [], events = [], seen = new Set();
    const totals = { reports: 0, adopted: 0, recognised: 0, unverified: 0, instructions: 0, endorsed: 0,
      people: 0, amount: 0, peopleAtLeast: false, amountAtLeast: false };
    for (const document of documents) {
      for (const count of countsOf(filter, document)) {
        counts.push(count);
        const one = count.measure + '\n' + count.instrument;
        if (count.instrument && seen.has(one)) continue;
        seen.add(one);
        totals[count.measure] += count.value;
        if (count.atLeast) totals[count.measure + 'AtLeast'] = true;
      }
      if (!takesDocument(filter, document)) continue;
      for (const event of document.events) {
        if (takesEvent(filter, event) && holds(filter, event.day)) events.push({ document, event });
      }
    }
    events.sort((a, b) => a.event.day < b.event.day ? 1 : a.event.day > b.event.day ? -1 : 0);
    return { counts, totals, events };
  }

  jianyan.ledger = { documents, take, ask, STANDINGS };
})(jianyan);
