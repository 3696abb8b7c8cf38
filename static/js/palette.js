// Ctrl or Cmd with K opens and closes <dialog id="palette">. What it does then comes with the first focus in it
// (js/palette): an Enter that was faster waits there in data-entered.
document.addEventListener('keydown', event => {
  const dialog = document.getElementById('palette');
  if (event.key === 'Enter' && !event.defaultPrevented && event.target.closest('#palette')) dialog.dataset.entered = '';
  if (!dialog || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
  event.preventDefault();
  if (dialog.open) dialog.close();
  else if (!document.querySelector('dialog:modal')) dialog.showModal();
});
