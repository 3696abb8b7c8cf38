// Timers tick: [data-timer="2538"] holds the seconds that were counted when the server drew it, and shows them as h:mm,
// with data-precise as h:mm:ss. Only drawn: the server keeps the time. [data-timer-use] puts the minutes into the open
// form's duration, which tells the server (in its field `timer`) to clear the timer once they are logged.
const drawn = new WeakMap(); // since when each counts from its number, by this browser's clock

const two = number => String(number).padStart(2, '0');

function seconds(timer) {
  const from = timer.dataset.timer;
  if (drawn.get(timer)?.from !== from) drawn.set(timer, { from, at: Date.now() });
  return Number(from) + Math.floor((Date.now() - drawn.get(timer).at) / 1000);
}

function tick() {
  for (const timer of document.querySelectorAll('[data-timer]')) {
    const all = seconds(timer), minutes = Math.floor(all / 60);
    const text = `${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
    const words = 'precise' in timer.dataset ? `${text}:${two(all % 60)}` : text;
    if (timer.textContent !== words) timer.textContent = words;
  }
}

document.addEventListener('click', event => {
  const link = event.target.closest('[data-timer-use]');
  const duration = document.querySelector('#entry-form [name=duration]') ?? document.getElementById('duration');
  const flag = duration?.form.elements.timer;
  if (!link || !flag || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  use(link, duration, flag);
});

function use(link, duration, flag) {
  const running = link.closest('section').querySelector('[data-timer]');
  const minutes = running ? Math.max(1, Math.round(seconds(running) / 60)) : Number(link.dataset.timerUse);
  const hours = Math.floor(minutes / 60);
  duration.value = hours ? `${hours}h${two(minutes % 60)}` : `${minutes}m`;
  flag.value = '1';
  duration.dispatchEvent(new Event('input', { bubbles: true })); // what it means is asked for
  duration.form.scrollIntoView({ block: 'nearest' });
  (duration.form.elements.body ?? duration).focus();
}

tick();
setInterval(tick, 1000);
