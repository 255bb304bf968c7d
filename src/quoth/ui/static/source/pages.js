// Images of pages: boxes over what is cited and found, and the choice between images and text alone.
const page = element.closest('#quoth');
const KEY = 'quoth.pages';
try {
  page.dataset.pages = localStorage.getItem(KEY) ?? 'image';
} catch {
  page.dataset.pages = 'image'; // nothing may be kept here
}

const showChoice = () => {
  for (const button of element.querySelectorAll('.switch button')) {
    button.setAttribute('aria-pressed', String(button.dataset.pages === page.dataset.pages));
  }
};
const place = ({ kind, page: number, left, top, right, bottom }) => {
  const figure = element.querySelector(`.page[data-number="${Number(number)}"]`);
  if (!figure) return;
  const box = document.createElement('div');
  box.className = `box ${kind}`;
  const share = (name, value) => box.style.setProperty(name, `${100 * value}%`);
  share('left', left);
  share('top', top);
  share('width', right - left);
  share('height', bottom - top);
  figure.querySelector('.boxes').append(box);
};
const bringIntoView = (box) => {
  const pane = element.querySelector('.scroll');
  if (!box.isConnected || !pane) return;
  pane.scrollTop += box.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
};
const say = (figure, sentence) => {
  const words = document.createElement('figcaption');
  words.textContent = sentence;
  figure.replaceChildren(words);
};

const drawBoxes = async () => {
  const text = element.querySelector('[data-boxes]');
  if (!text || page.dataset.pages === 'text' || text.dataset.drawn) return;
  text.dataset.drawn = 'true';
  const { turned } = page.dataset;
  const answer = await fetch(text.dataset.boxes);
  if (!answer.ok || !text.isConnected) return; // each image says why it isn't there
  (await answer.json()).forEach(place);
  const found = element.querySelector('.box.found');
  const first = found ?? element.querySelector('.box.marked');
  text.dataset.drawn = 'done';
  if (!first || turned || (text.querySelector('[data-at]') && !found)) return;
  const image = first.closest('.page').querySelector('img');
  if (!image) return;
  image.loading = 'eager';
  bringIntoView(first);
  if (!image.complete) image.addEventListener('load', () => bringIntoView(first), { once: true });
};

watch('value', () => {
  showChoice();
  drawBoxes();
});
element.addEventListener('click', (event) => {
  const button = event.target.closest('.switch button');
  if (!button) return;
  page.dataset.pages = button.dataset.pages;
  try {
    localStorage.setItem(KEY, button.dataset.pages);
  } catch {
    // it then holds for this page only
  }
  showChoice();
  drawBoxes();
  const mark = element.querySelector('mark.current') ?? element.querySelector('mark');
  const box = element.querySelector('.box.found') ?? element.querySelector('.box.marked');
  if (button.dataset.pages === 'text') mark?.scrollIntoView({ block: 'center' });
  else if (box) bringIntoView(box);
});
// An image that cannot be had is replaced by the sentence that says why.
element.addEventListener('error', async (event) => {
  const figure = event.target.closest?.('.page');
  if (!figure) return;
  const answer = await fetch(event.target.currentSrc || event.target.src);
  if (answer.ok) return;
  say(figure, await answer.text());
}, true);
