// Files into the folder and out of it, and the build. What may be done is the server's word: GET quoth/keeping.
const page = element.closest('#quoth');
const find = (selector) => element.querySelector(`.documents ${selector}`);
const send = (path, body) => fetch(path, { method: 'POST', headers: { 'X-Quoth': '1' }, body });
const RUNNING_MS = 700;
const RESTING_MS = 5000;
let timer = 0;
let latest = 0;
let builds = 0;
let generation = 0; // of the index, when it was looked at last
let removed = -1; // place in the list of what was removed, until the focus is where it was
let lines = [];

const isTypedInto = () => document.activeElement?.matches('.documents :is(.find, [name=pattern])');

// Looks how far a build is, and whether the index was changed elsewhere: by another page, or in a terminal.
const follow = async () => {
  clearTimeout(timer);
  const mine = ++latest;
  const section = element.querySelector('.documents');
  if (!section) return;
  const response = document.hidden ? null : await fetch('quoth/build', builds ? {} : { priority: 'low' }).catch(() => null);
  if (mine !== latest || !section.isConnected) return;
  if (response?.ok) {
    const state = await response.json();
    const place = find('.building');
    // A build in a terminal commits many times; it is shown when it rests.
    const isNew = state.generation === generation && String(generation) !== section.dataset.generation;
    if (place && (state.running || builds)) place.innerHTML = state.html; // made by the server, where all text is escaped
    if (!state.running && (builds || (isNew && !isTypedInto())) && !find('dialog[open]')) {
      builds = 0;
      page.navigate();
    } else builds ||= Number(state.running);
    generation = state.generation;
  }
  timer = setTimeout(follow, builds ? RUNNING_MS : RESTING_MS);
};

const refocus = () => {
  if (removed < 0 || document.activeElement !== document.body) return;
  const buttons = element.querySelectorAll('.documents .remove');
  (buttons[Math.min(removed, buttons.length - 1)] ?? element.querySelector('.documents')).focus();
  removed = -1;
};

const show = async () => {
  const place = find('.keeping');
  if (!place) {
    lines = [];
    return;
  }
  const response = await fetch('quoth/keeping');
  if (!response.ok || !place.isConnected) return;
  place.innerHTML = await response.text();
  if (find('.drop')) place.closest('.documents').dataset.keeps = 'true';
  find('.arrivals')?.append(...lines.filter((line) => line.matches('.failed'))); // what was refused is still said
  builds ||= Number(Boolean(find('.bar')));
  refocus();
  follow();
};

const entry = (name) => {
  const line = document.createElement('li');
  for (const kind of ['bdi', 'span']) line.append(document.createElement(kind));
  line.firstChild.textContent = name;
  find('.arrivals').append(line);
  lines.push(line);
  return line;
};

const say = (line, text, failed) => {
  line.lastChild.textContent = text;
  line.classList.toggle('failed', Boolean(failed));
};

const upload = (file, line, replace) => new Promise((resolve) => {
  const words = find('.drop').dataset;
  if (file.size > Number(words.fileLimit)) {
    say(line, words.tooBig, true);
    resolve(false);
    return;
  }
  const bar = document.createElement('progress');
  bar.setAttribute('aria-label', words.sending.replace('{name}', file.name));
  say(line, '');
  line.lastChild.append(bar);
  const request = new XMLHttpRequest();
  request.open('POST', `quoth/upload?${new URLSearchParams({ name: file.name, ...(replace && { replace: 1 }) })}`);
  request.setRequestHeader('X-Quoth', '1');
  request.upload.onprogress = (event) => { bar.max = event.total; bar.value = event.loaded; };
  request.onerror = () => { say(line, words.failed, true); resolve(false); };
  request.onload = () => {
    const isIn = request.status === 204;
    say(line, isIn ? words.added : request.responseText, !isIn);
    if (request.status === 401) page.dispatchEvent(new Event('out'));
    if (request.status === 409 && !replace) offer(file, line, words);
    resolve(isIn);
  };
  request.send(file);
});

const offer = (file, line, words) => {
  for (const [text, act] of [[words.replace, async () => { if (await upload(file, line, true)) await build(); }], [words.skip, () => { line.classList.remove('failed'); line.remove(); }]]) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = text;
    button.addEventListener('click', act, { once: true });
    line.lastChild.append(' ', button);
  }
};

const build = async () => {
  const response = await send('quoth/build');
  if (response.ok) {
    builds = 1;
    await follow();
  }
};

const add = async (files) => {
  let arrived = 0;
  for (const [file, line] of [...files].map((file) => [file, entry(file.name)])) arrived += await upload(file, line, false);
  if (arrived) await build();
};

element.addEventListener('click', async (event) => {
  const button = event.target.closest('.documents button');
  if (!button) return;
  const dialog = find('.confirm');
  if (button.matches('.choose-files')) find('.drop input').click();
  else if (button.matches('.rebuild')) await build();
  else if (button.matches('.remove') && dialog) {
    dialog.querySelector('.which bdi').textContent = button.dataset.remove;
    dialog.showModal();
  } else if (button.matches('.keep')) dialog.close();
  else if (button.matches('.delete')) {
    const source = dialog.querySelector('.which bdi').textContent;
    const files = [...element.querySelectorAll('.documents .remove')];
    removed = files.findIndex((file) => file.dataset.remove === source);
    dialog.close();
    const response = await send('quoth/remove', JSON.stringify({ source }));
    if (response.ok) {
      builds = 1;
      await follow();
    } else {
      removed = -1;
      say(entry(source), await response.text(), true);
    }
  }
});
element.addEventListener('change', (event) => {
  if (!event.target.matches('.documents .drop input')) return;
  add(event.target.files);
});
for (const kind of ['dragover', 'dragleave', 'drop']) {
  document.addEventListener(kind, (event) => {
    const place = find('.drop');
    if (!place || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault(); // else the browser opens the file in place of the page
    place.classList.toggle('over', kind === 'dragover' && place.contains(event.target));
    if (kind === 'drop') add(event.dataTransfer.files);
  });
}
watch('value', show);
