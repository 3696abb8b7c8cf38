// [data-insert] puts its text into the text of its form, where the cursor is, and takes away the list that it stood in.
document.addEventListener('click', event => {
  const choice = event.target.closest('[data-insert]'), area = choice?.closest('form')?.elements.body;
  if (!area || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  area.hidden = false;
  area.focus();
  area.setRangeText(choice.dataset.insert, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
  choice.closest('ul').remove();
});
