// Keeps a page up to date: the address in <div id="pulse" data-pulse="/projects/x/pulse?since=12" hidden> is asked
// every few seconds. 204: nothing new. 200: the regions with an address in data-live are asked for, and shown together
// with the answer, whose <hx-partial>s are the meter and #pulse itself: the version that the page shows stands in that
// address alone, and is new only where all the rest is. It never tells of a failure: nobody asked. Each answer goes
// round as an event `pulse`, and `news` once something new is shown.
const QUICK = 4_000, CALM = 10_000, SLOW = 60_000, STILL = 300_000; // milliseconds

let wait = QUICK, timer, isAsking = false;
let stirredAt = Date.now(); // the last sign of life, here or there
let begun = 0, ended = 0; // what the reader has sent

// Nobody reads a hidden page; its title counts what is new.
function later() {
  clearTimeout(timer);
  timer = setTimeout(ask, document.hidden ? SLOW : wait);
}

async function ask() {
  const pulse = document.getElementById('pulse');
  if (!pulse || isAsking) return;
  isAsking = true;
  const isAnswered = await bring(pulse).catch(() => false); // no network, or no answer in time
  isAsking = false;
  if (isAnswered) wait = Date.now() - stirredAt > STILL ? CALM : QUICK;
  else wait = Math.min(wait * 2, SLOW);
  later();
}

// Whether the server answered. Once it says that this page is not for the reader any more, it is not asked again.
async function bring(pulse) {
  const before = ended, ticket = document.querySelector('[data-writing]')?.dataset.writing;
  const answer = await get(pulse.dataset.pulse + (ticket ? `&ticket=${ticket}` : ''));
  document.dispatchEvent(new CustomEvent('pulse', { detail: answer }));
  if (answer.redirected || [401, 403, 404].includes(answer.status)) pulse.remove();
  if (answer.status !== 200 || !pulse.isConnected) return answer.ok;
  stirredAt = Date.now();
  const regions = [...document.querySelectorAll('[data-live]')];
  const answers = await Promise.all(regions.map(region => get(region.dataset.live)));
  if (!answers.every(one => one.ok)) return false;
  const texts = await Promise.all([...answers, answer].map(one => one.text()));
  // What was sent meanwhile may have brought something newer, and a card is not moved while it is dragged: next time.
  if (begun !== before || !pulse.isConnected || document.querySelector('[data-dragging]')) return true;
  const field = document.activeElement, top = field.getBoundingClientRect().top;
  for (const target of regions) await htmx.swap({ text: texts.shift(), sourceElement: target, target, swap: 'outerMorph' });
  await htmx.swap({ text: texts.shift(), sourceElement: pulse, swap: 'none' });
  // What one types in stays under the eyes, however much has come above it.
  if (top >= 0 && top < innerHeight && field.isConnected) scrollBy(0, field.getBoundingClientRect().top - top);
  document.dispatchEvent(new CustomEvent('news'));
  return true;
}

const get = address => fetch(address, { headers: { 'HX-Request': 'true' }, signal: AbortSignal.timeout(SLOW) });
const isWrite = event => event.detail.ctx.request.method !== 'GET';
document.addEventListener('htmx:before:request', event => (begun += isWrite(event)));
document.addEventListener('htmx:finally:request', event => (ended += isWrite(event)));
const signs = ['keydown', 'pointerdown', 'scroll'];
for (const sign of signs) addEventListener(sign, () => (stirredAt = Date.now()), { capture: true, passive: true });
document.addEventListener('visibilitychange', () => (document.hidden ? later() : ask()));
later();
