// "More before", "More after": the server sends the passage anew. Grown ones stay grown when the conversation changes.
const page = element.closest('#quoth');
const grown = new Map();
// Each passage with the question it stands below and its number there.
const places = () => {
  const counts = new Map();
  return [...element.querySelectorAll('.quoted')].map((found) => {
    const turn = found.closest('.turn');
    const number = counts.get(turn) ?? 0;
    counts.set(turn, number + 1);
    return [found, `${turn?.dataset.search ?? location.search} ${number}`];
  });
};
const tell = (text) => page.dispatchEvent(new CustomEvent('tell', { detail: text }));

element.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-grow]');
  if (!button) return;
  const found = button.closest('.quoted');
  const fields = new URLSearchParams(found.dataset.search);
  fields.set('grow', button.dataset.grow);
  if (found.dataset.number) fields.set('number', found.dataset.number);
  button.disabled = true;
  try {
    const response = await fetch(`quoth/passage?${fields}`);
    const { html, said } = await response.json();
    tell(said);
    if (!html) return;
    const [, kept] = places().find(([other]) => other === found) ?? [];
    if (!kept) return; // gone meanwhile
    found.outerHTML = html;
    grown.set(kept, html);
    const [now] = places().find(([, place]) => place === kept) ?? [];
    (now?.querySelector(`[data-grow="${button.dataset.grow}"]`) ?? now?.querySelector('.actions button'))?.focus({ preventScroll: true });
  } finally {
    button.disabled = false;
  }
});
page.addEventListener('shown', () => {
  if (!grown.size) return;
  for (const [found, place] of places()) {
    const html = grown.get(place);
    if (html) found.outerHTML = html;
  }
});
