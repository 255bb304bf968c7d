// The page of what is pinned: filled here, as text, out of what the browser holds. See evidence_html.py.
const page = element.closest('#quoth');
const { desk } = page;
const LARGEST_FILE = 4_000_000;
const view = () => page.querySelector('.evidence');
// As in trace.py: by these a passage is found again after a build.
const EDGE = 24;
const trace = ({ source: path, file_sha256, quote, quote_sha256 }) => {
  const characters = [...quote];
  const words = characters.length > 2 * EDGE ? [characters.slice(0, EDGE), characters.slice(-EDGE)] : [characters];
  return [['file', path], ['f', file_sha256.slice(0, 12)], ['h', quote_sha256.slice(0, 12)], ...words.map((word) => ['t', word.join('')])];
};
const source = (pin) => {
  const fields = new URLSearchParams({ view: 'evidence' });
  // One that stands in no document any more is looked for by its path; the source says what became of it.
  fields.set('doc', pin.document_id || pin.citation.file_sha256.slice(0, 32));
  fields.set('s', `${pin.citation.start}-${pin.citation.end}`);
  for (const [name, value] of trace(pin.citation)) fields.append(name, value);
  return `?${fields}`;
};
const asked = (log) => `?${new URLSearchParams([
  ['q', log.question], ...log.history.map((question) => ['after', question]), ...(log.drop ?? []).map((term) => ['drop', term]),
  ...log.sources.map((pattern) => ['in', pattern]),
])}`;

function fill() {
  const section = view();
  if (!section) return;
  const list = section.querySelector('.exhibits');
  const pins = desk.list('pins');
  const marks = desk.list('marks');
  if (list.shown !== pins && !list.writing) list.replaceChildren(...pins.map((pin, i) => exhibit(section, pin, i, pins.length)));
  list.shown = pins;
  for (const button of section.querySelectorAll('[data-export], [data-clear=pins]')) button.disabled = !pins.length;
  section.querySelector('.none').hidden = Boolean(pins.length);
  for (const button of section.querySelectorAll('.marks button')) button.disabled = !marks.length;
  const marked = section.querySelector('.marked');
  const counts = { marks: marks.length, questions: new Set(marks.map((mark) => desk.question(mark.log))).size };
  const text = marked.dataset.text.replace(/\{(\w+)\}/g, (_, name) => counts[name]);
  if (marked.textContent !== text) marked.textContent = text;
}

function exhibit(section, pin, number, count) {
  const item = section.querySelector('template').content.firstElementChild.cloneNode(true);
  const set = (selector, text) => { item.querySelector(selector).textContent = text; };
  const standing = item.querySelector('.standing');
  standing.textContent = standing.dataset[pin.standing] ?? '';
  if (pin.language) item.querySelector('.quote').lang = pin.language;
  if (pin.reading) set('.quote', pin.reading);
  else item.querySelector('.quote').replaceChildren(...lines(pin.citation.quote));
  set('.number', number + 1);
  set('.citation a bdi', pin.label || pin.citation.title);
  set('.path', pin.citation.source === pin.citation.title ? '' : pin.citation.source);
  item.dataset.standing = pin.standing;
  item.querySelector('.citation a').setAttribute('href', source(pin));
  const found = item.querySelector('.found-with');
  if (pin.log) {
    set('.found-with bdi', pin.log.question);
    found.querySelector('a').setAttribute('href', asked(pin.log));
  } else found.remove();
  item.querySelector('textarea').value = pin.note;
  set('.noted', pin.note); // for paper: a box prints only what it has room for
  for (const button of item.querySelectorAll('button')) button.setAttribute('aria-label', `${button.textContent}: ${number + 1}`);
  item.querySelector('[data-move="-1"]').disabled = number === 0;
  item.querySelector('[data-move="1"]').disabled = number === count - 1;
  return item;
}

// Of a pin out of a file, or of an older page, only the characters of the document are at hand, not how they read: line
// ends after a long line that ends no sentence are shown as spaces; they stay in the text.
const LINE_END = /(?<=[^\s.!?:;…»”"'’)\]]) ?(?:\r\n|[\r\n])(?: ?(?:\r\n|[\r\n]))? ?(?=\S)/g;
const SHORT_LINE = 45;
function lines(text) {
  const nodes = [];
  let from = 0;
  for (const end of text.matchAll(LINE_END)) {
    const before = text.slice(0, end.index).split(/[\r\n]/);
    if (before.length > 1 && before.at(-1).length < SHORT_LINE) continue;
    const soft = document.createElement('span');
    soft.className = 'soft';
    soft.textContent = end[0];
    nodes.push(text.slice(from, end.index), soft);
    from = end.index + end[0].length;
  }
  return [...nodes, text.slice(from)];
}

const placeOf = (inner) => [...view().querySelectorAll('.exhibits > li')].indexOf(inner.closest('li'));

function move(button) {
  const from = placeOf(button);
  const by = Number(button.dataset.move);
  const pins = [...desk.list('pins')];
  pins.splice(from + by, 0, ...pins.splice(from, 1));
  if (!desk.keep('pins', pins)) return;
  const buttons = view().querySelectorAll('.exhibits > li')[from + by].querySelectorAll('[data-move]');
  const same = [...buttons].find((other) => other.dataset.move === button.dataset.move);
  (same.disabled ? [...buttons].find((other) => !other.disabled) : same)?.focus();
}

function remove(button) {
  const at = placeOf(button);
  desk.take('pins', desk.list('pins').filter((_, i) => i !== at));
  const items = view().querySelectorAll('.exhibits > li');
  (items[Math.min(at, items.length - 1)]?.querySelector('[data-remove]') ?? view().querySelector('h2')).focus();
}

const written = () => JSON.stringify({ format: 'quoth.evidence/1', made_at: new Date().toISOString(), exhibits: desk.list('pins') });
const marked = () => JSON.stringify({ format: 'quoth.marks/1', marks: desk.list('marks') });

async function send(path, body) {
  desk.tell('');
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'X-Quoth': '1', 'Content-Type': 'application/json' }, body });
    if (response.ok) return response;
    desk.tell(await response.text());
  } catch {
    desk.tell(desk.say('failed'));
  }
  return null;
}

async function save(button, path, body) {
  const response = await send(path, body);
  if (!response) return;
  page.saveFile(await response.blob(), button.dataset.file);
  desk.tell(decodeURIComponent(response.headers.get('X-Quoth-Message')));
}

async function open(input) {
  const [file] = input.files;
  if (!file) return;
  if (file.size > LARGEST_FILE) desk.tell(desk.say('tooBig'));
  else {
    const response = await send('quoth/evidence/json', await file.text());
    if (response) add((await response.json()).exhibits);
  }
  input.value = '';
}

function add(exhibits) {
  const pins = desk.list('pins');
  const known = new Set(pins.map((pin) => desk.passage(pin.citation)));
  const added = exhibits.filter((pin) => !known.has(desk.passage(pin.citation)));
  if (desk.keep('pins', [...pins, ...added])) desk.tell(desk.say('added', { n: added.length }));
}

element.addEventListener('click', (event) => {
  const button = event.target.closest('.evidence button');
  if (!button) return;
  if (button.dataset.move) move(button);
  else if (button.matches('[data-remove]')) remove(button);
  else if (button.dataset.clear) desk.take(button.dataset.clear, []);
  else if (button.dataset.export) save(button, `quoth/evidence/${button.dataset.export}`, written());
  else if (button.matches('[data-questions]')) save(button, 'quoth/questions', marked());
});
element.addEventListener('change', (event) => { if (event.target.matches('[data-import]')) open(event.target); });
element.addEventListener('input', (event) => {
  if (!event.target.matches('.exhibits textarea')) return;
  const at = placeOf(event.target);
  const list = view().querySelector('.exhibits');
  event.target.closest('li').querySelector('.noted').textContent = event.target.value;
  list.writing = true; // what is being typed into stays as it is
  desk.keep('pins', desk.list('pins').map((pin, i) => (i === at ? { ...pin, note: event.target.value } : pin)));
  list.writing = false;
});
page.addEventListener('kept', fill);
