// "Sam is writing": while one types in the composer of a ticket, the server is told so now and then, and its pulse says
// who else does, in a header: that goes into <p data-writing="12">, which stands by the ticket's composer.
const EVERY = 4_000; // milliseconds
let toldAt = 0, toldAs;

document.addEventListener('input', event => {
  const place = document.querySelector('[data-writing]'), form = event.target.closest('#composer');
  if (!place || !form || event.target.name !== 'body' || !event.target.value.trim()) return;
  const internal = form.elements.internal?.value ?? '0';
  if (internal === toldAs && Date.now() - toldAt < EVERY) return;
  [toldAt, toldAs] = [Date.now(), internal];
  const told = { method: 'POST', headers: { 'HX-Request': 'true' }, body: new URLSearchParams({ internal }) };
  fetch(`/tickets/${place.dataset.writing}/typing`, told).catch(() => {}); // it is no matter where it does not arrive
});

document.addEventListener('pulse', event => {
  const place = document.querySelector('[data-writing]');
  const words = decodeURIComponent(event.detail.headers.get('Writing') ?? '');
  if (place && place.textContent !== words) place.textContent = words;
});
