// # and @ in a form that is kept as a draft offer tickets and people. The text keeps the focus: it is no combobox to ARIA,
// its active option is told. Keys (arrows, Enter, Tab, Escape) are ours only while what is offered is for this place.
const WORD = /(?:^|[\s([{"\x27«])(@[\p{L}\p{N}._-]{0,40}|#\d{0,9}|#\p{L}(?:[^#@\n]{0,38}\S)?)$/u;
const SOON = 120; // milliseconds after a letter

const holder = (document.querySelector('main') ?? document.body).appendChild(document.createElement('div'));
let area, shown, timer;
const list = () => holder.firstElementChild, word = () => WORD.exec(area.value.slice(0, area.selectionEnd))?.[1];

async function look() {
  const asked = word(), form = area.form;
  if (!asked || document.activeElement !== area) return close();
  const query = new URLSearchParams({ q: asked, internal: form.elements.internal?.value ?? '0' });
  const answer = await fetch(`${form.dataset.draft.replace('/drafts/', '/completions/')}?${query}`, { headers: { 'HX-Request': 'true' } }).catch(() => null);
  const html = answer?.ok ? await answer.text() : '';
  if (asked !== word() || document.activeElement !== area) return; // something newer is asked for
  close();
  holder.innerHTML = html.trim();
  if (!list()) return;
  shown = asked;
  area.setAttribute('aria-autocomplete', 'list');
  area.setAttribute('aria-controls', list().id);
  document.getElementById('live').textContent = list().ariaLabel;
  list().dispatchEvent(new CustomEvent('offered', { bubbles: true, detail: [area, area.selectionStart - asked.length] }));
  mark(0);
}

function close() {
  holder.replaceChildren();
  for (const name of ['aria-controls', 'aria-activedescendant']) area?.removeAttribute(name);
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
  const accept = shown === word() && (() => take(list().children[here]));
  const act = { ArrowDown: () => mark(here + 1), ArrowUp: () => mark(here - 1), Escape: close, Enter: accept, Tab: accept }[event.key];
  if (!act) return;
  act();
  event.preventDefault();
  event.stopPropagation();
}, true);

const soon = () => { clearTimeout(timer); timer = setTimeout(look, SOON); };
function written({ target }) {
  if (target.matches('form[data-draft] textarea')) area = target;
  if (target === area && (list() || word())) soon();
}
document.addEventListener('input', written);
document.addEventListener('selectionchange', () => { if (list() && shown !== word()) soon(); });
for (const left of ['focusout', 'htmx:after:swap']) {
  document.addEventListener(left, event => { if (list() && (event.target === area || document.activeElement !== area)) close(); });
}
holder.addEventListener('pointerdown', event => event.preventDefault()); // the text keeps the focus
holder.addEventListener('click', event => take(event.target.closest('[role=option]') ?? list().firstElementChild));
written({ target: document.activeElement ?? document.body }); // who types fast was before this script
