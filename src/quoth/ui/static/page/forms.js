// Forms that lead to another address of the page; what is left empty stays out of it.
const page = element.closest('#quoth');
element.addEventListener('submit', (event) => {
  const form = event.target.closest('form[data-go]');
  if (!form) return;
  event.preventDefault();
  const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  page.dataset.listed = 'true';
  page.go(`?${fields}`);
});
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-add]');
  if (!button) return;
  const entries = button.form.querySelectorAll('li');
  const empty = [...entries].map((entry) => entry.querySelector('input')).find((input) => !input.value.trim());
  if (empty || entries.length >= Number(button.dataset.add)) {
    empty?.focus();
    return;
  }
  const last = entries[entries.length - 1];
  const added = last.cloneNode(true);
  const [label, input] = [added.querySelector('span'), added.querySelector('input')];
  label.textContent = label.textContent.replace(/\d+/, String(entries.length + 1));
  input.name = 'and';
  input.value = '';
  last.after(added);
  input.focus();
});
