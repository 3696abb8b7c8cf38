// The palette, once it is open (static/js/palette.js). The server fills [data-places] with what fits; above it stands
// what can be done on this page (acts.js). The arrow keys walk, Enter takes, and the field keeps the focus.
const SOON = 120; // milliseconds after a letter

const dialog = document.getElementById('palette');
const field = dialog.querySelector('[role=combobox]');
const places = dialog.querySelector('[data-places]');
let shown, timer, entered = 'entered' in dialog.dataset;

async function look() {
  const asked = field.value, address = `${places.dataset.places}?q=${encodeURIComponent(asked)}`;
  const answer = await fetch(address, { headers: { 'HX-Request': 'true' } }).catch(() => null);
  const html = answer?.ok ? await answer.text() : '';
  if (asked !== field.value || !dialog.open) return; // something newer is asked for
  places.innerHTML = html;
  shown = asked;
  mark(0);
  if (entered) take();
}

function options() {
  return [...dialog.querySelectorAll('[role=option]')];
}

function mark(number) {
  const all = options();
  const one = all.at(number % all.length);
  for (const option of all) option.setAttribute('aria-selected', String(option === one));
  one?.scrollIntoView({ block: 'nearest' });
  field.setAttribute('aria-activedescendant', one?.id ?? '');
  field.setAttribute('aria-expanded', String(all.length > 0));
  dialog.querySelector('[data-none]').hidden = all.length > 0 || shown !== field.value;
}

// What stands under older letters is not what is meant: then Enter waits for the answer.
function take() {
  entered = shown !== field.value;
  if (!entered) dialog.querySelector('[aria-selected=true]')?.click();
}

field.addEventListener('keydown', event => {
  const here = options().findIndex(option => option.ariaSelected === 'true');
  const step = { ArrowDown: here + 1, ArrowUp: here - 1 }[event.key];
  if (step === undefined && event.key !== 'Enter') return;
  if (event.isComposing) return;
  event.preventDefault();
  if (step === undefined) take();
  else mark(step);
});
field.addEventListener('focus', () => { if (shown === undefined) look(); });
field.addEventListener('input', () => { entered = false; mark(0); clearTimeout(timer); timer = setTimeout(look, SOON); });
dialog.addEventListener('close', () => { shown = undefined; field.value = places.innerHTML = ''; });
if (dialog.open) look();
