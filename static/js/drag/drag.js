// Cards are dragged from place to place on [data-drag]; SortableJS comes with this, once the pointer is over the board.
// Where a card is dropped is sent, and answered with the board; if it is not answered, the card goes back. One card at
// a time: while one is on its way no other is taken up, and while one is held nothing moves under it.
document.addEventListener('htmx:after:swap', attach);
document.addEventListener('contextmenu', event => {
  if (event.target.closest('[data-dragging]')) event.preventDefault(); // a long press has taken the card up
});

attach();

function attach() {
  for (const list of document.querySelectorAll('[data-drag] .cards')) {
    if (Sortable.get(list)) continue;
    const isDone = list.closest('.col').querySelector('[data-s=done]') !== null; // in the order in which they were closed
    Sortable.create(list, {
      group: 'cards', draggable: '.card', filter: 'a:last-child', preventOnFilter: false, sort: !isDone, animation: 0,
      delay: 300, delayOnTouchOnly: true, touchStartThreshold: 5, emptyInsertThreshold: 24,
      ghostClass: 'card-ghost', onStart: hold, onEnd: drop,
    });
  }
}

function hold() {
  document.querySelector('[data-drag]').dataset.dragging = '';
}

function drop({ item, from, to, oldDraggableIndex: was, newDraggableIndex: position }) {
  delete document.querySelector('[data-drag]').dataset.dragging;
  if (from === to && was === position) return;
  const column = to.closest('.col').getAttribute('aria-labelledby').slice(2);
  const before = [...from.children].filter(card => card !== item)[was] ?? null;
  let isAnswered = false;
  item.addEventListener('htmx:before:swap', () => (isAnswered = true), { once: true });
  freeze(true);
  htmx.ajax('PUT', `/tickets/${item.id.slice(2)}/placement`, { source: item, swap: 'none', values: { column, position, board: 1 } })
    .catch(() => null)
    .finally(() => {
      freeze(false);
      if (!isAnswered) from.insertBefore(item, before);
    });
}

function freeze(isFrozen) {
  for (const list of document.querySelectorAll('[data-drag] .cards')) Sortable.get(list)?.option('disabled', isFrozen);
}
