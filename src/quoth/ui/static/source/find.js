// The box for words to find: Enter looks for them, then goes on to the next place, Shift+Enter back; Escape ends it.
const page = element.closest('#quoth');
const press = (link) => {
  if (!link) return;
  link.click();
  page.dataset.step = 'find'; // the focus stays in the box
};
const look = (form) => {
  const words = form.elements.find.value;
  const fields = new URLSearchParams(location.search);
  if (words === (fields.get('find') ?? '')) {
    press(form.querySelector('[data-step="find-next"]'));
    return;
  }
  fields.delete('at');
  fields.delete('find');
  if (words) fields.set('find', words);
  const link = form.querySelector('[data-step="find"]');
  link.setAttribute('href', `?${fields}`);
  press(link);
};

element.addEventListener('submit', (event) => {
  event.preventDefault();
  look(event.target);
});
element.addEventListener('keydown', (event) => {
  const form = event.target.closest('.find');
  if (!form) return;
  if (event.key === 'Enter' && event.shiftKey) {
    event.preventDefault();
    press(form.querySelector('[data-step="find-previous"]'));
  }
  const clear = form.querySelector('[data-step="find-clear"]');
  if (event.key === 'Escape' && (clear || form.elements.find.value)) {
    event.stopPropagation(); // the document stays open
    event.preventDefault();
    form.elements.find.value = '';
    clear?.click();
  }
});
