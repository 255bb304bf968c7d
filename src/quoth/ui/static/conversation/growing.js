// "More before", "More after": the server sends the passage anew. Grown ones stay grown when the conversation changes.
const page = element.closest('#quoth');
const grown = new Map();
const place = (found) => {
  const turn = found.closest('.turn');
  return `${turn?.dataset.search ?? location.search} ${[...element.querySelectorAll('.quoted')].filter((other) => other.closest('.turn') === turn).indexOf(found)}`;
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
    const kept = place(found);
    found.outerHTML = html;
    grown.set(kept, html);
    const now = [...element.querySelectorAll('.quoted')].find((other) => place(other) === kept);
    (now?.querySelector(`[data-grow="${button.dataset.grow}"]`) ?? now?.querySelector('.actions button'))?.focus({ preventScroll: true });
  } finally {
    button.disabled = false;
  }
});
page.addEventListener('shown', () => {
  for (const found of element.querySelectorAll('.quoted')) {
    const html = grown.get(place(found));
    if (html) found.outerHTML = html;
  }
});
