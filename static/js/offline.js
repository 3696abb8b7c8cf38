// What the reader sent did not arrive, or the server failed over it: <template id="offline"> or <template id="failed">
// goes into #flash, until an answer comes. Nothing typed is lost: the form stays as it is.
let told = [];

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
  const notice = document.getElementById(name).content.cloneNode(true);
  told = [...notice.children];
  document.getElementById('flash').append(notice);
}

function forget() {
  for (const notice of told) notice.remove();
  told = [];
}
