// Scrolls to the current question and gives it its address.
const page = element.closest('#quoth');
let seen = ''; // the turn that stands here in its first order
const isFirst = () => Boolean(element.querySelector('template[data-stage]'));
page.addEventListener('asking', () => { delete page.dataset.ranking; });
page.addEventListener('arrived', () => {
  seen = '';
  if (!isFirst()) delete page.dataset.ranking; // else the last order did not come
});
watch('value', () => {
  page.dispatchEvent(new Event('shown')); // before the scroll: what was grown takes more room
  const turn = element.querySelector('[data-current]');
  if (!turn) {
    window.scrollTo({ top: 0 });
    return;
  }
  const isSeen = turn.dataset.search === seen; // somebody may be reading it: it stays where it is
  if (isFirst()) {
    seen = turn.dataset.search;
    page.dataset.ranking = 'true';
  } else delete page.dataset.ranking;
  page.settle(turn.dataset.search);
  page.dispatchEvent(new Event('address'));
  if (!isSeen) turn.scrollIntoView({ block: 'start' });
  // A link that asks the question in another way is gone with the old answer; the focus stays with the question.
  if (page.dataset.asking) turn.focus({ preventScroll: true });
  delete page.dataset.asking;
});
