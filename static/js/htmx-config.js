// A region that is brought up to date must not fold what the reader has unfolded: menus, details, dialogs.
htmx.config.morphIgnore.push('open');

// A server that fails answers with a whole page, and one behind a proxy with somebody else's. offline.js tells instead.
htmx.config.noSwap.push('5xx');
