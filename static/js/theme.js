// [data-theme-toggle] switches between light and dark. The choice is a cookie, so that the server writes it into the
// next page as <html data-theme>; without one, the system's own setting holds.
const root = document.documentElement;

document.addEventListener('click', event => {
  if (!event.target.closest('[data-theme-toggle]')) return;
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const theme = (root.dataset.theme || system) === 'dark' ? 'light' : 'dark';
  root.dataset.theme = theme;
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
});
