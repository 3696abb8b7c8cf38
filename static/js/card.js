// The card one is on (static/js/walk.js): a and p open the menus of who does it and how much it presses.
const ASKED = { a: 'assignee', p: 'priority' };

document.addEventListener('shortcut', event => {
  const card = document.querySelector('[data-board] .card[aria-current]');
  const move = card?.querySelector(':scope > a:last-child')?.getAttribute('href');
  if (!move || !ASKED[event.detail]) return;
  event.preventDefault();
  const address = move.replace('placement', `properties?of=${ASKED[event.detail]}`);
  htmx.ajax('GET', address, { source: card.querySelector('.card-title'), target: '#menu', swap: 'innerHTML' });
});
