/* What suggestions and the help for empty results share: the vocabulary, and how characters are read.
   docs/search.md, section 9; src/bundle/suggest.rs writes both files. */
(jianyan => {
  'use strict';
  if (jianyan.words) return;
  const CLASSES = ['tag', 'cause', 'law', 'number', 'author', 'unit', 'department', 'title'];
  let vocabulary = null, sounds = null;

  const read = async at => {
    const bundle = await jianyan.open();
    return JSON.parse(await bundle.text(bundle.head.suggest[at]));
  };

  /** The letters from `at` on that readings of the characters from `i` on can spell: whole syllables, initials (of zh, ch,
      sh one letter or two), and of the last syllable any beginning. Signs between characters are stepped over. */
  const spells = (readings, i, letters) => {
    if (!letters) return true;
    if (i >= readings.length) return false;
    const own = readings[i];
    if (typeof own === 'string') return own ? letters[0] === own && spells(readings, i + 1, letters.slice(1)) : spells(readings, i + 1, letters);
    return own.some(reading => {
      if (reading.startsWith(letters)) return true;
      const steps = [1, /^[zcs]h/.test(reading) ? 2 : 1, reading.length];
      return steps.some((step, at) => steps.indexOf(step) === at && letters.startsWith(reading.slice(0, step)) && spells(readings, i + 1, letters.slice(step)));
    });
  };

  jianyan.words = {
    /** The values: each with class, text, normal form and count. */
    vocabulary: () => vocabulary || (vocabulary = read(0).then(lists => [].concat(...lists.map((list, at) =>
      list.map(([text, count]) => ({ kind: CLASSES[at], text, count, normal: jianyan.analyzer.normal(text) })))))),

    /** Syllables with their characters, and `of` a character its syllables. */
    sounds: () => sounds || (sounds = read(1).then(table => {
      const own = new Map();
      for (const syllable in table) for (const character of table[syllable]) own.set(character, (own.get(character) || []).concat(syllable));
      return { table, of: character => own.get(character) || [] };
    })),

    /** For each character of a normal form its readings; the letter or digit itself; nothing for other signs. */
    readings: (normal, of) => Array.from(normal, character => {
      const own = of(character);
      return own.length ? own : /[a-z\d]/.test(character) ? character : '';
    }),

    /** The place in readings from which letters spell on, -1 for none. */
    spelt: (readings, letters) => readings.findIndex((own, i) => own && spells(readings, i, letters)),

    /** The same for initials alone, of which one behind the first may be another letter (wsn for wcn). */
    misspelt(readings, letters) {
      const own = readings.filter(Boolean);
      return own.findIndex((_, from) => {
        const wrong = Array.from(letters, (letter, i) => !(own[from + i] && [].concat(own[from + i]).some(reading => reading[0] === letter)));
        return !wrong[0] && own.length >= from + letters.length && wrong.filter(Boolean).length < 2;
      });
    }
  };
})(jianyan);
