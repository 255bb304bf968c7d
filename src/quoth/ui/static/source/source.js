// Shows the marked passage when a document opens, and gives the focus back when it closes.
const page = element.closest('#quoth');
const linkTo = (search) => page.querySelector(`#talk a[href="${CSS.escape(search)}"]`);
const opener = () => page.dataset.opener && linkTo(page.dataset.opener);
const scrollTo = (pane, target, share) => {
  pane.scrollTop += target.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight * share;
};
// What was pressed is pressed again without a search for it.
const refocus = (step, pane) => {
  const words = element.querySelector('.find input');
  const pressed = step === 'find' ? words : step && element.querySelector(`[data-step="${step}"]`);
  (pressed || pane).focus({ preventScroll: true });
  if (pressed === words) words?.setSelectionRange(words.value.length, words.value.length);
};

watch('value', () => {
  page.dispatchEvent(new Event('source'));
  const pane = element.querySelector('.scroll');
  const { turned, step } = page.dataset;
  delete page.dataset.turned;
  delete page.dataset.step;
  if (!pane) {
    opener()?.focus();
    delete page.dataset.opener;
    return;
  }
  const place = element.querySelector('[data-at]');
  const mark = element.querySelector('mark.current') ?? element.querySelector('mark');
  if (turned) pane.scrollTop = turned === 'prev' ? pane.scrollHeight : 0;
  else if (place) scrollTo(pane, place, 0.04);
  else if (mark) scrollTo(pane, (page.dataset.pages !== 'text' && mark.closest('.sheet').querySelector('.page')) || mark, 1 / 3);
  refocus(step === 'section' ? '' : step, pane);
  // The column is narrower now; what was clicked stays where it was.
  const shift = opener()?.getBoundingClientRect().top - page.dataset.openerTop;
  if (shift && !step) window.scrollBy(0, shift);
});

// A document that was stepped through closes onto the passage that was seen last.
element.addEventListener('click', (event) => {
  const search = event.target.closest('[data-step^="passage"]')?.getAttribute('href');
  if (search && linkTo(search)) page.dataset.opener = search;
});
