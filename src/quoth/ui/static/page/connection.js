// Says what came between the page and its server. Gradio would report a busy server in words of its own, and give up
// for good when a connection breaks: it is told of an error that passes, and the next question is sent as usual.
const ask = '/gradio_api/queue/join';
const listen = '/gradio_api/queue/data';
const say = (kind) => {
  const line = document.querySelector('#trouble p');
  line.textContent = kind ? line.dataset[kind] : '';
  if (kind !== 'out') return;
  const link = document.createElement('a');
  link.href = location.pathname + location.search; // without the "#", at which the browser would stay
  link.textContent = line.dataset.signIn;
  line.append(' ', link);
};
document.getElementById('quoth').addEventListener('out', () => say('out'));
// An event is lost: nothing more is awaited.
const fail = (kind) => {
  const page = document.getElementById('quoth');
  say(kind);
  page.pending = false;
  delete page.dataset.busy;
  page.dispatchEvent(new Event('trouble'));
};
const failed = 'data: {"msg":"unexpected_error","message":""}\n\ndata: {"msg":"close_stream"}\n\n';

// What the server sends to the page, and if that breaks off, the end that Gradio knows.
const ended = (body) => new ReadableStream({
  async start(out) {
    let tail = '';
    let left = false;
    try {
      for (const source = body.getReader(); ;) {
        const { done, value } = await source.read();
        if (done) break;
        tail = (tail + new TextDecoder().decode(value)).slice(-200);
        out.enqueue(value);
      }
    } catch (error) {
      left = error.name === 'AbortError'; // the page itself hung up: nothing more is expected
      tail = '';
    }
    if (!left && !tail.includes('close_stream')) {
      fail('lost');
      out.enqueue(new TextEncoder().encode(`\n\n${failed}`));
    }
    out.close();
  },
});

const send = window.fetch.bind(window);
window.fetch = async (input, options) => {
  const { pathname } = new URL(input.url ?? input, document.baseURI);
  const isEvent = [ask, listen].some((end) => pathname.endsWith(end));
  if (!isEvent && !pathname.includes('/quoth/')) return send(input, options);
  const isWaitedFor = options?.priority !== 'low';
  let answer;
  try {
    answer = await send(input, options);
  } catch (error) {
    if (error.name === 'AbortError' || !isWaitedFor) throw error;
    (isEvent ? fail : say)('lost');
    if (pathname.endsWith(ask)) return new Response('{}', { status: 503 });
    if (pathname.endsWith(listen)) return new Response(failed);
    throw error;
  }
  if (answer.status === 401) (isEvent ? fail : say)('out');
  else if (isWaitedFor && [429, 503].includes(answer.status)) (isEvent ? fail : say)('busy');
  else if (answer.ok && pathname.endsWith(ask)) {
    say('');
    document.getElementById('quoth').dispatchEvent(new Event('taken'));
  }
  if (!answer.ok || !pathname.endsWith(listen)) return answer;
  return new Response(ended(answer.body), { status: answer.status, headers: answer.headers });
};
