// "(2) The form loses the date": while the tab is hidden its title counts what the pulse has brought: messages, entries
// and cards that were not there before. Whoever looks has seen them.
const title = document.title;
let seen = ids(), count = 0;

function ids() {
  return new Set([...document.querySelectorAll('[data-live] li[id]')].map(item => item.id));
}

document.addEventListener('news', () => {
  const here = ids();
  if (document.hidden) count += [...here].filter(id => !seen.has(id)).length;
  seen = here;
  if (count) document.title = `(${count}) ${title}`;
});

document.addEventListener('visibilitychange', () => {
  seen = ids(); // with what one has written oneself
  if (document.hidden) return;
  count = 0;
  document.title = title;
});
