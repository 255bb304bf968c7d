// The page is read in the language of its labels, and the masthead says which page is open.
const page = element.closest('#quoth');
let asked = '';
const update = () => {
  const fields = new URLSearchParams(location.search);
  const turn = page.querySelector('.turn[data-current]');
  if (turn) asked = turn.dataset.search;
  if (fields.has('new')) asked = '';
  for (const link of element.querySelectorAll('[data-view]')) {
    const view = link.dataset.view;
    if (view === (fields.get('view') ?? '')) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
    // The last question goes along, and leads back.
    const question = new URLSearchParams(asked).get('q');
    link.dataset.carry = view ? `?${new URLSearchParams(question ? { q: question, view } : { view })}` : asked || '?';
  }
  page.carry();
};
watch('value', () => {
  document.documentElement.lang = element.querySelector('[data-lang]').dataset.lang;
  update();
});
page.addEventListener('address', update);
element.addEventListener('click', async (event) => {
  if (!event.target.closest('[data-sign-out]')) return;
  const response = await fetch('quoth/logout', { method: 'POST', headers: { 'X-Quoth': '1' } }).catch(() => null);
  if (response?.ok) location.replace(location.pathname); // whoever comes next does not see the question in the address
  else page.desk.tell(page.desk.say('failed'));
});
