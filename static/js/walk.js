// [data-walk=".title"] by keyboard, be it cards or rows: j and k go to the next and the previous of these links, through
// all such rooms of the page; Enter opens, as links do; x ticks the box beside. The card or row keeps aria-current when
// the focus goes elsewhere, and one with an id when the room is drawn anew, so that the walk goes on from there.
const item = ':is(.card, tr, li)';
let here = '';

document.addEventListener('shortcut', event => {
  const all = links();
  if (!all.length) return;
  const one = current();
  const place = all.findIndex(link => link.closest(item) === one);
  const step = { j: 1, k: -1 }[event.detail];
  if (step) all[place < 0 ? 0 : place + step]?.focus();
  else if (event.detail === 'x' && place >= 0) one.querySelector('input[type=checkbox]')?.click();
  else return;
  event.preventDefault();
});

document.addEventListener('focusin', event => {
  const room = event.target.closest('[data-walk]');
  const one = room && event.target.closest(item);
  if (!one?.querySelector(room.dataset.walk)) return;
  marked()?.removeAttribute('aria-current');
  one.setAttribute('aria-current', 'true');
  here = one.id;
});

document.addEventListener('htmx:after:swap', () => {
  const one = here && document.getElementById(here);
  if (one && !marked()) one.setAttribute('aria-current', 'true');
});

function links() {
  const rooms = [...document.querySelectorAll('[data-walk]')];
  return rooms.flatMap(room => [...room.querySelectorAll(room.dataset.walk)].filter(link => link.checkVisibility()));
}

function current() {
  return document.activeElement.closest(`[data-walk] ${item}`) ?? marked();
}

function marked() {
  return document.querySelector(`[data-walk] ${item}[aria-current]`);
}
