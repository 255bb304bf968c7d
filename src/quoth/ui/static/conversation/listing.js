// A table or a list that was asked for has arrived.
const page = element.closest('#quoth');
watch('value', () => {
  if (!page.dataset.listed) return;
  delete page.dataset.listed;
  delete page.dataset.busy;
  element.querySelector('.view')?.focus({ preventScroll: true });
});
