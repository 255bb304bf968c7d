// The list of documents: what is found in it, which of them are ticked, and the way to ask only those.
const page = element.closest('#quoth');
const section = () => element.querySelector('.documents');
const patterns = () => new URLSearchParams(location.search).getAll('in');
let ticked = new Set();
let asked = '';
let timer = 0;
let latest = 0;
const ALL = { find: '', only: false, part: 1 };
let narrowed = ALL; // what is looked for in the list, as long as it is shown

const open = (chosen) => {
  const fields = new URLSearchParams(location.search);
  for (const name of ['in', 'page']) fields.delete(name);
  for (const pattern of chosen) fields.append('in', pattern);
  page.dataset.asking = 'true';
  page.go(`?${fields}`);
};

const showTicks = () => {
  for (const box of element.querySelectorAll('.ask-it')) {
    box.checked = box.disabled ? box.hasAttribute('checked') : ticked.has(box.dataset.pattern);
  }
  const bar = element.querySelector('.ticked');
  if (!bar) return;
  const before = patterns();
  const changed = ticked.size !== before.length || before.some((pattern) => !ticked.has(pattern));
  const said = bar.querySelector('p');
  const isTooMany = ticked.size > Number(bar.dataset.most);
  const isTooLong = [...ticked].join('').length > Number(bar.dataset.mostCharacters);
  if (isTooMany) said.textContent = bar.dataset.tooMany;
  else if (isTooLong) said.textContent = bar.dataset.tooLong;
  else said.textContent = said.dataset[ticked.size === 1 ? 'one' : 'many'].replace('{n}', ticked.size);
  bar.querySelector('.apply').disabled = isTooMany || isTooLong;
  bar.hidden = !changed;
};

const list = async (part) => {
  const mine = ++latest;
  narrowed = { ...narrowed, part };
  const fields = new URLSearchParams({ find: narrowed.find.trim(), page: part });
  if (narrowed.only) fields.set('only', 'unread');
  for (const pattern of patterns()) fields.append('in', pattern);
  const response = await fetch(`quoth/documents?${fields}`);
  const place = element.querySelector('.documents .list');
  if (!place || mine !== latest || !response.ok) return;
  place.innerHTML = await response.text(); // made by the server, where all text is escaped
  showTicks();
};

element.addEventListener('input', (event) => {
  if (!event.target.matches('.documents .find')) return;
  narrowed = { ...narrowed, find: event.target.value };
  clearTimeout(timer);
  timer = setTimeout(() => list(1), 150);
});
element.addEventListener('change', (event) => {
  if (event.target.matches('.documents .only')) {
    narrowed = { ...narrowed, only: event.target.checked };
    list(1);
  }
  if (!event.target.matches('.documents .ask-it')) return;
  ticked[event.target.checked ? 'add' : 'delete'](event.target.dataset.pattern);
  showTicks();
});
element.addEventListener('click', async (event) => {
  const button = event.target.closest('.documents button');
  if (button?.dataset.page) {
    await list(button.dataset.page);
    section()?.focus();
  } else if (button?.matches('.apply')) open(ticked);
  else if (button?.matches('.undo')) {
    ticked = new Set(patterns());
    showTicks();
  }
});
element.addEventListener('submit', (event) => {
  if (!event.target.matches('.documents .pattern')) return;
  event.preventDefault();
  open(new Set([...ticked, event.target.elements.pattern.value.trim()]));
});
// A list that was built anew, as after a build elsewhere, comes as a whole.
const narrowAgain = () => {
  if (!section()) narrowed = ALL;
  const box = element.querySelector('.documents .find');
  if (!box || !(narrowed.find || narrowed.only)) return;
  box.value = narrowed.find;
  const only = element.querySelector('.documents .only');
  if (only) only.checked = narrowed.only;
  else narrowed = { ...narrowed, only: false };
  list(narrowed.part);
};
watch('value', () => {
  // What is ticked stays ticked in the other parts of the list.
  if (!section() || asked !== String(patterns())) ticked = new Set(patterns());
  asked = String(patterns());
  latest += 1;
  if (section() && page.dataset.asking) {
    section().focus({ preventScroll: true });
    delete page.dataset.asking;
  }
  showTicks();
  narrowAgain();
});
