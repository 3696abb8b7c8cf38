// [data-all-of="tickets"] is shown, and its box ticks every box of that name, and says when all of them are ticked.
for (const label of document.querySelectorAll('[data-all-of]')) {
  const all = label.querySelector('input');
  const boxes = () => [...document.querySelectorAll(`input[type=checkbox][name="${label.dataset.allOf}"]`)];
  label.hidden = false;
  all.addEventListener('change', () => {
    for (const box of boxes()) box.checked = all.checked;
  });
  document.addEventListener('change', event => {
    if (event.target.name !== label.dataset.allOf) return;
    const ticked = boxes().filter(box => box.checked).length;
    all.checked = ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
  });
}
