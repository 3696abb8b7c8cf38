// [data-dialog="id"] opens that <dialog>, and one that comes with data-open opens itself; [data-close] closes. Then the
// focus goes back to where it was, also when the dialog left the page with the answer to what was sent from it.
const openers = new Map(); // of the dialogs that are open

document.addEventListener('click', event => {
  const opener = event.target.closest('[data-dialog]');
  if (opener) {
    event.preventDefault(); // the link it is without JavaScript
    open(document.getElementById(opener.dataset.dialog), opener);
  }
  if (event.target.closest('[data-close]')) event.target.closest('dialog')?.close();
});

document.addEventListener('htmx:after:swap', event => {
  const gone = [...openers.keys()].filter(dialog => !dialog.isConnected);
  // A dialog that comes back with its errors takes the place of the one that was sent, its opener too.
  openMarked(openers.get(gone[0]) ?? (hasFocus() ? document.activeElement : event.detail.ctx.sourceElement));
  gone.forEach(finish);
});

function openMarked(opener) {
  for (const dialog of document.querySelectorAll('dialog[data-open]')) open(dialog, opener);
}

function open(dialog, opener) {
  dialog.removeAttribute('data-open');
  if (dialog.open) return;
  openers.set(dialog, opener);
  dialog.addEventListener('close', () => finish(dialog), { once: true });
  dialog.showModal();
}

// The browser does this by itself, but where the opener was replaced, is in a menu that closed, or never had the focus.
function finish(dialog) {
  const opener = openers.get(dialog);
  openers.delete(dialog);
  if (!opener || hasFocus()) return;
  const present = opener.isConnected ? opener : document.getElementById(opener.id);
  const menu = present?.closest('details.menu:not([open])');
  (menu?.querySelector('summary') ?? present)?.focus();
}

// Chromium gives it, for a moment, to an entry of a menu that has closed.
function hasFocus() {
  return document.activeElement !== document.body && document.activeElement?.checkVisibility();
}

openMarked(null);
