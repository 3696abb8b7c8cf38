"""Where the files that are not code lie: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_package = Path(__file__).parent
_bundle = _package / "_bundle"
# The bundle is asked for first: other programs may well leave folders of these names in site-packages.
_root = _bundle if _bundle.is_dir() else _package.parent

templates = _root / "templates"
static = _root / "static"
migrations = _root / "migrations"
translations = _package / "translations"
