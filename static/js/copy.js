// a[data-copy] puts the address that it leads to on the clipboard, and its words into the page's live region. Where there
// is no clipboard (a page that came without TLS), it is the link that it is.
document.addEventListener('click', event => {
  const link = event.target.closest('a[data-copy]');
  if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  navigator.clipboard.writeText(link.href).then(() => say(link), () => location.assign(link.href));
});

// Said to those who listen, and for a moment in the place of the link's own words.
function say(link) {
  document.getElementById('live').textContent = link.dataset.copy;
  if (link.dataset.words) return;
  link.dataset.words = link.textContent;
  link.textContent = link.dataset.copy;
  setTimeout(() => {
    link.textContent = link.dataset.words;
    delete link.dataset.words;
  }, 2000);
}
