import gzip
import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from trackr.web.assets import Assets

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "static"


@pytest.fixture(scope="module")
def assets() -> Assets:
    return Assets(STATIC)


@pytest.fixture(scope="module")
def client(assets) -> FlaskClient:
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/static/<digest>/<path:name>", "asset", assets.view())
    return app.test_client()


@pytest.fixture
def folder(tmp_path) -> Path:
    """The least that a static folder holds."""
    for name in (
        "css/tokens.css",
        "css/reset.css",
        "css/base.css",
        "css/layout.css",
        "vendor/htmx.min.js",
        "vendor/sortable.min.js",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "js").mkdir()
    return tmp_path


def served(folder: Path, name: str) -> str:
    assets = Assets(folder)
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/static/<digest>/<path:name>", "asset", assets.view())
    return app.test_client().get(assets.url(name)).text


@pytest.mark.parametrize(
    ("name", "mimetype"),
    [
        ("app.css", "text/css"),
        ("app.js", "text/javascript"),
        ("icons.svg", "image/svg+xml"),
        ("mark.svg", "image/svg+xml"),
        ("fonts/figtree-latin.woff2", "font/woff2"),
    ],
)
def test_a_file_may_be_kept_for_good_and_is_what_it_says(client, assets, name, mimetype):
    response = client.get(assets.url(name))
    assert response.status_code == 200
    assert response.mimetype == mimetype
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert hashlib.sha256(response.data).hexdigest()[:10] == assets.url(name).split("/")[2]


def test_a_browser_that_takes_gzip_gets_the_same_file_smaller(client, assets):
    plain = client.get(assets.url("app.css"))
    packed = client.get(assets.url("app.css"), headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 3
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_a_browser_that_refuses_gzip_is_heard(client, assets):
    response = client.get(assets.url("app.css"), headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in response.headers


def test_what_gzip_cannot_make_smaller_is_sent_as_it_is(client, assets):
    response = client.get(assets.url("fonts/figtree-latin-ext.woff2"), headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in response.headers
    assert response.data == (STATIC / "fonts/figtree-latin-ext.woff2").read_bytes()


def test_a_browser_that_has_the_file_is_told_so(client, assets):
    first = client.get(assets.url("app.js"))
    again = client.get(assets.url("app.js"), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


def test_head_tells_the_size_and_sends_nothing(client, assets):
    response = client.head(assets.url("icons.svg"))
    assert response.status_code == 200
    assert response.content_length == (STATIC / "icons.svg").stat().st_size
    assert response.data == b""


@pytest.mark.parametrize(
    "address",
    [
        "/static/0000000000/app.css",
        "/static/{digest}/app.js",
        "/static/{digest}/nothing.css",
        "/static/{digest}/../pyproject.toml",
        "/static/{digest}/..%2f..%2fpyproject.toml",
        "/static/{digest}/vendor/manifest.toml",
        "/static/{digest}/css/tokens.css",
    ],
)
def test_only_known_names_under_their_present_hash_are_served(client, assets, address):
    digest = assets.url("app.css").split("/")[2]
    assert client.get(address.format(digest=digest)).status_code == 404


def test_a_name_that_is_not_served_has_no_address(assets):
    with pytest.raises(KeyError):
        assets.url("nothing.css")


def test_an_address_changes_with_the_content(folder):
    before = Assets(folder).url("app.css")
    (folder / "css/base.css").write_text("a { color: red; }")
    assert Assets(folder).url("app.css") != before


def test_the_stylesheet_starts_with_tokens_reset_base_and_layout(folder):
    for name in ("tokens", "reset", "base", "layout", "avatar", "zebra"):
        (folder / f"css/{name}.css").write_text(f".{name} {{}}")
    assert re.findall(r"\.(\w+)", served(folder, "app.css")) == ["tokens", "reset", "base", "layout", "avatar", "zebra"]


def test_the_stylesheet_is_sent_without_its_comments(folder):
    (folder / "css/base.css").write_text("/* why\n   so */\n  a { color: red; } /* or not */\n\n")
    assert served(folder, "app.css") == "a{color:red}"


def test_the_stylesheet_keeps_the_spaces_that_mean_something(folder):
    rule = 'a :hover, b > :is(i, u) { content: "a; { b"; inset: calc(1px + 2px) 0; }'
    (folder / "css/base.css").write_text(rule)
    assert served(folder, "app.css") == 'a :hover,b > :is(i,u){content:"a; { b";inset:calc(1px + 2px) 0}'


def test_what_the_stylesheet_loads_has_a_hashed_address_too(client, assets):
    stylesheet = client.get(assets.url("app.css")).text
    names = re.findall(r"url\(([^)\"]+)\)", stylesheet)
    assert len(names) == 2
    for name in names:
        assert client.get("/static/" + name.removeprefix("../")).status_code == 200


def test_a_stylesheet_that_loads_a_missing_file_stops_the_start(folder):
    (folder / "css/base.css").write_text("a { background: url(../gone.svg); }")
    with pytest.raises(KeyError, match=r"gone\.svg"):
        Assets(folder)


def test_scripts_come_after_htmx_and_share_no_names(folder):
    (folder / "vendor/htmx.min.js").write_text("var htmx = {};")
    (folder / "js/a.js").write_text("const mine = 1;")
    (folder / "js/b.js").write_text("// Why.\n  const mine = 2; // the last line is a comment")
    script = served(folder, "app.js")
    assert script.startswith("var htmx = {};\n(() => {\n'use strict';\nconst mine = 1;\n})();\n(() => {")
    assert script.endswith("const mine = 2;\n})();")


def test_what_few_visits_need_is_a_script_of_its_own(folder):
    (folder / "vendor/sortable.min.js").write_text("var Sortable;")
    (folder / "js/drag").mkdir()
    (folder / "js/drag/drag.js").write_text("attach();")
    assert "attach" not in served(folder, "app.js")
    assert served(folder, "drag.js") == "var Sortable;\n(() => {\n'use strict';\nattach();\n})();"


def test_no_behaviour_holds_what_is_lost_with_comments_and_indents():
    for path in STATIC.glob("js/**/*.js"):
        for line in path.read_text().splitlines():
            code = re.sub(r"(^|\s)//.*", "", line)
            assert all(code.count(quote) % 2 == 0 for quote in "'`"), f"{path.name}: {line}"


def test_behaviours_stay_small():
    sizes = {path.name: len(path.read_text().splitlines()) for path in STATIC.glob("js/**/*.js")}
    assert {name: size for name, size in sizes.items() if size > (70 if name == "complete.js" else 60)} == {}


def test_every_vendored_file_is_the_one_in_the_manifest():
    manifest = tomllib.loads((STATIC / "vendor/manifest.toml").read_text())
    recorded = {name: digest for package in manifest["package"] for name, digest in package["files"].items()}
    present = [*STATIC.glob("vendor/*"), *STATIC.glob("fonts/*")]
    actual = {path.relative_to(STATIC).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in present}
    del actual["vendor/manifest.toml"]
    assert recorded == actual


def test_every_vendored_package_says_where_it_is_from_and_ships_its_licence():
    manifest = tomllib.loads((STATIC / "vendor/manifest.toml").read_text())
    for package in manifest["package"]:
        assert package["name"] and package["registry"] and package["version"] and package["licence"]
        assert any(name.endswith("LICENSE.txt") for name in package["files"]), package["name"]
        assert (STATIC / package.get("assembled", "icons.svg")).exists()


def test_every_icon_that_is_named_is_in_the_sprite():
    symbols = set(re.findall(r'<symbol id="i-([\w-]+)"', (STATIC / "icons.svg").read_text()))
    sources = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("trackr/**/*.py")]
    text = "\n".join(path.read_text() for path in sources)
    named = set(re.findall(r"""\bicon\(\s*['"]([\w-]+)['"]\s*[,)]""", text))
    states = {"s-new", "s-progress", "s-waiting", "s-done"}  # status() puts these names together
    assert (named | states) - symbols == set()
