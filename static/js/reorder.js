// Alt with the arrows up and down moves the card in which the focus is within its column, on [data-drag]. The answer brings
// the board in its new order, and tells where the card is now.
document.addEventListener('keydown', event => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const card = event.target.closest('[data-drag] .card');
  if (!step || !card || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!event.repeat) reorder(card, step);
});

function reorder(card, step) {
  const column = card.closest('.col');
  const cards = [...column.querySelectorAll('.card')];
  const position = cards.indexOf(card) + step;
  if (column.querySelector('[data-s=done]') || position < 0 || position >= cards.length) return;
  const values = { column: column.getAttribute('aria-labelledby').slice(2), position, board: 1 };
  htmx.ajax('PUT', `/tickets/${card.id.slice(2)}/placement`, { source: card, swap: 'none', values });
}
