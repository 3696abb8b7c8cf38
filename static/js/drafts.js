// form[data-draft="/drafts/reply:142"] is kept by the server a second after typing stops, and when the page is left; its
// [data-draft-line] says so. What is sent is kept no more: the server forgets it as it takes the form.
const PAUSE = 1000;
const waiting = new Map(); // forms with something new in them, each with its clock
const sending = new Map(); // the request that is under way for each

for (const type of ['input', 'change']) {
  document.addEventListener(type, event => {
    const form = event.target.form?.closest?.('form[data-draft]');
    if (form) later(form);
  });
}

function later(form) {
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => keep(form), PAUSE));
}

async function keep(form, keepalive = false) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  sending.get(form)?.abort();
  const turn = new AbortController(), body = new URLSearchParams(new FormData(form));
  sending.set(form, turn);
  body.delete('_method');
  try {
    const answer = await fetch(form.dataset.draft, {
      method: 'PUT', body, keepalive, signal: turn.signal, headers: { 'HX-Request': 'true' },
    });
    tell(form, answer.ok);
  } catch (fault) {
    if (fault.name !== 'AbortError') tell(form, false);
  }
  if (sending.get(form) === turn) sending.delete(form);
}

function tell(form, kept) {
  const line = form.querySelector('[data-draft-line]');
  if (!line) return;
  line.hidden = false;
  line.dataset.draftLine = kept ? 'kept' : 'lost';
}

document.addEventListener('submit', event => {
  const form = event.target;
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  sending.get(form)?.abort();
}, true);

// Refused, unanswered, signed out: the form is still there, and so is what is in it.
document.addEventListener('htmx:finally:request', event => {
  const form = event.detail.ctx.sourceElement;
  if (form.isConnected && form.matches('form[data-draft]') && event.detail.ctx.request.method !== 'GET') later(form);
});

document.addEventListener('visibilitychange', () => {
  if (document.hidden) for (const form of waiting.keys()) if (form.isConnected) keep(form, true);
});
