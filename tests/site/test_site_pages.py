"""Every page in a real browser: it opens, asks for nothing elsewhere, fits, and can be operated."""

from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

AXE = Axe().axe_script
RUN = "axe.run({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })"
OF_WIDTH = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""Rules whose outcome another width or other colours can change; the rest judge elements alone."""
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
AGAIN = "axe.run({{ resultTypes: ['violations'], runOnly: {} }})"
LOOKS = {
    ("light", "desktop"): (DESKTOP, RUN),
    ("light", "phone"): (PHONE, AGAIN.format(OF_WIDTH)),
    ("dark", "phone"): (PHONE, AGAIN.format(OF_COLOUR)),
    ("dark", "desktop"): (DESKTOP, AGAIN.format(OF_COLOUR)),
}
KINDS = (
    "index.html",
    "claims.html",
    "verify.html",
    "data.html",
    "exhibits/diagram-1-3.html",
    "notebooks/01_network.html",
)
"""Pages that have every kind of content and control between them."""
FOCUSABLE = """() => {
  const controls = "a[href], button, input, select, summary, [tabindex='0']";
  return [...document.querySelectorAll(controls)]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }));
}"""
UNFOLD = "for (const folded of document.querySelectorAll('details')) folded.open = true"


TEXT = """() => {
  const main = document.querySelector("main").cloneNode(true);
  for (const helper of main.querySelectorAll("button, [role=status]")) helper.remove();
  return main.textContent;
}"""


class Seen(NamedTuple):
    """What a browser makes of a page."""

    text: str
    width: int
    violations: dict


def violations(page, run=RUN):
    """What axe finds against a page: rules and elements."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE)
    found = page.evaluate(run)
    assert found["passes"]
    return [
        (rule["id"], [node["target"] for node in rule["nodes"]][:5]) for rule in found["violations"]
    ]


@pytest.fixture(scope="module")
def tour(tab, server, pages):
    """Every page in every look; the checks of axe see what is folded away too."""
    seen = {}
    with tab() as (page, _, asked):
        for path in pages:
            page.goto(server + path)
            text = page.evaluate(TEXT)
            page.evaluate(UNFOLD)
            found = {}
            for (scheme, width), (viewport, run) in LOOKS.items():
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size(viewport)
                found[scheme, width] = violations(page, run)
            page.emulate_media(color_scheme="light")
            page.set_viewport_size(DESKTOP)
            page.set_viewport_size(PHONE)
            seen[path] = Seen(text, page.evaluate("document.scrollingElement.scrollWidth"), found)
    return seen, asked


@pytest.fixture(scope="module")
def seen(tour):
    """What came of each page."""
    return tour[0]


def test_no_page_asks_a_server_for_anything_elsewhere(tour, server, pages):
    _, asked = tour
    assert [url for url in asked if not url.startswith((server, "data:"))] == []
    assert {server + path for path in pages} <= set(asked)


def test_every_page_opens_as_a_file_and_asks_for_nothing_elsewhere(tab, folder, pages):
    base = f"{folder.as_uri()}/"
    with tab() as (page, _, asked):
        for path in pages:
            page.goto(base + path)
            assert page.title(), path
    assert [url for url in asked if not url.startswith((base, "data:"))] == []
    assert len(asked) > len(pages)


def test_axe_finds_nothing(seen):
    faults = {
        (path, *look): found
        for path, page in seen.items()
        for look, found in page.violations.items()
        if found
    }
    assert faults == {}
    assert all(len(page.violations) == len(LOOKS) for page in seen.values())


def test_axe_would_find_a_fault(tab, server):
    with tab() as (page, *_):
        page.goto(f"{server}en/method.html")
        page.evaluate("document.querySelector('h1').style.color = '#ddd'")
        assert violations(page) == [("color-contrast", [["h1"]])]


def test_no_page_scrolls_sideways_on_a_phone(seen):
    wide = {path: page.width for path, page in seen.items() if page.width > PHONE["width"]}
    assert wide == {}


class Main(HTMLParser):
    """The text of a page's main part, as its file has it."""

    def __init__(self, page):
        super().__init__()
        self.text = ""
        self.feed(page.partition("<main")[2].partition("</main>")[0])

    def handle_data(self, data):
        self.text += data


def test_scripts_add_no_content(seen, built):
    for path, page in seen.items():
        added = set(page.text.split()) - set(Main(built[path].decode()).text.split())
        assert added == set(), path


@pytest.mark.parametrize("path", KINDS)
def test_without_scripts_nothing_is_out_of_reach_and_nothing_is_idle(tab, folder, path):
    """No button but those that send a form; folded parts open by themselves."""
    with tab(java_script_enabled=False) as (page, *_):
        page.goto(f"{folder.as_uri()}/en/{path}")
        assert page.locator("button:visible:not(form[action] button)").all_text_contents() == []
        waiting = page.locator("main [hidden]:not(form, button, th, #nothing)")
        assert set(waiting.all_text_contents()) <= {""}
        for folded in page.locator("details").all()[:3]:
            if folded.get_attribute("open") is None:
                folded.locator("summary").click()
            assert folded.locator(":scope > :not(summary)").first.is_visible()


@pytest.mark.parametrize("path", KINDS)
def test_keyboard_alone_reaches_every_control_and_shows_where_it_is(tab, server, path):
    with tab() as (page, *_):
        page.goto(f"{server}en/{path}")
        controls = page.evaluate(f"({FOCUSABLE})().length")
        page.evaluate(
            """() => {
              window.reached = new Map();
              addEventListener("focusin", ({ target }) => {
                const { outlineStyle, outlineWidth } = getComputedStyle(target);
                reached.set(target, outlineStyle !== "none" && parseFloat(outlineWidth) >= 2);
              });
            }"""
        )
        for _ in range(controls):
            page.keyboard.press("Tab")
        missed = page.evaluate(
            f"({FOCUSABLE})().filter((element) => !reached.get(element)).map((e) => e.outerHTML)"
        )
    assert controls > 8
    assert missed == []


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_figure_opens_larger_than_it_stands_in_the_page(tab, folder, viewport, javascript):
    with tab(viewport=viewport, java_script_enabled=javascript) as (page, *_):
        page.goto(f"{folder.as_uri()}/en/exhibits/petition.html")
        page.locator(".zoom summary").click()
        small, large = (page.locator(place).bounding_box() for place in (".whole", ".zoom img"))
        assert large["width"] > 1.5 * small["width"]
        frame = page.locator(".zoom .scroll")
        assert frame.bounding_box()["width"] <= viewport["width"]
        frame.focus()
        assert frame.evaluate("box => { box.scrollLeft = 50; return box.scrollLeft; }") == 50


@pytest.mark.parametrize(("locale", "lang"), [("id-ID", "id"), ("en-GB", "en"), ("km-KH", "en")])
def test_the_entrance_leads_to_the_language_of_the_browser(tab, base, locale, lang):
    with tab(locale=locale) as (page, *_):
        page.goto(f"{base}index.html")
        page.wait_for_url(f"{base}{lang}/index.html")


def test_language_switch_stays_on_the_same_thing(tab, base):
    with tab() as (page, *_):
        for path in ("index.html", "exhibits/diagram-1-3.html", "verify.html#again"):
            page.goto(f"{base}en/{path}")
            page.locator("header a[hreflang=id]").click()
            assert page.url == f"{base}id/{path}"
        page.goto(f"{base}id/claims.html?verdict=reproduced&q=75#victims-children-share")
        page.locator("header a[hreflang=en]").click()
        assert page.url == f"{base}en/claims.html?verdict=reproduced&q=75#victims-children-share"
        assert (
            page.locator("details:has(#victims-children-share)").get_attribute("open") is not None
        )
        assert page.locator("#verdict").input_value() == "reproduced"


def test_each_copy_button_copies_what_it_stands_beside(tab, base):
    with tab(permissions=["clipboard-read", "clipboard-write"]) as (page, *_):
        page.goto(f"{base}en/exhibits/diagram-1-3.html")
        page.evaluate(UNFOLD)
        buttons = page.locator("main button").all()
        copied = []
        for button in buttons:
            page.evaluate("navigator.clipboard.writeText('')")
            button.click()
            page.wait_for_function("navigator.clipboard.readText().then((text) => text !== '')")
            copied.append(page.evaluate("navigator.clipboard.readText()"))
        citations = page.locator(".references").evaluate_all(
            """boxes => boxes.map((box) => {
              const lines = [...box.querySelectorAll("p")].map((line) => line.textContent);
              return lines.length ? lines.join("\\n") : box.textContent;
            })"""
        )
    assert copied == citations
    assert all("YPP Analysis contributors" in text for text in copied)
    assert len(citations) > 3
    assert len(set(copied)) == len(copied)
