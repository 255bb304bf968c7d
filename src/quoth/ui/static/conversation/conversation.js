// Scrolls to the current question and gives it its address.
const page = element.closest('#quoth');
watch('value', () => {
  page.dispatchEvent(new Event('shown')); // before the scroll: what was grown takes more room
  const turn = element.querySelector('[data-current]');
  if (!turn) {
    window.scrollTo({ top: 0 });
    return;
  }
  page.settle(turn.dataset.search);
  page.dispatchEvent(new Event('address'));
  turn.scrollIntoView({ block: 'start' });
  // A link that asks the question in another way is gone with the old answer; the focus stays with the question.
  if (page.dataset.asking) turn.focus({ preventScroll: true });
  delete page.dataset.asking;
});
