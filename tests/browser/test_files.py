"""Files in the composer: chosen, dropped, pasted, left out again, sent; and kept where the rest is refused."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import SitDown
from tests.browser.office import Office
from tests.people import PHOTO

pytestmark = pytest.mark.browser

PLAN = FilePayload(name="plan.pdf", mimeType="application/pdf", buffer=b"A plan")
IMAGE = FilePayload(name="photo.gif", mimeType="image/gif", buffer=PHOTO)
EMPTY = FilePayload(name="empty.txt", mimeType="text/plain", buffer=b"")

PASTE = """form => {
    const data = new DataTransfer();
    data.items.add(new File(['Pasted'], 'pasted.txt'));
    form.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}"""
DROP = """form => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['Dropped'], 'dropped.txt'));
    form.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def page(office: Office, sit_down: SitDown) -> Page:
    return sit_down(office.people.sam).open(f"/tickets/{office.people.ticket().id}")


def choose(page: Page, *files: FilePayload) -> None:
    page.locator("#composer input[type=file]").set_input_files(list(files))


def names(page: Page) -> list[str]:
    return page.locator("#composer [data-files-list] bdi").all_inner_texts()


def test_files_are_gathered_left_out_and_sent(page: Page) -> None:
    choose(page, PLAN, EMPTY)
    expect(page.get_by_role("alert")).to_have_text("There is nothing in empty.txt.")
    choose(page, IMAGE)
    page.locator("#composer").evaluate(PASTE)
    page.locator("#composer").evaluate(DROP)
    assert names(page) == ["plan.pdf", "photo.gif", "pasted.txt", "dropped.txt"]
    page.get_by_role("button", name="Leave out pasted.txt").click()
    page.get_by_label("Your reply").fill("See here")
    page.get_by_role("button", name="Send to").click()
    message = page.locator("#comment-1")
    expect(message.locator(".file-name bdi")).to_have_text(["plan.pdf", "photo.gif", "dropped.txt"])
    expect(message.get_by_role("img", name="Look at photo.gif")).to_be_visible()
    assert names(page) == []


def test_files_are_kept_where_the_rest_is_refused(page: Page) -> None:
    choose(page, PLAN)
    page.get_by_label("Your reply").fill("See here")
    page.locator("#duration").fill("45")
    page.get_by_role("button", name="Send to").click()
    expect(page.locator("#duration-error")).to_be_visible()
    expect(page.locator("#composer [data-files-list] bdi")).to_have_text("plan.pdf")
    expect(page.get_by_text("choose them again")).to_have_count(0)
    page.locator("#duration").fill("45m")
    page.get_by_role("button", name="Send to").click()
    expect(page.locator("#comment-1 .file-name")).to_contain_text("plan.pdf")


def test_a_file_is_downloaded_and_deleted_without_scripts(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    page = sit_down(office.people.sam, java_script_enabled=False).open(f"/tickets/{ticket.id}")
    choose(page, PLAN)
    page.get_by_role("button", name="Send").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="plan.pdf").click()
    assert download.value.suggested_filename == "plan.pdf"
    page.locator("#comment-1 summary").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_label("Conversation")).to_contain_text("Sam Stone deleted plan.pdf")
