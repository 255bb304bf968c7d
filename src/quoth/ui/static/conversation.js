// Scrolls to the current question and gives it its address.
watch('value', () => {
  const turn = element.querySelector('[data-current]');
  if (!turn) {
    window.scrollTo({ top: 0 });
    return;
  }
  const search = turn.dataset.search;
  const question = (text) => new URLSearchParams(text).get('q');
  if (question(search) !== question(location.search)) history.pushState(null, '', search);
  turn.scrollIntoView({ block: 'start' });
});
