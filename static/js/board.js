// The board by keyboard, where static/js/walk.js goes from card to card: the left and right arrows change column, s opens
// the move menu of the card where one is.
document.addEventListener('shortcut', event => {
  const board = document.querySelector('[data-board]');
  if (!board || event.detail !== 's') return;
  current(board)?.querySelector(':scope > a:last-child')?.click();
  event.preventDefault();
});

document.addEventListener('keydown', event => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const card = event.target.closest('[data-board] .card');
  if (!step || !card || !event.target.matches('.card-title')) return;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const isRightToLeft = getComputedStyle(card).direction === 'rtl';
  changeColumn(card, isRightToLeft ? -step : step);
  event.preventDefault();
});

// One listener, where an attribute in each of hundreds of cards would be so many bytes.
document.addEventListener('click', event => {
  const link = event.target.closest('[data-board] .card > a:last-child');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  htmx.ajax('GET', link.getAttribute('href'), { source: link, target: '#menu', swap: 'innerHTML' });
});

function current(board) {
  return document.activeElement.closest('[data-board] .card') ?? board.querySelector('.card[aria-current]');
}

function titles(room) {
  return [...room.querySelectorAll('.card-title')];
}

function changeColumn(card, step) {
  const columns = [...card.closest('[data-board]').querySelectorAll('.col')].filter(column => titles(column).length);
  const column = card.closest('.col');
  const row = titles(column).indexOf(card.querySelector('.card-title'));
  const there = titles(columns[columns.indexOf(column) + step] ?? column);
  there[Math.min(row, there.length - 1)].focus();
}
