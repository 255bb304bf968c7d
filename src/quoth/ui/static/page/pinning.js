// The buttons below a passage: pin it, say whether it answers; and the one below an answer: nothing here answers.
const page = element.closest('#quoth');
const { desk } = page;
const parsed = new WeakMap();
const parse = (holder, name) => {
  if (!holder) return null;
  if (parsed.get(holder)?.text !== holder.dataset[name]) {
    parsed.set(holder, { text: holder.dataset[name], value: JSON.parse(holder.dataset[name]) });
  }
  return parsed.get(holder).value;
};
const logOf = (button) => parse(button.closest('[data-log]') ?? button.closest('.turn')?.querySelector('[data-log]'), 'log');
const citationOf = (button) => parse(button.closest('[data-citation]'), 'citation');
const press = (button, on) => {
  if (button.getAttribute('aria-pressed') !== String(on)) button.setAttribute('aria-pressed', String(on));
};
const markOf = (mark) => `${desk.question(mark.log)} ${mark.citation ? desk.passage(mark.citation) : ''}`;

function paint() {
  const pins = new Set(desk.list('pins').map((pin) => desk.passage(pin.citation)));
  const marks = new Map(desk.list('marks').map((mark) => [markOf(mark), mark.mark]));
  for (const button of page.querySelectorAll('[data-pin]')) press(button, pins.has(desk.passage(citationOf(button))));
  for (const button of page.querySelectorAll('[data-mark]')) {
    const log = logOf(button);
    button.hidden = !log;
    press(button, Boolean(log) && marks.get(markOf({ log, citation: citationOf(button) })) === button.dataset.mark);
  }
  for (const link of page.querySelectorAll('.masthead a[href*="view=evidence"]')) {
    link.dataset.name ??= link.textContent;
    const text = pins.size ? `${link.dataset.name} (${pins.size})` : link.dataset.name;
    if (link.textContent !== text) link.textContent = text;
  }
}

function pin(button) {
  const citation = citationOf(button);
  const pins = desk.list('pins');
  const others = pins.filter((other) => desk.passage(other.citation) !== desk.passage(citation));
  if (others.length < pins.length) return desk.take('pins', others);
  const { label, document: document_id } = button.closest('[data-citation]').dataset;
  // The words as they are shown; the citation has them as they stand.
  const { textContent: reading, lang: language } = button.closest('.quoted').querySelector('.quote');
  const made = { label, citation, reading, language, note: '', log: logOf(button), document_id, standing: 'exact', remark: '' };
  return desk.keep('pins', [...pins, made]);
}

function mark(button) {
  const made = { mark: button.dataset.mark, citation: citationOf(button), log: logOf(button) };
  const marks = desk.list('marks');
  const isSame = (other) => markOf(other) === markOf(made);
  const was = marks.find(isSame)?.mark;
  // That nothing answers, and that a passage does, can't both be said of one question.
  const contrary = { nothing: 'answers', answers: 'nothing' }[made.mark];
  const fits = (other) => desk.question(other.log) !== desk.question(made.log) || other.mark !== contrary;
  const others = marks.filter((other) => !isSame(other));
  desk.keep('marks', was === made.mark ? others : [...others.filter(fits), made]);
}

element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-pin], [data-mark]');
  if (!button) return;
  desk.tell('');
  if (button.matches('[data-pin]')) pin(button);
  else mark(button);
});
page.addEventListener('kept', paint);
