"""Files below the data folder: each content once, whole or not there; names that are safe; pictures of images alone."""

import io
import os
import stat
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.people import Cast
from trackr.files import Store, Upload, names, store
from trackr.files.contents import measure
from trackr.files.pictures import LONGEST_SIDE, picture
from trackr.models import Attachment, Event
from trackr.models.attachment import stored, sweep
from trackr.models.base import Refused
from trackr.settings import Settings


def upload(content: bytes = b"A plan", name: str = "plan.txt") -> Upload:
    return Upload(name, len(content), io.BytesIO(content))


def image(size: tuple[int, int] = (40, 30), form: str = "PNG", mode: str = "RGB", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, form, **more)
    return out.getvalue()


def in_the_folder() -> list[str]:
    return sorted(path.name for path in store.folder.rglob("*") if path.is_file() and path.name != ".lock")


def test_a_content_lies_under_its_hash_and_is_nobody_elses(settings: Settings) -> None:
    digest = store.put(io.BytesIO(b"A plan"))
    path = settings.data / "files" / digest[:2] / digest
    assert path.read_bytes() == b"A plan"
    assert [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent, path.parent.parent)] == [
        0o600, 0o700, 0o700,
    ]  # fmt: skip


def test_equal_contents_are_stored_once(settings: Settings) -> None:
    with ThreadPoolExecutor(4) as pool:
        digests = set(pool.map(lambda _: store.put(io.BytesIO(b"A plan" * 100_000)), range(12)))
    assert in_the_folder() == sorted(digests) and len(digests) == 1


def test_what_a_failing_disk_has_cut_short_is_written_anew(settings: Settings) -> None:
    path = store.path(store.put(io.BytesIO(b"A plan")))
    path.write_bytes(b"A p")
    store.put(io.BytesIO(b"A plan"))
    assert path.read_bytes() == b"A plan"


def test_a_disk_that_fills_up_leaves_nothing_half_written(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(io.BytesIO(b"A plan"))
    assert in_the_folder() == []


def test_a_file_that_goes_takes_its_content_along_unless_another_has_it(people: Cast) -> None:
    first, second = people.ticket(), people.ticket()
    for ticket in (first, second):
        Attachment.bring(ticket, people.sam, [upload()])
    one, other = Attachment.select()
    one.remove(people.sam)
    assert in_the_folder() == [one.digest]
    other.remove(people.sam)
    other.remove(people.sam)
    assert in_the_folder() == []
    assert Event.select().where(Event.kind == "file.deleted").count() == 2


def test_a_comment_that_goes_takes_its_files_along(people: Cast) -> None:
    ticket = people.ticket()
    comment = people.comment(ticket, people.sam)
    with stored([upload()]) as files:
        Attachment.add(ticket, people.sam, files, comment)
    comment.remove(people.sam)
    assert in_the_folder() == []
    assert Attachment.get().deleted_by == people.sam


def test_a_row_that_cannot_be_stored_leaves_no_content(people: Cast) -> None:
    with pytest.raises(RuntimeError), stored([upload()]):
        raise RuntimeError("the transaction failed")
    assert in_the_folder() == []


def test_a_content_that_goes_while_it_is_sent_again_is_written_again(people: Cast) -> None:
    ticket = people.ticket()
    with stored([upload()]) as files:
        store.remove(files[0].digest)
        Attachment.add(ticket, people.sam, files)
    assert store.has(Attachment.get().digest)


def test_beyond_the_quota_nothing_is_taken(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "quota", 10)
    ticket = people.ticket()
    Attachment.bring(ticket, people.sam, [upload()])
    with pytest.raises(Refused, match="no_room"):
        Attachment.bring(ticket, people.sam, [upload(b"Another plan")])
    assert (Attachment.select().count(), len(in_the_folder())) == (1, 1)


def test_what_is_stored_twice_counts_once(people: Cast) -> None:
    for _ in range(3):
        Attachment.bring(people.ticket(), people.sam, [upload(), upload(name="copy.txt")])
    assert Attachment.used_bytes() == 6


def test_what_nothing_refers_to_is_swept_once_it_is_old(people: Cast) -> None:
    Attachment.bring(people.ticket(), people.sam, [upload()])
    young, old = store.put(io.BytesIO(b"young")), store.put(io.BytesIO(b"old"))
    draft = store.path(old).with_name(".0123.part")
    draft.touch()
    for path in (store.path(old), store.path(Attachment.get().digest), draft):
        os.utime(path, (0, 0))
    sweep()
    assert in_the_folder() == sorted([young, Attachment.get().digest])


def test_nothing_is_removed_while_it_is_being_copied(people: Cast) -> None:
    Attachment.bring(people.ticket(), people.sam, [upload()])
    with store.unchanged():
        Attachment.get().remove(people.sam)
        assert in_the_folder() == [Attachment.get().digest]


def test_an_instance_without_files_has_no_folder_for_them(settings: Settings) -> None:
    sweep()
    assert list(Store(settings).digests()) == [] and not (settings.data / "files").exists()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\Claire\Mes documents\plan é.pdf", "plan é.pdf"),
        ("plan/", "plan"),
        ("..", "file"),
        ("", "file"),
        ("   .pdf ", "pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("two\r\nlines\x00.txt", "two lines.txt"),
        ("CON", "_CON"),
        ("aux.txt", "_aux.txt"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("preview", "_preview"),
        ("e\u0301te\u0301.txt", "été.txt"),
        ("דוח שנתי.docx", "דוח שנתי.docx"),
        ("می\u200cخواهم.pdf", "می\u200cخواهم.pdf"),
        ("pay\u200bpal.txt", "paypal.txt"),
        ("👩\u200d💻.png", "👩\u200d💻.png"),
        ("日本語の計画.pdf", "日本語の計画.pdf"),
        ("<script>alert(1)</script>.html", "script>.html"),
        ('"; filename="x.exe', '"; filename="x.exe'),
    ],
)
def test_a_name_is_safe_and_keeps_its_alphabet(sent: str, kept: str) -> None:
    assert names.clean(sent) == kept


@given(st.text(max_size=400))
def test_no_name_is_dangerous_whatever_was_sent(sent: str) -> None:
    name = names.clean(sent)
    assert 0 < len(name) <= names.LONGEST + 1 and len(name.encode()) <= names.LONGEST_BYTES + 1
    assert not {"/", "\\"} & set(name) and name not in (".", "..", "preview")
    unwanted = [one for one in name if unicodedata.category(one) in names.UNWANTED and one not in names.JOINERS]
    assert unwanted == []
    assert names.clean(name) == name


@pytest.mark.parametrize("letter", ["a", "é", "日", "😀", "ش"])
def test_a_long_name_keeps_its_ending(letter: str) -> None:
    name = names.clean(f"{letter * 500}.pdf")
    assert name.endswith(f"{letter}.pdf") and len(name.encode()) <= names.LONGEST_BYTES


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_an_image_has_a_picture(form: str) -> None:
    found = picture(io.BytesIO(image((3200, 1000), form)))
    assert found is not None
    with Image.open(io.BytesIO(found.data)) as shown:
        assert (shown.format, shown.size) == ("WEBP", (LONGEST_SIDE, 500)) == ("WEBP", (found.width, found.height))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_images_of_all_kinds_of_colour_have_one(mode: str) -> None:
    assert picture(io.BytesIO(image(mode=mode)))


def test_a_photograph_stands_upright_and_tells_nothing_of_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°
    exif[0x010E] = "At home"
    found = picture(io.BytesIO(image((40, 20), "JPEG", exif=exif, comment=b"At home", icc_profile=b"At home")))
    assert found is not None
    assert (found.width, found.height) == (20, 40)
    assert b"At home" not in found.data and b"EXIF" not in found.data and b"ICCP" not in found.data


def test_what_is_see_through_stays_so() -> None:
    found = picture(io.BytesIO(image(mode="RGBA")))
    assert found is not None
    with Image.open(io.BytesIO(found.data)) as shown:
        assert shown.mode == "RGBA"


BOMB = image((6000, 5000), "PNG", "1")
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n", image()[:60], BOMB, SVG, b"<html>", b"%PDF-1.7", image(form="TIFF"), image(form="BMP"),
     image(form="ICO"), b"GIF89a<script>alert(1)</script>"],
    ids=["empty", "a head", "cut short", "bomb", "svg", "html", "pdf", "tiff", "bmp", "ico", "polyglot"],
)  # fmt: skip
def test_anything_else_has_none(content: bytes) -> None:
    assert picture(io.BytesIO(content)) is None


@given(st.binary(max_size=400), st.integers(0, 200))
def test_a_broken_image_breaks_nothing(noise: bytes, at: int) -> None:
    good = image()
    picture(io.BytesIO(good[:at] + noise + good[at + len(noise) :]))


def test_a_picture_lies_beside_its_content_and_goes_with_it(people: Cast) -> None:
    Attachment.bring(people.ticket(), people.sam, [upload(image(), "photo.txt")])
    attachment = Attachment.get()
    assert (attachment.is_image, attachment.width, attachment.height) == (True, 40, 30)
    assert in_the_folder() == [attachment.digest, f"{attachment.digest}.preview"]
    attachment.remove(people.sam)
    assert in_the_folder() == []


def test_what_is_sent_is_measured_from_its_beginning(tmp_path: Path) -> None:
    stream = io.BytesIO(b"A plan")
    stream.read()
    assert measure(stream)[1] == 6
