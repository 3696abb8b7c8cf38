// What the reader sent did not arrive, or the server failed over it: <template id="offline"> or <template id="failed">
// goes into #flash. Nothing typed is lost: the form stays as it is. The next answer takes away what is told there, also
// what the server itself has told (trackr/web/errors.py).
document.addEventListener('htmx:error', event => {
  const { ctx } = event.detail;
  if (ctx && !ctx.response) tell('offline');
});

document.addEventListener('htmx:response:error', event => {
  if (event.detail.ctx.response.status >= 500) tell('failed');
});

document.addEventListener('htmx:after:request', forget);

function tell(name) {
  forget();
  document.getElementById('flash').append(document.getElementById(name).content.cloneNode(true));
}

function forget() {
  for (const notice of document.querySelectorAll('#flash [role=alert]')) notice.remove();
}
