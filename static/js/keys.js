// [data-keys-toggle] says whether single keys are shortcuts (WCAG 2.1.4). The choice is a cookie of this browser, which the
// server writes into the next page as <body data-keys="off">.
const toggle = document.querySelector('[data-keys-toggle]');

if (toggle) {
  toggle.checked = document.body.dataset.keys !== 'off';
  toggle.addEventListener('change', () => {
    document.body.dataset.keys = toggle.checked ? 'on' : 'off';
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `keys=${document.body.dataset.keys}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  });
}
