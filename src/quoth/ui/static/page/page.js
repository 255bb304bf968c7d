// Runs once, in the element that holds the whole page. `trigger` calls the handler of that name in page.py.
const page = element.closest('#quoth');
const fieldsAsked = (search) => {
  const fields = new URLSearchParams(search);
  return fields.get('q') && !fields.get('view') && JSON.stringify(['q', 'after', 'drop', 'in'].map((name) => fields.getAll(name)));
};
const go = (search, replace) => {
  history[replace ? 'replaceState' : 'pushState'](null, '', search === '?' ? location.pathname : search);
  page.dispatchEvent(new Event('address'));
  const asked = fieldsAsked(location.search);
  const shown = [...element.querySelectorAll('.turn')].map((turn) => fieldsAsked(turn.dataset.search));
  if (asked && !shown.includes(asked)) page.dataset.busy = 'true';
  trigger('navigate', { search: location.search });
};
// The documents that are asked stay chosen from page to page.
const carry = (search) => {
  const fields = new URLSearchParams(search);
  if (!fields.has('in')) for (const pattern of new URLSearchParams(location.search).getAll('in')) fields.append('in', pattern);
  return `?${fields}`;
};

element.addEventListener('click', (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest('a[data-open]');
  if (link) {
    event.preventDefault();
    const search = link.dataset.carry === undefined ? link.getAttribute('href') : carry(link.getAttribute('href'));
    // All that is seen of the sources of one answer is one step of the history, so that Back closes them.
    const step = link.dataset.step;
    if (link.rel) page.dataset.turned = link.rel;
    else if (step) page.dataset.step = step;
    else if (link.closest('.carried, .choice, .folders')) page.dataset.asking = 'true';
    else if (!link.closest('#source')) {
      page.dataset.opener = search;
      page.dataset.openerTop = link.getBoundingClientRect().top;
    }
    go(search, Boolean(link.rel || step));
    return;
  }
  const example = event.target.closest('button[data-ask]');
  if (example) trigger('ask', { question: example.dataset.ask });
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') element.querySelector('#source .close')?.click();
});
window.addEventListener('popstate', () => {
  page.dispatchEvent(new Event('address'));
  trigger('navigate', { search: location.search });
});

// Where the source covers the page, what lies under it can't be reached.
const narrow = window.matchMedia('(max-width: 63.99rem)');
const cover = () => {
  const covered = narrow.matches && Boolean(element.querySelector('#source .document'));
  document.getElementById('talk').inert = covered;
};
narrow.addEventListener('change', cover);
page.addEventListener('source', cover);
page.dataset.ready = 'true';
