// Files into the folder and out of it, and the build. What may be done is the server's word: GET quoth/keeping.
const page = element.closest('#quoth');
const find = (selector) => element.querySelector(`.documents ${selector}`);
const send = (path, body) => fetch(path, { method: 'POST', headers: { 'X-Quoth': '1' }, body });
let timer = 0;
let builds = 0;
let lines = [];

const follow = async () => {
  clearTimeout(timer);
  const place = find('.building');
  if (!place) return;
  const response = await fetch('quoth/build').catch(() => null);
  if (!place.isConnected) return;
  if (response?.ok) {
    const state = await response.json();
    if (state.html) place.innerHTML = state.html; // made by the server, where all text is escaped
    if (!state.running) {
      if (builds) page.navigate();
      builds = 0;
      return;
    }
    builds = 1;
  }
  timer = setTimeout(follow, 700);
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
  if (find('.bar')) follow();
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
    dialog.close();
    const response = await send('quoth/remove', JSON.stringify({ source }));
    if (response.ok) {
      builds = 1;
      await follow();
    } else say(entry(source), await response.text(), true);
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
