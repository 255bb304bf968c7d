// Runs once, in the element that holds the whole page. `trigger` calls the handler of that name in page.py.
const page = element.closest('#quoth');
// The documents that are asked stay chosen from page to page, in a new tab too. `data-carry` keeps where a link leads
// without them.
page.carry = () => {
  const patterns = new URLSearchParams(location.search).getAll('in');
  for (const link of element.querySelectorAll('a[data-carry]')) {
    link.dataset.carry ||= link.getAttribute('href');
    const fields = new URLSearchParams(link.dataset.carry);
    if (!fields.has('in')) for (const pattern of patterns) fields.append('in', pattern);
    link.setAttribute('href', `?${fields}`);
  }
};
for (const kind of ['address', 'shown', 'arrived']) page.addEventListener(kind, page.carry);
// Links that scripts have made since.
for (const kind of ['click', 'auxclick'])
  element.addEventListener(kind, (event) => event.target.closest('a[data-carry]') && page.carry(), true);

element.addEventListener('click', (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest('a[data-open]');
  if (link) {
    event.preventDefault();
    const search = link.getAttribute('href');
    // All that is seen of the sources of one answer is one step of the history, so that Back closes them.
    const step = link.dataset.step;
    if (link.rel) page.dataset.turned = link.rel;
    else if (step) page.dataset.step = step;
    else if (link.closest('.view .choice')) page.dataset.listed = 'true';
    else if (link.closest('.carried, .choice, .folders')) page.dataset.asking = 'true';
    else if (!link.closest('#source')) {
      page.dataset.opener = search;
      page.dataset.openerTop = link.getBoundingClientRect().top;
    }
    page.go(search, Boolean(link.rel || step));
    return;
  }
  const example = event.target.closest('a[data-ask]');
  if (!example) return;
  event.preventDefault();
  page.ask(example.dataset.ask);
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !document.querySelector('dialog[open]')) element.querySelector('#source .close')?.click();
});

// Where the source covers the page, what lies under it can't be reached. The line of trouble lies above it.
const narrow = window.matchMedia('(max-width: 63.99rem)');
const cover = () => {
  const covered = narrow.matches && Boolean(element.querySelector('#source .document'));
  for (const part of element.querySelectorAll('#masthead, #conversation, #asking')) part.inert = covered;
};
narrow.addEventListener('change', cover);
page.addEventListener('source', cover);
page.dataset.ready = 'true';
