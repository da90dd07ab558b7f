"""Themes: which file wins, what a mistake in one brings, and whether its colours can be told apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.load.contrast import ratio
from tests.conftest import ROOT, SmallSite

THEMES = sorted(path.parent for path in (ROOT / "themes").glob("*/theme.yaml"))


def theme_file(site: SmallSite, name: str, text: str) -> None:
    path = site.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_templates_are_found_in_theme_then_parent_then_site_then_shipped(site: SmallSite) -> None:
    theme_file(
        site,
        "themes/mine/theme.yaml",
        "name: mine\nextends: default\ntokens:\n  light: {main: '#7a1f1f'}\n",
    )
    theme_file(
        site,
        "themes/mine/templates/text.html",
        '{% extends "base:text.html" %}{% block main %}THEME {{ super() }}{% endblock %}',
    )
    theme_file(site, "templates/text.html", "SITE")
    theme_file(
        site,
        "templates/years.html",
        '{% extends "layout.html" %}{% block main %}SITE{% endblock %}',
    )
    theme_file(site, "site.yaml", "title: 测试站\ntheme: mine\n")
    assert not site.build().blocked
    assert "THEME" in site.page("404.html") and "没有找到这个页面" in site.page("404.html")
    assert "SITE" in site.page("years/index.html")
    css = site.page("assets/site.css")
    assert "--main:#7a1f1f" in css and "--main:#14508c" not in css, (
        "the last word on a token is the theme's own"
    )


def test_further_styles_of_a_theme_are_files_of_their_own(site: SmallSite) -> None:
    theme_file(site, "themes/mine/theme.yaml", "name: mine\nextends: default\n")
    for name in ("print", "screen", "charts", "zebra"):
        theme_file(site, f"themes/mine/assets/{name}.css", f".{name}{{}}\n")
    settings = site.root / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "theme: mine\n", "utf-8")
    assert not site.build().blocked
    style = site.page("assets/site.css")
    assert ".screen{}" in style and ".print{}" not in style and ".zebra{}" not in style
    assert site.page("assets/charts.css").endswith(".charts{}\n"), (
        "behind what the theme it extends says"
    )
    assert site.page("assets/zebra.css").strip() == ".zebra{}"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (
            "{% extends 'layout.html' %}\n{% block main %}\n{{ page.nothing }}{% endblock %}",
            3,
            "nothing",
        ),
        ("{% extends 'layout.html' %}\n{% block main %}\n{% if %}{% endblock %}", 3, "语法"),
        (
            "{% extends 'layout.html' %}{% block main %}{% include page.x %}{% endblock %}",
            1,
            "固定",
        ),
    ],
)
def test_a_mistake_in_a_template_is_a_finding_with_its_line(
    site: SmallSite, text: str, line: int, said: str
) -> None:
    theme_file(site, "templates/text.html", text)
    outcome = site.build()
    assert outcome.blocked
    finding = next(finding for finding in outcome.findings if finding.rule == "B-04")
    assert (finding.at.path, finding.at.line) == (
        "templates/text.html",
        line,
    ) and said in finding.message.source


@pytest.mark.parametrize("link", ["missing/", "agencies/#nowhere", "https://evil.example/x.css"])
def test_a_broken_link_in_a_template_stops_the_build(site: SmallSite, link: str) -> None:
    tag = (
        f'<link rel="stylesheet" href="{link}">'
        if "://" in link
        else f'<a href="{{{{ url("") }}}}{link}">x</a>'
    )
    theme_file(
        site,
        "templates/text.html",
        f'{{% extends "layout.html" %}}{{% block main %}}{tag.replace("index.html", "")}{{% endblock %}}',
    )
    outcome = site.build()
    assert outcome.blocked and {finding.rule for finding in outcome.findings} == {"B-01"}


@pytest.mark.parametrize(
    "text",
    [
        "{{ 1/0 }}",
        "{{ page.frame.title + 1 }}",
        '{% include "text.html" %}',
        "{{ page.frame.meta[99] }}",
    ],
)
def test_any_mistake_in_a_template_is_a_finding(site: SmallSite, text: str) -> None:
    theme_file(
        site,
        "templates/text.html",
        f'{{% extends "layout.html" %}}{{% block main %}}\n{text}{{% endblock %}}',
    )
    outcome = site.build()
    assert outcome.blocked and "B-04" in {finding.rule for finding in outcome.findings}


def test_a_template_in_another_encoding_is_a_finding(site: SmallSite) -> None:
    (site.root / "templates").mkdir()
    (site.root / "templates/text.html").write_bytes("中文".encode("gbk"))
    assert [(finding.rule, finding.at.path) for finding in site.findings()] == [
        ("C-01", "templates/text.html")
    ]


@pytest.mark.parametrize(
    "tag",
    [
        '<p style="color:red">x</p>',
        "<style>p{}</style>",
        "<script>1</script>",
        '<video src="https://x.example/v"></video>',
        '<a href="/agencies/index.html">x</a>',
    ],
)
def test_what_a_strict_policy_would_refuse_stops_the_build(site: SmallSite, tag: str) -> None:
    theme_file(
        site,
        "templates/years.html",
        f'{{% extends "layout.html" %}}{{% block main %}}{tag}{{% endblock %}}',
    )
    for _ in range(2):  # also when the faulty page comes out of the cache
        outcome = site.build()
        assert outcome.blocked and {finding.rule for finding in outcome.findings} == {"B-01"}


def test_a_style_that_fetches_from_elsewhere_stops_the_build(site: SmallSite) -> None:
    theme_file(site, "themes/mine/theme.yaml", "name: mine\nextends: default\n")
    theme_file(site, "themes/mine/assets/screen.css", '@import url("https://fonts.example/a.css");')
    theme_file(site, "site.yaml", "title: 测试站\ntheme: mine\n")
    assert site.build().blocked


def test_images_of_a_theme_are_published_and_missing_ones_noticed(site: SmallSite) -> None:
    theme_file(site, "themes/mine/theme.yaml", "name: mine\nextends: default\n")
    theme_file(site, "themes/mine/assets/screen.css", ".a{background:url(img/bg.GIF)}")
    theme_file(site, "themes/mine/assets/img/bg.GIF", "GIF89a")
    theme_file(site, "site.yaml", "title: 测试站\ntheme: mine\n")
    assert not site.build().blocked and site.page("assets/img/bg.GIF") == "GIF89a"
    theme_file(site, "themes/mine/assets/screen.css", '.a{background:url("img/none.png")}')
    assert {finding.rule for finding in site.build().findings} == {"B-01"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#ffffff", 1),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
    ],
)
def test_contrast_is_what_the_guidelines_define(one: str, other: str, expected: float) -> None:
    assert ratio(one, other) == ratio(other, one) == pytest.approx(expected, abs=0.005)


WEAK = "name: mine\nextends: default\ntokens:\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f"{WEAK}  light: {{main: '#8fbff0'}}\n",
            "light 下 main 与 paper 的对比度是 1.93:1，应不低于 4.5:1",
        ),
        (f"{WEAK}  dark: {{quiet: '#333333'}}\n", "dark 下 quiet 与 paper"),
        (f"{WEAK}  contrast: {{ink: '#999999'}}\n", "contrast 下 ink 与 paper"),
        (
            f"{WEAK}  light: {{focus: '#dddddd'}}\n",
            "light 下 focus 与 paper 的对比度是 1.36:1，应不低于 3:1",
        ),
        (f"{WEAK}  light: {{ink: black}}\n", "不是 #rrggbb 形式的颜色"),
        (
            "name: mine\nextends: default\npairs: {text: [[line, paper]]}\n",
            "light 下 line 与 paper",
        ),
    ],
)
def test_colours_that_are_too_close_stop_the_build(site: SmallSite, text: str, said: str) -> None:
    theme_file(site, "themes/mine/theme.yaml", text)
    settings = site.root / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "theme: mine\n", "utf-8")
    outcome = site.build()
    assert outcome.blocked
    found = [finding for finding in outcome.findings if finding.rule == "C-14"]
    assert any(said in finding.message.source for finding in found) and {
        finding.at.path for finding in found
    } == {"themes/mine/theme.yaml"}


@pytest.mark.parametrize("pairs", ["{text: [[[ink]]]}", "{text: [[]]}", "{text: ink}", "[ink]"])
def test_pairs_of_any_shape_end_in_no_traceback(site: SmallSite, pairs: str) -> None:
    theme_file(site, "themes/mine/theme.yaml", f"name: mine\nextends: default\npairs: {pairs}\n")
    settings = site.root / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "theme: mine\n", "utf-8")
    assert all(finding.at.path.startswith("themes/") for finding in site.findings())


@pytest.mark.parametrize("folder", THEMES, ids=lambda path: path.name)
def test_a_theme_uses_no_colour_past_its_tokens(folder: Path) -> None:
    """A colour in a style sheet would stay as it is in the dark. Shadows are no colour that anything is read by."""

    for sheet in (folder / "assets").glob("*.css"):
        if sheet.name != "print.css":
            text = re.sub(r"box-shadow:[^;}]*", "", sheet.read_text("utf-8"))
            text = re.sub(
                r"@media (?:print|\(forced-colors:active\))\{.*", "", text, flags=re.DOTALL
            )
            assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;}\s,])|rgb\(", text), sheet.name
