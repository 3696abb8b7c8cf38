// Files that are dropped or pasted on a form with a [data-files] field go into that field (files.js).
for (const name of ['dragover', 'dragleave', 'drop']) {
  document.addEventListener(name, event => {
    const form = event.target.closest?.('form:has([data-files])');
    if (!form || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    form.classList.toggle('is-over', name === 'dragover');
    if (name === 'drop') give(form, event.dataTransfer.files);
  });
}

document.addEventListener('paste', event => {
  const form = event.target.closest?.('form:has([data-files])'), { files, types } = event.clipboardData;
  // What is copied from a table or a letter is text, and brings a picture of itself along.
  if (!form || !files.length || types.includes('text/plain')) return;
  event.preventDefault();
  give(form, files);
});

function give(form, files) {
  const added = new CustomEvent('files:add', { bubbles: true, detail: [...files] });
  form.querySelector('[data-files]').dispatchEvent(added);
}
