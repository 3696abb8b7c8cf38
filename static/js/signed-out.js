// The session has ended: the pulse stops, and a quiet line says so. The page stays as it is, with what was typed in it;
// the sign-in opens beside it, and whoever comes back from there goes on.
let pulse, hasLeft = false;

document.addEventListener('pulse', event => {
  if (event.detail.status !== 401) return;
  pulse = document.getElementById('pulse') ?? pulse;
  const line = document.getElementById('signed-out').content.cloneNode(true);
  const link = line.querySelector('a');
  link.href = `${link.getAttribute('href')}?next=${encodeURIComponent(location.pathname + location.search)}`;
  link.addEventListener('click', () => (hasLeft = true));
  document.getElementById('live').after(line);
});

document.addEventListener('visibilitychange', () => {
  if (document.hidden || !hasLeft) return;
  hasLeft = false;
  document.querySelector('.signed-out').remove();
  document.getElementById('live').before(pulse);
  document.dispatchEvent(new Event('visibilitychange')); // it is asked at once
});
