// Views by their address. One thing at a time is under way between the page and its server: Gradio drops what is
// triggered meanwhile. So what the reader goes to meanwhile is asked for when the page has `arrived`.
const page = element.closest('#quoth');
let again = false;
let asking = null; // the question that is on its way, from page.py
const fieldsAsked = (search, names) => {
  const fields = new URLSearchParams(search);
  return JSON.stringify(names.map((name) => fields.getAll(name)));
};
const isAskedAnew = (search) => {
  const fields = new URLSearchParams(search);
  const names = ['q', 'after', 'drop', 'in'];
  const shown = [...element.querySelectorAll('.turn')].map((turn) => fieldsAsked(turn.dataset.search, names));
  return fields.get('q') && !fields.get('view') && !shown.includes(fieldsAsked(search, names));
};
const send = () => {
  const { search } = location;
  page.pending = true;
  if (isAskedAnew(search) || page.dataset.listed) page.dataset.busy = 'true';
  const { digest = '' } = element.querySelector('#conversation [data-digest]')?.dataset ?? {};
  trigger('navigate', { search, digest });
};

page.pending = true; // the page itself is on its way
// Shows what the address says, anew if need be.
page.navigate = () => {
  page.dispatchEvent(new Event('address'));
  if (asking) asking.isLeft = true;
  if (page.pending) again = true;
  else send();
};
page.go = (search, isSameStep = false) => {
  history[isSameStep ? 'replaceState' : 'pushState'](null, '', search === '?' ? location.pathname : search);
  page.navigate();
};
// The address of the turn that is shown: a step of its own when it was asked here, unless the reader went on meanwhile.
page.settle = (search) => {
  const names = ['q', 'after', 'drop', 'in', 'view'];
  const isOther = fieldsAsked(search, names) !== fieldsAsked(location.search, names);
  const isAsked = asking && !asking.isLeft;
  if (isOther && isAsked) history.pushState(null, '', search);
  else if (isOther && fieldsAsked(search, ['q', 'view']) === fieldsAsked(location.search, ['q', 'view'])) history.replaceState(null, '', search);
  asking = null;
};
page.addEventListener('asking', () => {
  asking = { isLeft: false };
  page.pending = true;
  page.dataset.busy = 'true';
});
page.addEventListener('arrived', () => {
  page.pending = false;
  delete page.dataset.busy;
  if (again) {
    again = false;
    send();
  } else page.dispatchEvent(new Event('idle'));
});
window.addEventListener('popstate', page.navigate);
