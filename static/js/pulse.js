// Keeps a page up to date: the address in <div id="pulse" data-pulse="/projects/x/pulse?since=12" hidden> is asked
// every few seconds. 204: nothing new. 200: <hx-partial>s, one for each region that changed and one for #pulse itself,
// so that the version that the page shows stands in that address alone. It never tells of a failure: nobody asked.
const QUICK = 4_000, CALM = 10_000, SLOW = 60_000, STILL = 300_000; // milliseconds

let timer;
let wait = QUICK;
let isAsking = false;
let stirredAt = Date.now(); // the last sign of life, here or there

async function ask() {
  const pulse = document.getElementById('pulse');
  if (!pulse || document.hidden || isAsking) return;
  isAsking = true;
  try {
    wait = (await bring(pulse)) ? pace() : Math.min(wait * 2, SLOW);
  } catch {
    wait = Math.min(wait * 2, SLOW); // no network, or no answer in time
  } finally {
    isAsking = false;
    plan(wait);
  }
}

// Whether the server answered. Once it says that this page is not for the reader any more, it is not asked again.
async function bring(pulse) {
  const asked = pulse.dataset.pulse;
  const answer = await fetch(asked, { headers: { 'HX-Request': 'true' }, signal: AbortSignal.timeout(SLOW) });
  if (answer.redirected || [401, 403, 404].includes(answer.status)) pulse.remove();
  if (answer.status === 200 && pulse.isConnected) {
    const text = await answer.text();
    // What the reader did meanwhile may have brought something newer.
    const isNewest = pulse.isConnected && pulse.dataset.pulse === asked;
    if (isNewest) await htmx.swap({ text, sourceElement: pulse, swap: 'none' });
    stirredAt = Date.now();
  }
  return answer.ok;
}

function pace() {
  return Date.now() - stirredAt > STILL ? CALM : QUICK;
}

function plan(delay) {
  clearTimeout(timer);
  timer = setTimeout(ask, delay);
}

for (const sign of ['keydown', 'pointerdown', 'scroll']) {
  addEventListener(sign, () => (stirredAt = Date.now()), { capture: true, passive: true });
}
document.addEventListener('visibilitychange', ask);
plan(wait);
