// The question box. A question leaves it when the server has taken it, and comes back if the server then is gone. One
// that is sent while the page waits stays in the box, and goes when what was awaited has come.
const page = element.closest('#quoth');
const box = () => element.querySelector('#question textarea');
let sent = '';
page.fill = (text) => {
  const area = box();
  area.value = text;
  area.dispatchEvent(new Event('input', { bubbles: true }));
};
page.ask = (text) => {
  page.fill(text);
  element.querySelector('#ask').click();
};

const hold = (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
  if (box().value.trim()) page.dataset.next = 'true';
};
element.addEventListener('keypress', (event) => { // as Gradio does
  const isSent = event.key === 'Enter' && !event.shiftKey && event.target === box();
  if (isSent && page.pending) hold(event);
}, true);
element.addEventListener('click', (event) => { if (page.pending && event.target.closest('#ask')) hold(event); }, true);
element.addEventListener('input', (event) => { if (event.target === box()) delete page.dataset.next; }); // not as it was sent
page.addEventListener('idle', () => {
  if (!('next' in page.dataset)) return;
  delete page.dataset.next;
  element.querySelector('#ask').click();
});

page.addEventListener('asking', (event) => { sent = event.detail; });
page.addEventListener('taken', () => {
  const isAsked = sent.trim() && [...sent.trim()].length <= Number(element.querySelector('.searching').dataset.most);
  if (!isAsked || 'awaited' in page.dataset) return;
  page.dataset.awaited = sent;
  if (box().value === sent) page.fill('');
});
page.addEventListener('trouble', () => {
  if (page.dataset.awaited && !box().value) page.fill(page.dataset.awaited);
  delete page.dataset.next;
});
page.addEventListener('arrived', () => {
  sent = '';
  delete page.dataset.awaited;
});
