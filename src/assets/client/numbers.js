/* Numbers of cases and documents as drafts write them. src/text/number.rs and its parts are the twin. */
(jianyan => {
  'use strict';
  const { normal } = jianyan.analyzer, { re, value, last, at, WIDEST } = jianyan.reading;

  /** The normal form of a text, for each unit of it the place in the text that it comes from. */
  const mapped = text => {
    const from = [], { forms } = jianyan.citing;
    let out = '';
    for (let i = 0, c; i < text.length; i += c.length) {
      c = String.fromCodePoint(text.codePointAt(i));
      for (const unit of (forms[c] || (forms[c] = normal(c))).split('')) {
        out += unit;
        from.push([i, i + c.length]);
      }
    }
    return { text: out, from };
  };

  const NUMBER = re('\\s*(检例)?\\s*第?\\s*(NUM)(\\s*号)?', 'y');
  const NEXT = re('(?:\\([^()]{0,39}\\))?\\s*(?:(或者|以及|[、,/和及与或])|[至到~～〜]|([-‐‑−—–―─]))+', 'y');

  /** Numbers side by side up to the last 号, the first of which begins at `begin`. */
  const numbersAt = (text, begin, from, canonical) => {
    const all = [];
    let waiting = [], before = 0, joint = null, end = 0;
    for (let match; (match = at(NUMBER, text, from));) {
      const number = value(match[2]), ranges = joint && !joint[1];
      if (/\d{7}/.test(match[2]) || match[1] && !joint || ranges && number <= before && !(joint[2] && waiting.length)) break;
      if (ranges && number <= before) {
        last(waiting)[0] += '-' + number;
      } else {
        if (ranges && number - before <= WIDEST) for (let n = before + 1; n < number; n++) waiting.push([n, begin, match.end]);
        waiting.push([number, begin, match.end]);
      }
      last(waiting)[2] = match.end;
      before = number;
      if (match[3]) all.push(...waiting.splice(0).map(([number, start, stop]) => ({ number: canonical(number), start, end: end = stop })));
      joint = at(NEXT, text, match.end);
      if (!joint) break;
      begin = from = joint.end;
    }
    return { all, end };
  };

  const YEARED = /[(〔[【〈]\s*(\d{4}|[〇零○一二两三四五六七八九]{4})\s*[)〕\]】〉]\s*/y, CUT = re('^.*(?:CUES)'), COURT = /([一-鿿](?:[一-鿿 ]|\d)*)/y;

  /** Who gives a number, right before it. */
  const issuerOf = before => /(?:[一-鿿a-z]|(?<=[一-鿿a-z])\((?!试行|草案|修[订正])[一-鿿]{1,2}\)(?=[一-鿿a-z])){0,12}$/.exec(before)[0].replace(CUT, '').replace(/^[参详]?见/, '');

  const numbersOf = raw => {
    const { text, from } = mapped(raw), all = [];
    for (let i = 0, done = 0; i < text.length; i++) {
      let found = null, year;
      const guide = at(/检例\s*\(?\s*|(\d{4}年)?(?<!执[法纪]|(?<!\d{4})年)指导性?案例\s*|总\s*(?=第\s*\d+\s*号)/y, text, i);
      if (guide) {
        const name = { 检: '检例', 总: '总' }[guide[0][0]] || (guide[1] || '') + '指导案例';
        found = numbersAt(text, i, guide.end, number => `${name}${number}号`);
      } else if (text[i] === '令' && /[院席部委局署会府行办]$/.test(text.slice(done, i))) {
        // 和 within 共和国 introduces no number.
        const before = text.slice(done, i), issuer = issuerOf(before).replace(/^经(?![济贸])/, ''), state = before.endsWith('中华人民共和' + issuer), giver = state ? issuer.slice(1) : issuer;
        found = numbersAt(text, i - issuer.length - (state ? 6 : 0), i + 1, number => `${giver}令${number}号`);
      } else if ((year = at(YEARED, text, i)) && (year[1] = value(year[1])) > 999) {
        const rest = text.slice(year.end, year.end + 24).split('号')[0], [letter] = /^(?:[a-z](?=\d))?/.exec(rest);
        if (/^[一-鿿]/.test(rest) && rest[0] !== '第' && !numbersAt(text, i, year.end, String).end) {
          for (let place = 1; place < rest.length && !(found && found.end) && /^[一-鿿 \d]*$/.test(rest.slice(0, place)); place++) {
            if (/\d/.test(rest[place]) && !/\d/.test(rest[place - 1])) found = numbersAt(text, i, year.end + place, number => `(${year[1]})${rest.slice(0, place).replace(/ /g, '')}${number}号`);
          }
        } else {
          const before = text.slice(done, i).trimEnd(), issuer = issuerOf(before);
          found = numbersAt(text, done + before.length - issuer.length, year.end + letter.length, number => `${issuer}${year[1]}-${letter}${number}号`);
        }
      }
      if (!found || !found.end) continue;
      for (const { number, start, end } of found.all) all.push({ kind: 'number', number, start: from[start][0], end: from[end - 1][1] });
      i = (done = found.end) - 1;
    }
    return all;
  };

  Object.assign(jianyan.reading, { mapped, numbersOf });
})(jianyan);
