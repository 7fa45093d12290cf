"""Every page in a real browser: it opens, asks for nothing elsewhere, fits, and can be operated."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
KINDS = ("index.html", "claims.html", "verify.html", "data.html", "exhibits/diagram-1-3.html")
"""Pages that have every control of the site between them."""
FOCUSABLE = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }))"""


def test_every_page_opens_and_asks_for_nothing_elsewhere(tab, base, pages):
    with tab() as (page, _, asked):
        for path in pages:
            page.goto(base + path)
            assert page.title(), path
    assert [url for url in asked if not url.startswith((base, "data:"))] == []
    assert len(asked) > len(pages)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(tab, server, pages, scheme, viewport):
    faults = {}
    with tab(viewport=viewport, color_scheme=scheme) as (page, *_):
        for path in pages:
            page.goto(server + path)
            found = Axe().run(page, options={"resultTypes": ["violations"]}).response
            assert found["passes"], path
            if found["violations"]:
                faults[path] = [
                    (rule["id"], [node["target"] for node in rule["nodes"]][:5])
                    for rule in found["violations"]
                ]
    assert faults == {}


def test_axe_would_find_a_fault(tab, server):
    with tab() as (page, *_):
        page.goto(f"{server}en/index.html")
        page.evaluate("document.querySelector('h1').style.color = '#ddd'")
        assert [rule["id"] for rule in Axe().run(page).response["violations"]] == ["color-contrast"]


def test_no_page_scrolls_sideways_on_a_phone(tab, server, pages):
    with tab(viewport=PHONE) as (page, *_):
        wide = []
        for path in pages:
            page.goto(server + path)
            page.evaluate(
                "for (const folded of document.querySelectorAll('details')) folded.open = true"
            )
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
                const style = getComputedStyle(target);
                reached.set(target, style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
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
      for (const button of main.querySelectorAll("button")) button.remove();
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
        for summary in page.locator(".citations details:not([open]) > summary").all():
            summary.click()
        buttons = page.locator("main button").all()
        copied = []
        for button in buttons:
            page.evaluate("navigator.clipboard.writeText('')")
            button.click()
            page.wait_for_function("navigator.clipboard.readText().then((text) => text !== '')")
            copied.append(page.evaluate("navigator.clipboard.readText()"))
        citations = page.locator(".citations pre").all_text_contents()
    assert copied == citations
    assert len(citations) >= 7
    assert len(set(copied)) == len(copied)
