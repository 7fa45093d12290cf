"""Every page in a real browser: it opens, asks for nothing elsewhere, fits, and can be operated."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

AXE = Axe().axe_script
BY_SIGHT = ("color-contrast", "link-in-text-block", "scrollable-region-focusable")
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
KINDS = ("index.html", "claims.html", "verify.html", "data.html", "exhibits/diagram-1-3.html")
"""Pages that have every control of the site between them."""
FOCUSABLE = """() => {
  const controls = "a[href], button, input, select, summary, [tabindex='0']";
  return [...document.querySelectorAll(controls)]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }));
}"""
UNFOLD = "for (const folded of document.querySelectorAll('details')) folded.open = true"


def test_every_page_opens_and_asks_for_nothing_elsewhere(tab, base, pages):
    with tab() as (page, _, asked):
        for path in pages:
            page.goto(base + path)
            assert page.title(), path
    assert [url for url in asked if not url.startswith((base, "data:"))] == []
    assert len(asked) > len(pages)


def violations(page, **options):
    """What axe finds against a page: rules and elements."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE)
    found = page.evaluate(
        "(options) => axe.run(options)", {"resultTypes": ["violations"], **options}
    )
    assert found["passes"]
    return [
        (rule["id"], [node["target"] for node in rule["nodes"]][:5]) for rule in found["violations"]
    ]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_axe_finds_nothing_on_any_page(tab, server, pages, lang):
    """Light on a desktop all rules; dark on a phone those that colours and widths can break."""
    faults = {}
    with tab() as (page, *_):
        for path in (path for path in pages if path.startswith(f"{lang}/")):
            page.set_viewport_size(DESKTOP)
            page.emulate_media(color_scheme="light")
            page.goto(server + path)
            faults[path] = violations(page)
            page.set_viewport_size(PHONE)
            page.emulate_media(color_scheme="dark")
            faults[path] += violations(page, runOnly=[*BY_SIGHT])
    assert {path: found for path, found in faults.items() if found} == {}


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")])
def test_axe_finds_nothing_on_each_kind_of_page(tab, server, lang, viewport, scheme):
    faults = {}
    with tab(viewport=viewport, color_scheme=scheme) as (page, *_):
        for path in KINDS:
            page.goto(f"{server}{lang}/{path}")
            faults[path] = violations(page)
    assert faults == {path: [] for path in KINDS}


def test_axe_would_find_a_fault(tab, server):
    with tab() as (page, *_):
        page.goto(f"{server}en/method.html")
        page.evaluate("document.querySelector('h1').style.color = '#ddd'")
        assert violations(page) == [("color-contrast", [["h1"]])]


def test_no_page_scrolls_sideways_on_a_phone(tab, server, pages):
    with tab(viewport=PHONE) as (page, *_):
        wide = []
        for path in pages:
            page.goto(server + path)
            page.evaluate(UNFOLD)
            if (width := page.evaluate("document.scrollingElement.scrollWidth")) > PHONE["width"]:
                wide.append((path, width))
    assert wide == []


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
    assert controls > 10
    assert missed == []


@pytest.mark.parametrize("lang", ["en", "id"])
def test_without_javascript_all_content_is_there(tab, folder, pages, lang):
    text = """(() => {
      const main = document.querySelector("main").cloneNode(true);
      for (const helper of main.querySelectorAll("button, [role=status]")) helper.remove();
      return main.textContent;
    })()"""
    paths = [path for path in pages if path.startswith(f"{lang}/")]
    with tab(java_script_enabled=False) as (plain, *_), tab() as (full, *_):
        for path in paths:
            for page in (plain, full):
                page.goto(f"{folder.as_uri()}/{path}")
            assert set(full.evaluate(text).split()) <= set(plain.evaluate(text).split()), path
            idle = plain.locator("button:visible").all_text_contents()
            assert not idle or path.endswith("/index.html"), (path, idle)


def test_language_switch_stays_on_the_same_thing(tab, base):
    with tab() as (page, *_):
        for path in ("index.html", "exhibits/diagram-1-3.html", "verify.html#again"):
            page.goto(f"{base}en/{path}")
            page.locator("header a[hreflang=id]").click()
            assert page.url == f"{base}id/{path}"
        page.goto(f"{base}id/claims.html?verdict=reproduced&q=75#victims-children-share")
        page.locator("header a[hreflang=en]").click()
        assert page.url == f"{base}en/claims.html?verdict=reproduced&q=75#victims-children-share"
        assert page.locator("#victims-children-share details").get_attribute("open") is not None
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
        citations = page.locator(".citations pre").all_text_contents()
    assert copied == citations
    assert len(citations) > 3
    assert len(set(copied)) == len(copied)
