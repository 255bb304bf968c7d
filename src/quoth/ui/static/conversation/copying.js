// "Copy quote", "Copy citation". Where the page isn't on this machine and not encrypted, browsers give no clipboard.
const page = element.closest('#quoth');
const write = async (text) => {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
};

element.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const found = button.closest('.quoted');
  const text = button.dataset.copy === 'quote'
    ? found.querySelector('.quote').textContent
    : `${button.dataset.text}. ${new URL(found.dataset.permalink, location.origin + location.pathname)}`;
  await write(text);
  button.focus({ preventScroll: true });
  page.dispatchEvent(new CustomEvent('tell', { detail: button.dataset.done }));
});
