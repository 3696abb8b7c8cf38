// An event `offered` on a list, with a textarea and a place in its text, puts the list below that place, or above it where
// there is no room. The place is seen on a copy of the text that is laid out like it.
const AS_TEXT = ['font', 'letterSpacing', 'lineHeight', 'padding', 'border', 'boxSizing', 'direction'];

document.addEventListener('offered', event => {
  const list = event.target, [area, place] = event.detail, style = getComputedStyle(area);
  const copy = document.createElement('div'), start = document.createElement('span');
  for (const name of AS_TEXT) copy.style[name] = style[name];
  Object.assign(copy.style, { position: 'absolute', top: 0, left: 0, visibility: 'hidden', whiteSpace: 'pre-wrap', width: `${area.offsetWidth}px` });
  copy.append(area.value.slice(0, place), start);
  start.textContent = '#';
  document.body.append(copy);
  const box = area.getBoundingClientRect(), { offsetLeft, offsetTop, offsetHeight } = start;
  copy.remove();
  const top = box.top + offsetTop - area.scrollTop, below = top + offsetHeight, high = list.offsetHeight;
  const edge = document.documentElement.clientWidth - list.offsetWidth - 8;
  list.style.top = `${scrollY + (below + high < visualViewport.height ? below : top - high)}px`;
  list.style.left = `${scrollX + Math.max(8, Math.min(box.left + offsetLeft, edge))}px`;
});
