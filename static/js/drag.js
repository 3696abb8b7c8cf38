// Cards are dragged from place to place on [data-drag], which names SortableJS: it is fetched once a pointer comes over a
// card. Where a card is dropped is sent, and answered with the board; if it is not answered, the card goes back. One
// card at a time: while one is on its way no other is taken up, and while one is held nothing moves under it.
let library = null;

document.addEventListener('pointerover', wake, { passive: true });
document.addEventListener('pointerdown', wake, { passive: true });
document.addEventListener('htmx:after:swap', () => window.Sortable && attach());
document.addEventListener('contextmenu', event => {
  if (event.target.closest('[data-dragging]')) event.preventDefault(); // a long press has taken the card up
});

function wake(event) {
  const board = event.target.closest?.('[data-drag]');
  if (!board || library || !event.target.closest('.card')) return;
  library = Object.assign(document.createElement('script'), { src: board.dataset.drag, onload: attach });
  library.addEventListener('error', () => { library.remove(); library = null; });
  document.head.append(library);
}

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
