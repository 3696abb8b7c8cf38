// A region that is brought up to date must not fold what the reader has unfolded: menus, details, dialogs.
htmx.config.morphIgnore.push('open');

// A server that fails answers with a whole page, and one behind a proxy with somebody else's: offline.js tells instead.
htmx.config.noSwap.push('5xx');

// Every page has its own address, which the browser finds again by itself. htmx would fetch the page anew on the way
// back from an anchor, and a half-written reply would be gone.
htmx.config.history = false;

// htmx focuses [autofocus] in whatever it brings up to date: once is enough, or a form that stays open would draw the
// focus with every change around it.
document.addEventListener('focusin', event => event.target.removeAttribute('autofocus'));
