// Scrolls to the current question and gives it its address.
watch('value', () => {
  const turn = element.querySelector('[data-current]');
  if (!turn) {
    window.scrollTo({ top: 0 });
    return;
  }
  const search = turn.dataset.search;
  const asked = (text) => {
    const fields = new URLSearchParams(text);
    return JSON.stringify(['q', 'after', 'drop'].map((name) => fields.getAll(name)));
  };
  if (asked(search) !== asked(location.search)) history.pushState(null, '', search);
  turn.scrollIntoView({ block: 'start' });
  // A link that asks the question in another way is gone with the old answer; the focus stays with the question.
  const page = element.closest('#quoth');
  if (page.dataset.asking) turn.focus({ preventScroll: true });
  delete page.dataset.asking;
});
