from pathlib import Path
from types import ModuleType

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES = Path(__file__).parents[1] / "templates"


@pytest.fixture(scope="module")
def macros() -> ModuleType:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.globals["icons_url"] = "/static/abc/icons.svg"
    return environment.get_template("shared/_macros.html").module


def test_a_swatch_for_each_kind_needs_no_id(macros):
    drawn = {kind: macros.swatch(kind) for kind in ("used", "pending", "committed")}
    assert len(set(drawn.values())) == 3
    assert not any("id=" in drawing for drawing in drawn.values())


def test_an_icon_names_its_symbol_in_the_sprite(macros):
    assert macros.icon("plus", "only-wide") == (
        '<svg class="icon only-wide" aria-hidden="true"><use href="/static/abc/icons.svg#i-plus"/></svg>'
    )


def test_the_agency_is_square_and_a_client_round(macros):
    assert 'class="avatar avatar-staff"' in macros.avatar("SA", "Sam", staff=True)
    assert 'class="avatar"' in macros.avatar("CB", "Claire")


def test_a_normal_priority_shows_nothing(macros):
    assert macros.prio("normal", "Normal") == ""
    assert 'data-p="urgent"' in macros.prio("urgent", "Urgent")


def test_names_and_labels_are_escaped(macros):
    hostile = "<script>\"'&"
    drawn = macros.avatar(hostile, hostile) + macros.status("new", hostile) + macros.prio("low", hostile)
    assert isinstance(drawn, Markup)
    assert "<script>" not in drawn
    assert drawn.count("&lt;script&gt;&#34;&#39;&amp;") == 4


def test_nothing_is_styled_inline_and_no_white_space_is_sent(macros):
    small = [macros.swatch("pending"), macros.icon("plus"), macros.status("new", "New"), macros.prio("low", "Low")]
    for drawn in small:
        assert "style" not in drawn
        assert "\n" not in drawn
        assert "  " not in drawn
