/* The forms of the preview's desk: what is typed is judged and shown by the server while it is typed. */
(jianyan => {
  'use strict';

  const form = document.querySelector('[data-desk-form]');
  if (!form) return;
  const { t, make } = jianyan.page, { deskForm: action } = form.dataset;
  Object.assign(jianyan.texts, JSON.parse(form.dataset.texts));
  const token = new URL(location.href).searchParams.get('token');
  const find = selector => document.querySelector(selector);
  const view = find('[data-desk-view]'), heading = find('[data-desk-title]');
  const problems = find('[data-desk-problems]'), alertBox = find('[data-desk-alert]'), status = find('[data-desk-status]');
  const toList = find('[data-desk-to-list]'), fix = find('[data-desk-fix]'), sure = form.elements.sure, file = find('#desk-file'), report = find('[data-desk-report]');
  const IMPORTED = 'jianyan-import', PROBLEM = 'desk-problem-';
  let dirty = false;

  /** Asks the server; an answer is an object, whatever happens. */
  const post = async (path, body, type, more = {}) => {
    await jianyan.older;
    try {
      const query = new URLSearchParams(Object.assign({ token }, more));
      const answer = await fetch(`/_/${path}?${query}`, { method: 'POST', body, headers: { 'Content-Type': type } });
      return await answer.json();
    } catch (failed) {
      return { message: t('desk.unreachable') };
    }
  };
  const ask = path => post(path, JSON.stringify(values()), 'application/json');

  /** What is filled in, by name; the values of one name stand in lines. */
  function values() {
    const all = {};
    for (const { name, type, checked, value } of form.elements) {
      if (!name || type === 'checkbox' && !checked) continue;
      all[name] = name in all ? all[name] + '\n' + value : value;
    }
    return all;
  }

  // What has the focus or the caret stays clear of the buttons at the foot of the window.
  if (find('.desk-end')) document.documentElement.classList.add('desk-footed');

  // ---- values that the corpus has ----

  // A list of words is completed word by word: what stands before the last is kept.
  for (const box of form.querySelectorAll('[data-words]')) {
    const offers = [...box.list.options].map(option => option.value);
    box.addEventListener('input', () => {
      const before = /^[^]*[、，,；;]\s*/.exec(box.value), kept = before ? before[0] : '';
      [...box.list.options].forEach((option, i) => { option.value = kept + offers[i]; });
    });
  }

  // A list of documents takes one at a time: what is chosen goes into its lines.
  for (const box of form.querySelectorAll('[data-adds]')) {
    const area = document.getElementById(box.dataset.adds), known = new Set([...box.list.options].map(option => option.value));
    const add = () => {
      const id = box.value.trim(), lines = area.value.split('\n').map(line => line.trim()).filter(Boolean);
      if (!known.has(id)) return;
      area.value = lines.includes(id) ? area.value : [...lines, id].join('\n');
      box.value = '';
      area.dispatchEvent(new Event('input', { bubbles: true }));
    };
    box.addEventListener('input', event => { if (event.inputType !== 'insertText') add(); });
    box.addEventListener('change', add);
    box.addEventListener('keydown', event => { if (event.key === 'Enter') { event.preventDefault(); add(); } });
  }

  // ---- findings ----

  /** Height of a text in an area, its long lines broken. */
  function heightIn(area, text) {
    const copy = Object.assign(area.cloneNode(), { id: '', rows: 1, value: text });
    Object.assign(copy.style, { position: 'absolute', width: area.offsetWidth + 'px', height: '0' });
    area.after(copy);
    const height = copy.scrollHeight;
    copy.remove();
    return height;
  }

  /** Goes to a line of a text, a third down the area and the window. */
  function go(area, line) {
    const lines = area.value.split('\n').slice(0, line), last = lines.pop() || '';
    const start = lines.join('\n').length + (lines.length ? 1 : 0);
    area.focus({ preventScroll: true });
    area.setSelectionRange(start, start + last.length);
    const above = heightIn(area, lines.join('\n'));
    area.scrollTop = above - area.clientHeight / 3;
    const top = area.getBoundingClientRect().top + above - area.scrollTop;
    if (top < 0 || top > innerHeight * 0.6) scrollBy(0, top - innerHeight / 3);
  }

  /** Where a finding is: a way to the line in this form or in another, or a word. */
  function where({ place, href, field, line }) {
    const area = areaOf({ field, line }), attributes = { className: 'where', textContent: place || '' };
    if (area) return make('button', Object.assign(attributes, { type: 'button', className: 'plain where', onclick: () => go(area, line) }));
    return href ? make('a', Object.assign(attributes, { href: `${href}&token=${token}` })) : make('span', attributes);
  }

  function item(one) {
    const { severity, message, help } = one;
    return make('li', { className: 'finding ' + severity },
      make('span', { className: 'severity', textContent: t('severity.' + severity) }), ' ', where(one), ' ',
      message, ' ', make('span', { className: 'remedy', textContent: help ? t('severity.help') + t('desk.colon') + help : '' }));
  }

  /** The text area whose line a finding is about. */
  const areaOf = ({ field, line }) => (field === 'front' || field === 'body') && line && form.elements[field];

  /** Changes the list of what describes an element. */
  function describe(element, change) {
    const ids = change((element.getAttribute('aria-describedby') || '').split(' ').filter(Boolean));
    if (ids.length) element.setAttribute('aria-describedby', ids.join(' '));
    else element.removeAttribute('aria-describedby');
  }

  const holderOf = field => [...form.querySelectorAll('[data-field]')].find(place => place.dataset.field === field);

  function forget() {
    for (const old of form.querySelectorAll('.problem')) old.remove();
    for (const one of form.querySelectorAll('[aria-describedby]')) describe(one, ids => ids.filter(id => !id.startsWith(PROBLEM)));
    for (const one of form.querySelectorAll('[aria-invalid]')) one.removeAttribute('aria-invalid');
  }

  /** Shows findings at their fields, and those without one in the list. */
  function show(list) {
    forget();
    const others = [];
    list.forEach((one, number) => {
      const id = PROBLEM + number, isError = one.severity === 'error';
      const area = areaOf(one), holder = one.field && !one.line && holderOf(one.field);
      const control = area || holder && holder.querySelector('input, select, textarea');
      if (isError && control) control.setAttribute('aria-invalid', 'true');
      if (!holder) {
        if (isError && area) describe(area, ids => ids.concat(id));
        others.push(Object.assign(item(one), { id }));
        return;
      }
      const text = one.help ? one.message + t('desk.stop') + one.help : one.message;
      holder.append(make('span', { className: 'problem ' + one.severity, id, textContent: text }));
      describe(holder.tagName === 'FIELDSET' ? holder : control, ids => ids.concat(id));
      const more = holder.closest('details');
      if (more && isError) more.open = true;
    });
    problems.replaceChildren(...others);
    problems.hidden = toList.hidden = !others.length;
    const count = severity => list.filter(one => one.severity === severity).length;
    status.textContent = t('desk.counts', { errors: count('error'), warnings: count('warning') });
  }

  toList.addEventListener('click', () => {
    problems.focus();
    problems.scrollIntoView({ block: 'nearest' });
  });

  /** Goes to the first field with an error, in a text to the line, and says which it is. */
  function toFirst(list, message) {
    const control = form.querySelector('[aria-invalid=true]');
    const inText = control && list.find(one => one.severity === 'error' && areaOf(one) === control);
    complain(inText ? `${message}${inText.place}${t('desk.colon')}${inText.message}` : message);
    if (inText) go(control, inText.line);
    else (control || alertBox).focus();
  }

  function complain(message, undo) {
    alertBox.textContent = message || '';
    alertBox.hidden = !message;
    if (undo) alertBox.append(' ', make('button', { type: 'button', textContent: undo.label, onclick: async () => {
      const answer = await post('undo', JSON.stringify({ undo: undo.name }), 'application/json');
      complain(answer.said || answer.message);
    } }));
  }

  // ---- the view beside the form ----

  let asked = 0, timer;
  /** Shows the document as it would be, and offers what can be fixed in it. */
  async function draw() {
    const own = ++asked, answer = await ask('preview');
    if (own !== asked) return {};
    if (!answer.problems) return answer;
    const empty = find('[data-desk-view-empty]');
    if (empty) empty.remove();
    view.innerHTML = answer.html;
    heading.textContent = answer.title;
    heading.hidden = !answer.title;
    fix.hidden = !answer.fixable;
    fix.textContent = t('desk.fix', { count: answer.fixable });
    return answer;
  }
  async function refresh() {
    if (!view) return;
    const { problems: list, message } = await draw();
    if (list) show(list);
    else if (message) complain(message);
  }
  const later = event => {
    // A file that is chosen is not yet what is filled in.
    if (event && (event.isComposing || event.target === file)) return;
    dirty = true;
    if (sure) sure.value = '';
    clearTimeout(timer);
    timer = setTimeout(refresh, 300);
  };
  form.addEventListener('input', later);
  form.addEventListener('change', later);
  form.addEventListener('compositionend', () => later());
  addEventListener('beforeunload', event => {
    if (!dirty) return;
    event.preventDefault();
    event.returnValue = '';
  });

  // ---- what has one right answer ----

  /** Puts a text in the place of another, so that the author can undo it. */
  function replace(area, text) {
    if (!area || area.value === text) return;
    area.focus({ preventScroll: true });
    area.select();
    if (!document.execCommand('insertText', false, text)) area.value = text;
    area.setSelectionRange(0, 0);
    area.scrollTop = 0;
  }

  fix.addEventListener('click', async () => {
    const answer = await ask('fix');
    if (!answer.count) return complain(answer.message);
    complain('');
    replace(form.elements.front, answer.front);
    replace(form.elements.body, answer.body);
    clearTimeout(timer);
    await refresh();
    status.textContent = [t('desk.fixed', { count: answer.count }), answer.left, status.textContent].filter(Boolean).join(' ');
  });

  // ---- the form and the text of one front matter ----

  const fields = find('[data-desk-fields]'), front = form.elements.front;
  let turn = Promise.resolve();
  /** Shows in the form what the text says. */
  function refill(said) {
    for (const [path, value] of Object.entries(said)) {
      const boxes = [...fields.querySelectorAll('[name]')].filter(box => box.name === path);
      for (const box of boxes) {
        box.disabled = value === null;
        if (box.type === 'checkbox') box.checked = value !== null && value.split('\n').includes(box.value);
        else if (value !== null && box !== document.activeElement) box.value = value;
      }
    }
  }
  if (fields) {
    const current = () => ({ file: form.elements.file.value, mark: form.elements.mark.value, front: front.value, body: form.elements.body.value });
    /** One after the other: each begins with the text that the one before has made. */
    const tell = more => { turn = turn.then(async () => {
      const answer = await post('fields', JSON.stringify({ ...current(), ...more }), 'application/json');
      complain(answer.values ? '' : answer.message);
      if (!answer.values) return;
      if (more.field && answer.front !== front.value) front.value = answer.front;
      refill(answer.values);
      clearTimeout(timer);
      await refresh();
    }); };
    fields.addEventListener('change', ({ target: { name, type, value } }) => {
      if (!name) return;
      const boxes = [...fields.querySelectorAll('[type=checkbox]')].filter(box => box.name === name && box.checked);
      tell({ field: name, value: type === 'checkbox' ? boxes.map(box => box.value).join('\n') : value });
    });
    front.addEventListener('change', () => tell({}));
  }

  // ---- saving ----

  /** Leads on to where what was written shows; the page there says so. */
  function leave({ next, said, undo }) {
    dirty = false;
    sessionStorage.setItem('jianyan-said', JSON.stringify({ said, undo }));
    location.href = next;
  }

  form.addEventListener('submit', async event => {
    event.preventDefault();
    const button = form.querySelector('[type=submit]');
    button.disabled = true;
    complain('');
    await turn;
    clearTimeout(timer);
    asked++;
    const answer = await ask(action === 'new' ? 'save' : action);
    button.disabled = false;
    if (answer.next) {
      status.textContent = t('desk.saved');
      return leave(answer);
    }
    if (answer.problems) show(answer.problems);
    if (sure && answer.unsure) sure.value = 'true';
    alertBox.classList.toggle('unsure', Boolean(answer.unsure));
    toFirst(answer.problems || [], answer.message);
    if (view) draw();
  });

  const download = find('[data-desk-download]');
  if (download) download.addEventListener('click', async () => {
    const answer = await ask('preview');
    if (!answer.problems) return complain(answer.message);
    show(answer.problems);
    const url = URL.createObjectURL(new Blob([answer.text], { type: 'text/markdown' }));
    make('a', { href: url, download: answer.name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  });

  // ---- beginning with the sample ----

  const sample = find('[data-desk-sample]');
  if (sample) sample.addEventListener('click', async () => {
    sample.disabled = true;
    const answer = await post('sample', '{}', 'application/json');
    if (answer.next) return leave(answer);
    sample.disabled = false;
    complain(answer.message);
  });

  // ---- importing ----

  /** Asks for a look at what was guessed, until it is changed. */
  function mark(control) {
    const badge = make('span', { className: 'badge guessed', textContent: t('desk.guessed') });
    control.labels[0].append(' ', badge);
    control.addEventListener('input', () => badge.remove(), { once: true });
  }

  /** Fills the form with what was read from a file. */
  async function fill(answer) {
    await jianyan.older;
    for (const old of form.querySelectorAll('.guessed')) old.remove();
    for (const [name, value] of Object.entries(answer.values)) {
      const control = form.elements[name];
      if (!control || control instanceof RadioNodeList) continue;
      control.value = value;
      if (answer.guessed.includes(name) && control.labels && control.labels.length) mark(control);
    }
    report.replaceChildren(make('ul', {}, ...answer.report.map(line => make('li', { textContent: line }))));
    dirty = true;
    refresh();
  }

  if (file) file.addEventListener('change', async () => {
    const [chosen] = file.files;
    if (!chosen || dirty && !confirm(t('desk.replace'))) {
      file.value = '';
      return;
    }
    complain('');
    status.textContent = t('desk.reading');
    find('[data-desk-file]').textContent = chosen.name;
    const answer = await post('import', chosen, 'application/octet-stream', { name: chosen.name, kind: form.elements.kind.value === 'report' ? '' : form.elements.kind.value });
    status.textContent = '';
    file.value = '';
    if (!answer.values) return complain(answer.message, answer.undo);
    if (answer.values.kind === form.elements.kind.value) return fill(answer);
    sessionStorage.setItem(IMPORTED, JSON.stringify(answer));
    dirty = false;
    location.search = new URLSearchParams({ kind: answer.values.kind, token });
  });

  const imported = file && sessionStorage.getItem(IMPORTED);
  if (imported) {
    sessionStorage.removeItem(IMPORTED);
    fill(JSON.parse(imported));
  } else if (action === 'edit') {
    refresh();
    const line = Number(new URL(location.href).searchParams.get('line'));
    for (const area of [form.elements.body, form.elements.front]) {
      const first = Number(area.dataset.firstLine);
      if (line >= first) { go(area, line - first + 1); break; }
    }
  }
})(jianyan);
