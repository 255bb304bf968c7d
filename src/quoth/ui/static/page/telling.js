// A word that something is done, for a moment: an event 'tell' of the page with the text as its detail.
const page = element.closest('#quoth');
const line = document.createElement('p');
line.className = 'told';
line.setAttribute('role', 'status');
document.body.append(line);
let fading = 0;
const end = () => { line.textContent = ''; };
page.addEventListener('tell', (event) => {
  clearTimeout(fading);
  line.textContent = event.detail;
  fading = setTimeout(end, 4000);
});
page.addEventListener('address', end);
