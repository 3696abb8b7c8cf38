// My week by keyboard: the arrows walk through the cells, Enter follows the one where one is (it is a link), Escape
// closes the form for time. Where no cell has the focus, or past the last one, left and right go to another day.
const aside = { ArrowLeft: -1, ArrowRight: 1 };
const along = { ArrowUp: -1, ArrowDown: 1 };

document.addEventListener('keydown', event => {
  const week = document.querySelector('[data-week]');
  if (!week || event.defaultPrevented || event.isComposing || document.querySelector('dialog:modal')) return;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const handled = event.key === 'Escape' ? close(week) : !isTyping(event) && move(week, event);
  if (handled) event.preventDefault();
});

function isTyping(event) {
  return document.body.dataset.keys === 'off' || event.target.closest('input, select, textarea, summary, .menu-list');
}

function close(week) {
  const cancel = week.querySelector('[data-cancel]');
  cancel?.click();
  return cancel;
}

function move(week, event) {
  const cell = event.target.closest('[data-cell]');
  const isRightToLeft = getComputedStyle(week).direction === 'rtl';
  const days = (aside[event.key] ?? 0) * (isRightToLeft ? -1 : 1);
  const next = cell && (days ? beside(cell, days) : below(cell, along[event.key]));
  next?.focus();
  if (next || !days) return next;
  const link = week.querySelector(`[data-step="${days}"]`);
  link.click();
  return link;
}

function beside(cell, step) {
  const cells = [...cell.closest('tr').querySelectorAll('[data-cell]')].filter(one => one.checkVisibility());
  return cells[cells.indexOf(cell) + step];
}

// The nearest row that has a cell on the same day.
function below(cell, step) {
  const { cellIndex } = cell.closest('td');
  let row = step && cell.closest('tr');
  while ((row = step > 0 ? row?.nextElementSibling : step && row?.previousElementSibling)) {
    const found = row.cells[cellIndex].querySelector('[data-cell]');
    if (found) return found;
  }
}

// Back from the form, to the cell that it was opened from.
if (document.querySelector('[data-week]') && location.hash.startsWith('#cell-')) {
  document.getElementById(location.hash.slice(1))?.focus();
}
