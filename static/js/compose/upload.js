// A form with files in it that htmx sends: it is sent by XMLHttpRequest, the only one that tells how far it is, and the
// <progress> of its [data-files] shows that. Files of a form that was refused are put into the one that came back.
const carried = new WeakMap(); // of a request: the files of its form, and its id

document.addEventListener('htmx:config:request', event => {
  const { ctx } = event.detail, { form, method } = ctx.request;
  const field = form?.querySelector('[data-files]');
  const files = [...(field?.querySelector('input[type=file]').files ?? [])];
  if (!files.length || method !== 'POST') return;
  carried.set(ctx, { files, id: form.id });
  ctx.fetch = (address, options) => send(address, options, field.querySelector('progress'));
});

document.addEventListener('htmx:after:swap', event => {
  const { ctx } = event.detail;
  const { files, id } = carried.get(ctx) ?? {};
  if (!files || ctx.response?.status !== 422) return;
  const field = document.getElementById(id)?.querySelector('[data-files]');
  field?.querySelector('[data-files-again]')?.remove();
  field?.dispatchEvent(new CustomEvent('files:add', { bubbles: true, detail: files }));
});

function send(address, options, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(options.method, address);
    for (const [name, value] of Object.entries(options.headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = event => {
      progress.hidden = false;
      progress.value = event.loaded / event.total;
    };
    request.onload = () => resolve(answer(request));
    request.onerror = request.onabort = () => reject(new TypeError('offline'));
    request.onloadend = () => (progress.hidden = true);
    options.signal?.addEventListener('abort', () => request.abort());
    request.send(options.body);
  });
}

function answer(request) {
  const lines = request.getAllResponseHeaders().trim().split('\r\n');
  const headers = new Headers(lines.map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
  return new Response(request.status === 204 ? null : request.response, { status: request.status, headers });
}
