// Files in a [data-files] field add up in a list with their sizes, each to be left out again; what the server would
// refuse is told at once. They live in the <input type="file"> itself, so that the form is sent like any other.
const chosen = new WeakMap(); // the files of an input, which a new choice would replace

document.addEventListener('change', event => {
  const field = event.target.closest('[data-files]');
  if (field && event.target.type === 'file') add(field, event.target.files);
});

document.addEventListener('click', event => {
  const item = event.target.closest('[data-files-list] button')?.closest('li'), field = item?.closest('[data-files]');
  if (!field) return;
  const input = inputOf(field), at = [...item.parentNode.children].indexOf(item);
  keep(field, (chosen.get(input) ?? []).filter((_, index) => index !== at));
  input.focus();
});

// From drops.js what was dropped or pasted, from upload.js what a refused form had.
document.addEventListener('files:add', event => add(event.target, event.detail));

function add(field, files) {
  const { most, largest } = field.dataset, kept = [...(chosen.get(inputOf(field)) ?? [])], faults = [];
  for (const file of files) {
    const fault = !file.size ? 'empty' : file.size > largest ? 'too-large' : kept.length >= most ? 'too-many' : '';
    if (fault) faults.push(words(field, fault, file.name));
    else kept.push(file);
  }
  keep(field, kept, [...new Set(faults)]);
}

function keep(field, files, faults = []) {
  const [list, told] = ['list', 'refused'].map(name => field.querySelector(`[data-files-${name}]`));
  const transfer = new DataTransfer(), input = inputOf(field);
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
  chosen.set(input, files);
  list.replaceChildren(...files.map(file => draw(field, file)));
  told.textContent = faults.slice(0, 3).join(' ');
  [list.hidden, told.hidden] = [!files.length, !faults.length];
}

function draw(field, file) {
  const item = field.querySelector('template[data-file]').content.cloneNode(true);
  item.querySelector('bdi').textContent = file.name;
  item.querySelector('.quiet').textContent = size(file.size);
  item.querySelector('button').ariaLabel = words(field, 'leave', file.name);
  return item;
}

const inputOf = field => field.querySelector('input[type=file]');
const words = (field, kind, name) => field.querySelector(`template[data-${kind}]`).content.textContent.replace('{name}', name);

function size(bytes) {
  const isLarge = bytes >= 999_500;
  const style = { style: 'unit', unit: isLarge ? 'megabyte' : 'kilobyte', maximumFractionDigits: isLarge ? 1 : 0 };
  return new Intl.NumberFormat(document.documentElement.lang, style).format(bytes / (isLarge ? 1e6 : 1e3));
}

// What was chosen before this came.
for (const field of document.querySelectorAll('[data-files]')) add(field, inputOf(field).files);
