// g, then a letter: to the page of [data-go="b"], which says it with its link.
const SOON = 1_500; // milliseconds between the two
let askedAt = -SOON;

document.addEventListener('shortcut', event => {
  const link = document.querySelector(`[data-go="${CSS.escape(event.detail)}"]`);
  const isAsked = event.timeStamp - askedAt < SOON;
  askedAt = event.detail === 'g' ? event.timeStamp : -SOON;
  if (!link || !isAsked) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  link.click();
});
