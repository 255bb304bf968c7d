// Files that are saved. A table is fetched, so that why it is refused stands beside its link; a browser would only say that
// it failed.
const page = element.closest('#quoth');
page.saveFile = (blob, name) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

async function download(link) {
  try {
    const response = await fetch(link.href, { priority: 'low' }); // what comes between is told here
    if (!response.ok) return await response.text();
    page.saveFile(await response.blob(), link.download);
    return '';
  } catch {
    return page.desk.say('failed');
  }
}

element.addEventListener('click', async (event) => {
  const link = event.target.closest('.view .download a');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const line = link.parentElement.querySelector('[role=status]');
  if (link.ariaBusy) return;
  link.ariaBusy = 'true';
  line.textContent = line.dataset.writing;
  line.textContent = await download(link);
  link.ariaBusy = null;
});
