"""What a telephone reads from the screen."""

from markupsafe import Markup


def as_picture(text: str) -> Markup:
    """The text as a QR code: an SVG with nothing in it but its shape, dark on light whatever the page's colours."""
    import segno  # only where somebody sets up an app, which is seldom

    picture = segno.make_qr(text, error="m").svg_inline(scale=4, border=3, dark="#000", light="#fff", svgclass="qr")
    return Markup(picture)  # noqa: S704 -- drawn from squares; the text is not in it
