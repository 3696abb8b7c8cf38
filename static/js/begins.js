// select[data-begins] holds what the text of its form begins with, by its value: chosen anew, it is put there, as long as
// nothing else was written.
document.addEventListener('change', event => {
  const begins = event.target.dataset?.begins, area = event.target.form?.elements.body;
  if (!begins || !area) return;
  const texts = JSON.parse(begins);
  if (area.value !== '' && !Object.values(texts).some(text => text === area.value)) return;
  area.value = texts[event.target.value] ?? '';
});
