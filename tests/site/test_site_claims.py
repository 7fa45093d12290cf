"""The page of claims in a real browser: search, filters, address, and the way to each working."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from ypp_analysis.ledger import VERDICTS, ledger

pytestmark = pytest.mark.browser

BETWEEN = "|".join(["PagePrintedStatementVerdict", "YPPAnalysis", *VERDICTS])


@pytest.fixture(scope="module")
def book(tables):
    """The ledger in English, a row a claim."""
    return ledger(tables, "en").set_index("claim")


def shown(page):
    """Ids of the claims that stand on the page."""
    return page.locator(".ledger tr[data-section]:visible dl").evaluate_all(
        "lists => lists.map(list => list.id)"
    )


def test_filters_show_exactly_what_they_name(tab, base, book):
    with tab() as (page, *_):
        page.goto(f"{base}en/claims.html")
        assert shown(page) == list(book.index)
        for field in ("verdict", "section", "page"):
            for value in dict.fromkeys(book[field].astype(str)):
                page.locator(f"#{field}").select_option(value)
                assert shown(page) == list(book.index[book[field].astype(str) == value])
            page.locator(f"#{field}").select_option("")


def test_search_needs_every_word_and_says_when_there_is_none(tab, base, book):
    with tab() as (page, *_):
        page.goto(f"{base}en/claims.html")
        for words in ("petition", "SIGNATURES festival", "victims 75%"):
            page.locator("#search").fill(words)
            found = shown(page)
            assert 0 < len(found) < len(book)
            for row in page.locator(".ledger tr[data-section]").all():
                text = row.text_content().lower()
                fits = all(word in text for word in words.lower().split())
                assert fits == (row.locator("dl").get_attribute("id") in found)
        page.locator("#search").fill("zzz")
        assert shown(page) == []
        assert page.locator("#nothing").is_visible()


def test_the_address_keeps_search_and_filters(tab, base):
    with tab() as (page, *_):
        page.goto(f"{base}en/index.html")
        page.goto(f"{base}en/claims.html")
        page.locator("#verdict").select_option("reproduced")
        page.locator("#search").fill("75%")
        page.wait_for_url(lambda url: "verdict=reproduced" in url and "q=75%25" in url)
        found = shown(page)
        # in both workings stands 75%
        assert found == ["victims-children-share", "victims-adults-share"]
        page.reload()
        assert shown(page) == found
        page.locator("header a").first.click()
        page.wait_for_url(f"{base}en/index.html")
        page.go_back()
        page.wait_for_function("document.querySelector('#verdict').value === 'reproduced'")
        assert shown(page) == found
        assert page.locator("#search").input_value() == "75%"


def test_an_unknown_filter_in_the_address_hides_nothing(tab, base, book):
    with tab() as (page, *_):
        page.goto(f"{base}en/claims.html?verdict=<b>none</b>&page=999&other=1")
        assert shown(page) == list(book.index)


def test_the_search_of_the_start_page_leads_to_the_claims(tab, base):
    with tab() as (page, *_):
        page.goto(f"{base}en/index.html")
        page.locator("#search").fill("75%")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"claims\.html\?q=75%25"))
        assert "victims-children-share" in shown(page)


def test_a_link_to_a_claim_opens_its_working_whatever_the_filters_are(tab, base):
    with tab() as (page, *_):
        page.goto(f"{base}en/claims.html?verdict=confirmed#regions-total")
        assert page.locator("details:has(#regions-total)").get_attribute("open") is not None
        assert page.locator("#regions-total").is_visible()


def test_an_address_names_a_claim_only_while_its_row_is_shown(tab, base):
    with tab() as (page, *_):
        page.goto(f"{base}en/claims.html#regions-total")
        page.locator("#search").fill("regions")
        page.wait_for_url(re.compile(r"q=regions#regions-total$"))
        page.locator("#search").fill("tuk-tuk")
        page.wait_for_url(re.compile(r"q=tuk-tuk$"))
        page.reload()
        assert page.locator("#search").input_value() == "tuk-tuk"


def test_the_same_link_opens_a_claim_again(tab, base):
    with tab() as (page, *_):
        page.goto(f"{base}en/claims.html#regions-total")
        fold = page.locator("details:has(#regions-total)")
        fold.locator("summary").click()
        assert fold.get_attribute("open") is None
        page.locator(".numbers a[href='#regions-total']").first.click()
        page.wait_for_function("document.getElementById('regions-total').closest('details').open")


@pytest.mark.parametrize("written", ["14,100", "14.100", "14100"])
def test_marks_within_a_number_do_not_matter_to_the_search(tab, base, written):
    with tab() as (page, *_):
        for lang in ("en", "id"):
            page.goto(f"{base}{lang}/claims.html")
            page.locator("#search").fill(written)
            assert "petition-schools" in shown(page)
            links = page.locator("#found li:visible a").evaluate_all("all => all.map(a => a.href)")
            assert f"{base}{lang}/exhibits/petition.html" in links


def test_the_search_finds_exhibits_too_and_claims_that_show_the_words_come_first(tab, base):
    with tab() as (page, *_):
        page.goto(f"{base}en/claims.html")
        assert not page.locator("#found").is_visible()
        page.locator("#search").fill("total signatures")
        links = page.locator("#found li:visible a").evaluate_all("all => all.map(a => a.href)")
        assert links == [f"{base}en/exhibits/petition.html"]
        page.locator("#search").fill("3,400")
        rows = page.locator(".ledger tr[data-section]:visible")
        within = rows.evaluate_all("rows => rows.map(row => row.classList.contains('within'))")
        assert within == sorted(within)
        assert {True, False} == set(within)
        assert shown(page)[0] == "petition-tuk-tuk"
        assert f"in {sum(within)} of them" in page.locator("#count").text_content()


def test_one_button_opens_all_workings_and_closes_them(tab, base):
    with tab() as (page, *_):
        page.goto(f"{base}en/claims.html?verdict=qualified")
        folds = page.locator(".ledger tr:visible details").count()
        for opened in (folds, 0, folds):
            page.locator("#open-all").click()
            assert page.locator(".ledger tr:visible details[open]").count() == opened


def test_without_scripts_a_link_to_a_claim_unfolds_it(tab, server):
    with tab(java_script_enabled=False) as (page, *_):
        page.goto(f"{server}en/claims.html#regions-total")
        assert page.locator("#regions-total").is_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_on_paper_every_working_is_unfolded(tab, server, book, squeeze, javascript):
    with tab(java_script_enabled=javascript) as (page, *_):
        page.goto(f"{server}en/claims.html")
        printed = PdfReader(BytesIO(page.pdf()))

    def bare(text):
        """A row may run over two sheets: heading and verdict then stand within its sentences."""
        return re.sub(BETWEEN, "", squeeze(text))

    sheets = [
        [line for line in sheet.extract_text().splitlines() if line.strip() != f"{number}"]
        for number, sheet in enumerate(printed.pages, 1)
    ]
    assert len(sheets) > 5
    text = bare("".join(line for sheet in sheets for line in sheet))
    for column in ("statement", "formula", "power_text", "why", "not_shown"):
        missing = [id for id in book.index if bare(book.at[id, column]) not in text]
        assert missing == [], column
