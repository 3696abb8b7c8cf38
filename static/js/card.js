// The card one is on, by its number: it stays the current one when the board is drawn anew around it, and a and p open
// the menus of who does it and how much it presses.
const ASKED = { a: 'assignee', p: 'priority' };
let here = '';

document.addEventListener('focusin', event => {
  here = event.target.closest('[data-board] .card')?.id ?? here;
});

document.addEventListener('htmx:after:swap', () => {
  const card = here && document.getElementById(here);
  if (card && !document.querySelector('[data-board] .card[aria-current]')) card.setAttribute('aria-current', 'true');
});

document.addEventListener('shortcut', event => {
  const card = document.querySelector('[data-board] .card[aria-current]');
  const move = card?.querySelector(':scope > a:last-child')?.getAttribute('href');
  if (!move || !ASKED[event.detail]) return;
  event.preventDefault();
  const address = move.replace('placement', `properties?of=${ASKED[event.detail]}`);
  htmx.ajax('GET', address, { source: card.querySelector('.card-title'), target: '#menu', swap: 'innerHTML' });
});
