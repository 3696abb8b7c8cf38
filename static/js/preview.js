// [data-preview] shows the text of its form as the server would show it, in [data-preview-shown]; once more, and the
// text is there to be written on.
document.addEventListener('click', async event => {
  const button = event.target.closest('[data-preview]'), form = button?.form;
  const place = form?.querySelector('[data-preview-shown]'), area = form?.querySelector('textarea[name=body]');
  if (!place || !area) return;
  event.preventDefault();
  const shows = place.hidden;
  if (shows) {
    const body = new URLSearchParams({ body: area.value });
    const answer = await fetch('/previews', { method: 'POST', body, headers: { 'HX-Request': 'true' } });
    if (answer.status !== 422 && !answer.ok) return;
    await htmx.swap({ text: await answer.text(), sourceElement: place, target: place, swap: 'innerHTML' });
  }
  place.hidden = !shows;
  area.hidden = shows;
  button.setAttribute('aria-pressed', String(shows));
  if (!shows) area.focus();
});
