// What the reader keeps: pins and marks, in the storage of this browser only. Other scripts reach it as `page.desk`.
const page = element.closest('#quoth');
const MOST = 1000;
const storage = (() => {
  try { return window.localStorage; } catch { return null; } // switched off: kept until the page is closed
})();
const unsaved = new Map();
const read = new Map(); // kind: what was read last, so that the same text is parsed once
const now = () => page.querySelector('.desk');
const say = (name, values = {}) => (now()?.dataset[name] ?? '').replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '');
const key = (kind) => `quoth.${kind}.${now().dataset.library}`;

const isTexts = (value) => Array.isArray(value) && value.every((part) => typeof part === 'string');
const isCitation = (value) =>
  Boolean(value) && ['title', 'source', 'quote', 'file_sha256', 'quote_sha256'].every((name) => typeof value[name] === 'string') &&
  ['start', 'end'].every((name) => Number.isInteger(value[name]));
const isLog = (value) => Boolean(value) && typeof value.question === 'string' && isTexts(value.history) && isTexts(value.sources) &&
  isTexts(value.drop ?? []); // what older pages kept has none
const isSound = {
  pins: (pin) => Boolean(pin) && isCitation(pin.citation) && typeof pin.note === 'string' &&
    [pin.reading ?? '', pin.language ?? ''].every((text) => typeof text === 'string') && (pin.log === null || isLog(pin.log)),
  marks: (mark) => Boolean(mark) && isLog(mark.log) &&
    (mark.mark === 'nothing' ? mark.citation === null : ['answers', 'wrong'].includes(mark.mark) && isCitation(mark.citation)),
};

const desk = {
  say,
  tell(text, undo) {
    const place = now();
    if (!place) return;
    place.querySelector('p').textContent = text;
    place.querySelector('[data-undo]').hidden = !undo;
    desk.undo = undo;
  },
  passage: (citation) => JSON.stringify([citation.source, citation.file_sha256, citation.start, citation.end]),
  question: (log) => JSON.stringify([log?.question, log?.history]),
  list(kind) {
    if (!now()) return [];
    const text = storage ? storage.getItem(key(kind)) : unsaved.get(key(kind));
    const last = read.get(kind);
    if (last && last.text === text && last.key === key(kind)) return last.list;
    let kept = [];
    try { kept = text ? JSON.parse(text) : []; } catch { kept = null; }
    const list = Array.isArray(kept) ? kept.filter(isSound[kind]).slice(0, MOST) : [];
    read.set(kind, { key: key(kind), text, list });
    if (list.length !== kept?.length) setAside(kind, text, list);
    return list;
  },
  // Returns whether there was room for it.
  keep(kind, list) {
    const text = JSON.stringify(list);
    try {
      if (list.length > MOST) throw new RangeError();
      if (storage) storage.setItem(key(kind), text);
      else unsaved.set(key(kind), text);
    } catch {
      desk.tell(say('full'));
      return false;
    }
    read.set(kind, { key: key(kind), text, list });
    page.dispatchEvent(new Event('kept'));
    return true;
  },
  take(kind, list) {
    const gone = desk.list(kind).map((one, i) => [one, i]).filter(([one]) => !list.includes(one));
    if (desk.keep(kind, list)) desk.tell(say('removed'), () => putBack(kind, gone));
  },
};
page.desk = desk;

// Each at its place among what is kept by now, which the reader may have changed; what was kept anew is there already.
function putBack(kind, gone) {
  const is = (one) => JSON.stringify([kind === 'marks' && desk.question(one.log), one.citation && desk.passage(one.citation)]);
  const list = [...desk.list(kind)];
  const known = new Set(list.map(is));
  for (const [one, i] of gone) if (!known.has(is(one))) list.splice(i, 0, one);
  desk.keep(kind, list);
}

function setAside(kind, text, list) {
  try {
    storage?.setItem(`${key(kind)}.damaged`, text);
    storage?.setItem(key(kind), JSON.stringify(list));
  } catch { /* no room for both: it stays where it is until something is kept anew */ }
  desk.tell(say('damaged'));
}

element.addEventListener('click', (event) => {
  if (!event.target.closest('[data-undo]')) return;
  const undo = desk.undo;
  desk.tell('');
  undo?.();
});
// Another tab of the page keeps in the same place. What Gradio inserts is new on each update.
window.addEventListener('storage', () => page.dispatchEvent(new Event('kept')));
let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  setTimeout(() => { waiting = false; page.dispatchEvent(new Event('kept')); });
}).observe(page, { childList: true, subtree: true });
