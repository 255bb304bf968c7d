// While an answer is awaited, the page says what is searched.
const page = element.closest('#quoth');
new MutationObserver(() => {
  const line = element.querySelector('.searching');
  if (!line) return;
  const chosen = new URLSearchParams(location.search).has('in');
  line.textContent = 'busy' in page.dataset ? line.dataset[chosen ? 'some' : 'all'] : '';
}).observe(page, { attributes: true, attributeFilter: ['data-busy'] });
