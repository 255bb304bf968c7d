// While an answer is awaited, the page says to what, what is searched, that the passages it shows may change their order,
// and that another question comes next.
const page = element.closest('#quoth');
new MutationObserver(() => {
  const line = element.querySelector('.searching');
  if (!line) return;
  const chosen = new URLSearchParams(location.search).has('in');
  const { busy, awaited, next, ranking } = page.dataset;
  const said = next ? 'next' : ranking ? 'ranking' : chosen ? 'some' : 'all';
  line.textContent = busy ? line.dataset[said] : ranking ? line.dataset.unranked : '';
  if (!busy || !awaited) return;
  const question = document.createElement('bdi');
  question.textContent = awaited;
  line.prepend(question, ' ');
}).observe(page, { attributes: true, attributeFilter: ['data-busy', 'data-awaited', 'data-next', 'data-ranking'] });
