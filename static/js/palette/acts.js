// What can be done on this page, offered by the palette in [data-acts]: each [data-key] and [data-act] outside of
// dialogs by its label, each choice of a select, and the move of the card one is on. The server knows nothing of it.
const group = document.querySelector('#palette [data-acts]');
const field = document.querySelector('#palette [role=combobox]');
const FIELDS = 'input:not([type=checkbox], [type=radio]), textarea';
const FEW = 6;

// Before palette.js hears of it, which then marks the first of what stands here.
for (const type of ['focus', 'input']) field.addEventListener(type, draw, true);
draw();

function draw() {
  const asked = words(field.value);
  const place = act => words(act.label).findIndex(word => word.startsWith(asked[0] ?? ''));
  const fits = act => asked.every(start => words(act.label).some(word => word.startsWith(start)));
  const fitting = acts().filter(fits).sort((one, other) => place(one) - place(other));
  group.replaceChildren(...fitting.slice(0, FEW).map(option));
  group.hidden = !fitting.length;
}

function words(text) {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

function acts() {
  const here = [...document.querySelectorAll('[data-key], [data-act], .card[aria-current] > a:last-child')].filter(one => !one.closest('dialog') && !one.disabled && isOffered(one));
  return here.flatMap(one => (one.matches('select') ? choices(one) : [act(one)])).filter(one => one.label);
}

// An entry of a closed menu is, but not what phones are spared.
function isOffered(one) {
  return one.checkVisibility() || (one.closest('details.menu') && getComputedStyle(one).display !== 'none');
}

function act(element) {
  const card = element.closest('.card')?.querySelector('.card-title').textContent ?? '';
  const label = element.ariaLabel ?? (element.labels?.[0] ?? element).cloneNode(true);
  label.querySelectorAll?.('kbd, .public-only, .note-only, svg').forEach(part => part.remove());
  const run = () => (element.matches(FIELDS) ? element.focus() : element.click());
  return { label: `${label.textContent ?? label} ${card}`.trim().replace(/\s+/g, ' '), key: element.dataset.key, run };
}

function choices(select) {
  const label = act(select).label, me = document.body.dataset.me;
  const choose = one => () => { select.value = one.value; select.dispatchEvent(new Event('change', { bubbles: true })); };
  const others = [...select.options].filter(one => !one.selected);
  const mine = others.filter(one => select.dataset.mine && one.value === me);
  return [
    ...mine.map(one => ({ label: select.dataset.mine, run: choose(one) })),
    ...others.map(one => ({ label: `${label}: ${one.text}`, run: choose(one) })),
  ];
}

function option({ label, key, run }, number) {
  const one = document.createElement('div');
  Object.assign(one, { id: `act-${number}`, role: 'option', ariaSelected: 'false', textContent: label });
  if (key) one.append(Object.assign(document.createElement('kbd'), { className: 'only-wide', textContent: key, ariaHidden: 'true' }));
  one.addEventListener('click', () => { group.closest('dialog').close(); run(); });
  return one;
}
