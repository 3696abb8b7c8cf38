// form[data-reset] is empty again once what it sent was taken: what brings its part of the page up to date keeps whatever
// stands in a field, and would leave there what has just been added.
document.addEventListener('htmx:after:request', event => {
  const { ctx } = event.detail;
  const form = ctx?.sourceElement?.closest('form[data-reset]');
  if (form && ctx.response?.status < 400) form.reset();
});
