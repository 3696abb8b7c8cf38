// What is valued, changed with one key: arrow down in [data-spent], or [data-change-valued] in the echo, goes to
// [data-valued] and puts the proposed time there, to be edited; arrow up goes back.
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
  if (event.key === 'ArrowDown' && event.target.matches('[data-spent]')) change(event);
  if (event.key === 'ArrowUp' && event.target.matches('[data-valued]')) goTo(event, '[data-spent]');
});

document.addEventListener('click', event => {
  if (event.target.closest('[data-change-valued]')) change(event);
});

function change(event) {
  const form = event.target.closest('form');
  const valued = form.querySelector('[data-valued]'), echo = form.querySelector('[data-change-valued]');
  valued.value ||= echo?.dataset.changeValued ?? '';
  goTo(event, '[data-valued]');
}

function goTo(event, field) {
  const input = event.target.closest('form').querySelector(field);
  event.preventDefault();
  input.focus();
  input.select();
}
