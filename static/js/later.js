// [data-later="/static/…/compose.js"] names the script of what few visits need: it is fetched once the pointer, the focus,
// a file or a choice comes into that element, and what it finds there it takes up. Whoever only reads never loads it.
const asked = new Set();

for (const sign of ['pointerover', 'pointerdown', 'focusin', 'dragenter', 'change']) {
  document.addEventListener(sign, wake, { capture: true, passive: true });
}

function wake(event) {
  const address = event.target.closest?.('[data-later]')?.dataset.later;
  if (!address || asked.has(address)) return;
  asked.add(address);
  const script = Object.assign(document.createElement('script'), { src: address });
  script.addEventListener('error', () => { script.remove(); asked.delete(address); }); // the next sign tries again
  document.head.append(script);
}

// A finger gives no notice: it drags with the touch that would have been the sign.
if (matchMedia('(any-pointer: coarse)').matches) {
  window.addEventListener('load', () => document.querySelectorAll('[data-drag][data-later]').forEach(one => wake({ target: one })));
}
