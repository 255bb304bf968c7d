// "More before", "More after": the server sends the passage anew. Grown ones stay grown when the conversation changes,
// wherever they then stand in their answer.
const page = element.closest('#quoth');
const grown = new Map();
// A passage as it was found, below its question.
const origin = (found) => found.dataset.origin
  ?? `${found.closest('.turn')?.dataset.search ?? location.search} ${found.dataset.permalink}`;
const put = (html, found) => {
  const holder = document.createElement('template');
  holder.innerHTML = html; // made by the server, where all text is escaped
  const longer = holder.content.firstElementChild;
  longer.dataset.origin = origin(found);
  if (found.dataset.number) {
    longer.dataset.number = found.dataset.number;
    longer.querySelector('.number').textContent = found.dataset.number;
  }
  found.replaceWith(longer);
  return longer;
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
    if (!/json/.test(response.headers.get('Content-Type'))) return; // connection.js says why
    const { html, said } = await response.json();
    tell(said);
    if (!html) return;
    if (!found.isConnected) return; // gone meanwhile
    grown.set(origin(found), html);
    const longer = put(html, found);
    (longer.querySelector(`[data-grow="${button.dataset.grow}"]`) ?? longer.querySelector('.actions button'))?.focus({ preventScroll: true });
  } finally {
    button.disabled = false;
  }
});
page.addEventListener('shown', () => {
  if (!grown.size) return;
  for (const found of element.querySelectorAll('.quoted')) {
    const html = grown.get(origin(found));
    if (html) put(html, found);
  }
});
