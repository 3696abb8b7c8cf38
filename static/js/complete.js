// # and @ in a form that is kept as a draft offer what the server knows: tickets, people. The text keeps the focus; the
// arrows walk, Enter and Tab take, Escape closes. A textarea of many lines is no combobox to ARIA: it stays a textbox,
// whose active option is told. Keys are ours only while what is offered is for what stands before the cursor.
const WORD = /(?:^|[\s([{"'«])(@[\p{L}\p{N}._-]{0,40}|#\d{0,9}|#\p{L}(?:[^#@\n]{0,38}\S)?)$/u;
const SOON = 120; // milliseconds after a letter
const AS_TEXT = ['font', 'letterSpacing', 'lineHeight', 'padding', 'border', 'boxSizing', 'direction'];

const holder = document.body.appendChild(document.createElement('div'));
const list = () => holder.firstElementChild;
let area, shown, timer;

function word() {
  const before = area.selectionStart === area.selectionEnd ? area.value.slice(0, area.selectionStart) : '';
  return WORD.exec(before)?.[1];
}

async function look() {
  const asked = word(), form = area.form;
  if (!asked || document.activeElement !== area) return close();
  const query = new URLSearchParams({ q: asked, internal: form.elements.internal?.value ?? '0' });
  const address = `${form.dataset.draft.replace('/drafts/', '/completions/')}?${query}`;
  const answer = await fetch(address, { headers: { 'HX-Request': 'true' } }).catch(() => null);
  const html = answer?.ok ? await answer.text() : '';
  if (asked !== word() || document.activeElement !== area) return; // something newer is asked for
  close();
  holder.innerHTML = html.trim();
  if (!list()) return;
  shown = asked;
  area.setAttribute('aria-autocomplete', 'list');
  area.setAttribute('aria-controls', list().id);
  document.getElementById('live').textContent = list().ariaLabel;
  place();
  mark(0);
}

function close() {
  holder.replaceChildren();
  for (const name of ['aria-controls', 'aria-activedescendant']) area?.removeAttribute(name);
}

// Where the word begins: seen on a copy of the text that is laid out like it.
function place() {
  const copy = document.createElement('div'), start = document.createElement('span'), style = getComputedStyle(area);
  for (const name of AS_TEXT) copy.style[name] = style[name];
  Object.assign(copy.style, { position: 'absolute', top: 0, left: 0, visibility: 'hidden', whiteSpace: 'pre-wrap', width: `${area.offsetWidth}px` });
  copy.append(area.value.slice(0, area.selectionStart - shown.length), start);
  start.textContent = '#';
  holder.append(copy);
  const box = area.getBoundingClientRect(), { offsetLeft, offsetTop, offsetHeight } = start;
  copy.remove();
  const top = box.top + offsetTop - area.scrollTop, below = top + offsetHeight, high = list().offsetHeight;
  const edge = document.documentElement.clientWidth - list().offsetWidth - 8;
  list().style.top = `${scrollY + (below + high < visualViewport.height ? below : top - high)}px`;
  list().style.left = `${scrollX + Math.max(8, Math.min(box.left + offsetLeft, edge))}px`;
}

function mark(number) {
  const one = [...list().children].at(number % list().children.length);
  for (const option of list().children) option.setAttribute('aria-selected', String(option === one));
  one.scrollIntoView({ block: 'nearest' });
  area.setAttribute('aria-activedescendant', one.id);
}

function take(option) {
  const end = area.selectionStart;
  area.setRangeText(`${option.dataset.text} `, end - shown.length, end, 'end');
  close();
  area.dispatchEvent(new Event('input', { bubbles: true }));
}

document.addEventListener('keydown', event => {
  if (!list() || event.target !== area || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const here = [...list().children].findIndex(option => option.ariaSelected === 'true');
  const step = { ArrowDown: here + 1, ArrowUp: here - 1 }[event.key];
  if (step !== undefined) mark(step);
  else if (event.key === 'Escape') close();
  else if (['Enter', 'Tab'].includes(event.key) && shown === word()) take(list().children[here]);
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

function soon() {
  clearTimeout(timer);
  timer = setTimeout(look, SOON);
}

document.addEventListener('input', event => {
  if (event.target.matches('form[data-draft] textarea')) area = event.target;
  if (event.target === area && (list() || word())) soon();
});
document.addEventListener('selectionchange', () => { if (list() && shown !== word()) soon(); });
for (const left of ['focusout', 'htmx:after:swap']) {
  document.addEventListener(left, event => { if (list() && (event.target === area || document.activeElement !== area)) close(); });
}
holder.addEventListener('pointerdown', event => event.preventDefault()); // the text keeps the focus
holder.addEventListener('click', event => take(event.target.closest('[role=option]') ?? list().firstElementChild));
