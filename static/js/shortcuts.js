// Single keys. [data-key="c"] is clicked, or focused where one types into it; a key that no element claims goes round
// as an event `shortcut` for other behaviours. Never while somebody types, and not at all under body[data-keys=off],
// which readers may choose (WCAG 2.1.4). Ctrl or Cmd with Enter sends form[data-ctrl-enter], from within a field too.
const fields = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]';

document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return send(event);
  if (document.body.dataset.keys === 'off' || isChord(event) || event.target.closest(fields)) return;

  const key = event.shiftKey ? event.key : event.key.toLowerCase(); // Caps Lock is no Shift
  const element = claimant(key);
  const handled = element
    ? event.repeat || use(element)
    : !event.target.dispatchEvent(new CustomEvent('shortcut', { detail: key, bubbles: true, cancelable: true }));
  if (handled) event.preventDefault();
});

// Some keyboards make [ or / with AltGr, which reads as Ctrl and Alt.
function isChord(event) {
  return event.metaKey || ((event.ctrlKey || event.altKey) && !event.getModifierState('AltGraph'));
}

// What is seen comes first, a field before a link; an entry of a closed menu may be meant too. Behind an open dialog
// nothing is.
function claimant(key) {
  const room = document.querySelector('dialog:modal') ?? document;
  const claims = [...room.querySelectorAll(`[data-key="${CSS.escape(key)}"]:not(:disabled)`)];
  const seen = claims.filter(element => element.checkVisibility());
  return seen.find(element => element.matches(fields)) ?? seen[0] ?? claims.find(element => element.closest('details.menu'));
}

function use(element) {
  if (element.matches(fields)) element.focus();
  else element.click();
  return true;
}

function send(event) {
  const form = event.target.closest('form[data-ctrl-enter]');
  if (!form) return;
  event.preventDefault();
  form.requestSubmit([...form.elements].find(element => element.type === 'submit' && !element.disabled));
}
