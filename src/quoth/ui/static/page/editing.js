// "Edit" puts an earlier question into the box; what is asked then takes its place.
const page = element.closest('#quoth');
const box = () => element.querySelector('#question textarea');
const fill = (text) => {
  page.fill(text);
  box().focus();
};
const end = () => {
  if (!('editing' in page.dataset)) return;
  delete page.dataset.editing;
  fill('');
};
element.addEventListener('click', (event) => {
  const edit = event.target.closest('[data-edit]');
  if (edit) {
    page.dataset.editing = edit.closest('.turn').dataset.search;
    fill(edit.dataset.edit);
    box().select();
  } else if (event.target.closest('[data-edit-end]')) end();
});
element.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.target !== box() || !('editing' in page.dataset)) return;
  event.stopPropagation(); // which would close the source
  end();
});
page.addEventListener('address', () => {
  const turns = [...element.querySelectorAll('.turn')].map((turn) => turn.dataset.search);
  if ('editing' in page.dataset && !turns.includes(page.dataset.editing)) end();
});
new MutationObserver(() => {
  const line = element.querySelector('.editing');
  if (line) line.hidden = !('editing' in page.dataset);
}).observe(page, { attributes: true, attributeFilter: ['data-editing'] });
