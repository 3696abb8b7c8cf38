// details.menu opens without this; here it closes as menus do, on Escape, on a click or a focus elsewhere, and when an
// entry is chosen; the arrow keys move in it. What a button below [data-stay] sends may come back with a message.
const entries = '.menu-list :is(a, button):not([disabled])';

document.addEventListener('click', event => {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    const entry = event.target.closest(entries);
    if (!menu.contains(event.target) || (entry && !entry.closest('[data-stay]'))) menu.open = false;
  }
});

document.addEventListener('focusout', event => {
  const menu = event.target.closest('details.menu[open]');
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});

document.addEventListener('keydown', event => {
  if (event.key === 'Escape') close(event);
  else move(event);
});

function close(event) {
  const menu = document.querySelector('details.menu[open]');
  if (!menu) return;
  event.preventDefault(); // a dialog around it stays
  menu.open = false;
  menu.querySelector('summary').focus();
}

function move(event) {
  const menu = event.target.closest('details.menu');
  if (!menu || event.target.matches('input, select, textarea')) return;
  const all = [...menu.querySelectorAll(entries)];
  const here = all.indexOf(event.target);
  const last = all.length - 1;
  const next = { ArrowDown: here + 1, ArrowUp: here < 1 ? last : here - 1, Home: 0, End: last }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  menu.open = true;
  all[next % all.length]?.focus();
}
