"""Pictures of images: decoded and encoded anew, so that a browser shows pixels of ours and nothing that was sent.

What an image is, its content says and not its name. SVG and HTML are no images here: they can hold programs.
"""

import threading
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
LONGEST_SIDE = 1600
LOGO_FORMATS, LOGO_SIZE = ("PNG", "JPEG"), (1200, 600)
# A JPEG is decoded straight to a smaller size; of the others every pixel takes four bytes for a moment.
MOST_PIXELS, MOST_PIXELS_OF_JPEG = 25_000_000, 60_000_000

_turn = threading.Lock()  # one at a time, for the sake of memory


@dataclass(frozen=True, slots=True)
class Picture:
    """WebP, upright, at most LONGEST_SIDE wide and high, without anything but pixels."""

    width: int
    height: int
    data: bytes


def picture(content: BinaryIO) -> Picture | None:
    """The picture of an image; None for anything else, for a broken image, and for one that is too large."""
    try:
        content.seek(0)
        with _turn:
            return _draw(content)
    except Exception:  # noqa: BLE001 -- decoders fail in as many ways as there are broken images
        return None


def logo(content: BinaryIO) -> bytes | None:
    """An image drawn anew as a PNG, small enough for a letterhead; None where it is no PNG or JPEG that can be read."""
    from PIL import Image, ImageOps

    try:
        content.seek(0)
        with _turn, Image.open(content, formats=LOGO_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            small = ImageOps.exif_transpose(image).convert("RGBA")
            small.thumbnail(LOGO_SIZE)
            bare = Image.new("RGBA", small.size)
            bare.paste(small)
            out = BytesIO()
            bare.save(out, "PNG", optimize=True)
            return out.getvalue()
    except Exception:  # noqa: BLE001 -- as above
        return None


def _draw(content: BinaryIO) -> Picture | None:
    from PIL import Image, ImageOps

    with Image.open(content, formats=FORMATS) as image:
        is_jpeg = image.format in ("JPEG", "MPO")
        if image.width * image.height > (MOST_PIXELS_OF_JPEG if is_jpeg else MOST_PIXELS):
            return None
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
        small = image.convert("RGBA" if has_alpha else "RGB")
        small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _encode(ImageOps.exif_transpose(small))


def _encode(image: "Image") -> Picture:
    from PIL import Image

    # Drawn onto an empty one: place, camera and comments stay behind.
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    out = BytesIO()
    bare.save(out, "WEBP", quality=82, method=3)
    return Picture(bare.width, bare.height, out.getvalue())
