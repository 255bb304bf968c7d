// Shows the marked passage when a document opens, and gives the focus back when it closes.
const page = element.closest('#quoth');
const opener = () => page.dataset.opener && page.querySelector(`#talk a[href="${CSS.escape(page.dataset.opener)}"]`);
watch('value', () => {
  page.dispatchEvent(new Event('source'));
  const pane = element.querySelector('.scroll');
  const turned = page.dataset.turned;
  delete page.dataset.turned;
  if (!pane) {
    opener()?.focus();
    delete page.dataset.opener;
    return;
  }
  const mark = element.querySelector('mark');
  if (mark && !turned) pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  else pane.scrollTop = turned === 'prev' ? pane.scrollHeight : 0;
  pane.focus({ preventScroll: true });
  const shift = opener()?.getBoundingClientRect().top - page.dataset.openerTop;
  if (shift) window.scrollBy(0, shift); // the column is narrower now; what was clicked stays where it was
});
