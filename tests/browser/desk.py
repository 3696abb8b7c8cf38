"""Somebody at a browser: a context of their own, and a note of everything that went wrong in it."""

from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from tests.browser.office import Office
from trackr.models import Person

SECONDS = 1000  # Playwright counts in milliseconds
LONGEST = 10 * SECONDS  # for what should happen at once, on a slow machine
POLL = 6 * SECONDS  # within which a change is seen by everybody else


class Desk:
    """One person's browser with one tab. `troubles` is what a developer would find red in its tools."""

    def __init__(self, browser: Browser, office: Office, **settings: Any) -> None:
        self.troubles: list[str] = []
        self.office = office
        self.context = browser.new_context(base_url=office.url, locale="en-GB", **settings)
        self.context.set_default_timeout(LONGEST)
        self.context.on("console", self._note_message)
        self.context.on("weberror", lambda error: self.troubles.append(f"error: {error.error}"))
        self.context.on("requestfailed", self._note_failure)
        self.context.on("response", self._note_response)
        self.page: Page = self.context.new_page()

    def sign_in(self, person: Person) -> "Desk":
        """Take up the person's session, without the form."""
        self.context.add_cookies([{"name": "trackr", "value": self.office.session(person), "url": self.office.url}])
        return self

    def open(self, address: str) -> Page:
        self.page.goto(address)
        return self.page

    def _note_message(self, message: ConsoleMessage) -> None:
        # Chromium reports every refusal as an error; whether it was one is seen by the response.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.troubles.append(f"{message.type}: {message.text} at {message.location}")

    def _note_failure(self, request: Request) -> None:
        # What is under way when a page is left is given up by the browser.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"failed: {request.method} {request.url}: {request.failure}")

    def _note_response(self, response: Response) -> None:
        refusable = response.request.resource_type in ("document", "fetch", "xhr")
        if response.status >= 500 or (response.status >= 400 and not refusable):
            self.troubles.append(f"{response.status}: {response.request.method} {response.url}")


def to_the_start(page: Page) -> None:
    """Put the focus where it is when a page opens that draws it nowhere."""
    page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")


def ask_for_news(page: Page) -> None:
    """Let the page poll now, as it does when its tab is shown again, rather than in some seconds."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
