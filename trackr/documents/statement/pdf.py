"""A statement as PDF/A-3b: what templates/statements/statement.typ draws of a sheet of plain texts.

The same document is the same file, byte for byte, as long as the program and the fonts are the same.
"""

import json
import shutil
import tempfile
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path

from trackr import paths
from trackr.documents.statement import apart, typesetting, xmp
from trackr.documents.statement.sheet import sheet
from trackr.hours.document import Document

LOGO_PIXELS = (900, 300)
LOGO_WIDTH, LOGO_HEIGHT = 60, 14  # mm, at most


def statement_pdf(document: Document, logo: bytes | None = None, xml: bytes | None = None) -> bytes:
    """The PDF, with the agency's logo where it is an image that can be read, and the data of `statement_xml` in it."""
    with tempfile.TemporaryDirectory(prefix="trackr-") as name:
        folder = Path(name)
        width = _draw(logo, folder / "logo.png") if logo else 0
        told = {**sheet(document), "logo_width": width, "xml": xml.decode() if xml else None}
        (folder / "sheet.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        shutil.copy(paths.templates / "statements/statement.typ", folder)
        instant = int(datetime.combine(document.issued_on, time(), UTC).timestamp())
        made = apart.run(typesetting.__file__, name, str(paths.static / "fonts"), str(instant))
    return xmp.with_factur_x(made) if xml else made


def _draw(logo: bytes, path: Path) -> int:
    """Leave a small PNG of it there. How wide it stands on paper, in mm; 0 where it is no image that can be read."""
    from PIL import Image

    try:
        with Image.open(BytesIO(logo), formats=("PNG", "JPEG", "GIF", "WEBP")) as image:
            image.draft("RGB", LOGO_PIXELS)
            small = image.convert("RGBA")
            small.thumbnail(LOGO_PIXELS)
            small.save(path, "PNG")
    except Exception:  # noqa: BLE001 -- decoders fail in as many ways as there are broken images
        return 0
    return max(min(LOGO_WIDTH, LOGO_HEIGHT * small.width // small.height), 1)
