"""Each figure is described on three levels, in both languages, with the numbers of its data."""

import re

import pandas as pd
import pytest

from ypp_analysis import descriptions
from ypp_analysis.exhibits import DESIGNS, Exhibit, ids
from ypp_analysis.wording import LANGUAGES, Words, placeholders, texts

EVERY = [(id, lang) for id in ids() for lang in LANGUAGES]

# What a chart may be, and what must be said of it: an axis, or what a mark stands for.
KINDS = {
    "en": r"((Horizontal bar|Step|Line) chart|Chart of ranges|Timeline|Grid|Diagram)",
    "id": r"(Diagram (batang mendatar|kotak|berbentuk daftar)|Grafik (tangga|garis|rentang)"
    r"|Garis waktu|Kisi|Susunan kotak)",
}
AXES = {
    "en": r"\b(across|length|each (row|column|box)|stands for|columns)\b",
    "id": r"\b(mendatar:|panjangnya|setiap (baris|kolom|kotak)|mewakili|kolom)",
}

# By hand from data/processed: what the extremes and totals of each exhibit must name.
SPANS = {
    "table-1-1": [25, 4, 77],
    "graph-1-2": [4, 8],  # four reports on each of two ranks, of eight
    "diagram-1-3": [66, 22, 88],
    "tier-history": [10, 25, 6],
    "network-growth": [17, 122, 70, 104],
    "joint-statistics": [165, 39],
    "percent-readings": [81, 0],
    "petition": [5000, 200, 14100],
    "reach": [10762, 20],
    "timeline": [8],
    "programme-logic": [3, 5, 6],
    "partners": [9, 2, 28, 25],
    "countries": [3, 0, 11, 5, 6],
    "verdicts": [29, 3, 88],
    # 88 claims less the 27 without a check and the region, a name; nine lost an order or a
    # repetition that no text implies (27 were 18), and one keeps a check that refuses nothing
    "power": [60, 25, 9],
}


@pytest.fixture(params=EVERY, ids="-".join)
def exhibit(request, tables):
    id, lang = request.param
    return Exhibit(id, tables, lang=lang)


def numbers(text, lang):
    """The whole numbers of a text, whatever marks their thousands."""
    mark = {"en": ",", "id": "."}[lang]
    found = re.findall(rf"\d+(?:\{mark}\d{{3}})*", text)
    return [int(number.replace(mark, "")) for number in found]


def sentences(text):
    return {sentence for sentence in re.split(r"(?<=[.;:])\s+", text) if len(sentence) > 20}


def test_the_first_level_says_what_chart_it_is_and_how_to_read_it(exhibit):
    kind = exhibit.description().kind
    assert re.match(KINDS[exhibit.lang], kind)
    assert re.search(AXES[exhibit.lang], kind, re.IGNORECASE)
    assert kind.endswith(".")


def test_the_second_level_has_every_count(exhibit):
    values = exhibit.description().values
    for column in (name for name in exhibit.data if name.endswith("_n") and name != "base_n"):
        if column in ("reporting_ngos_n", "coalition_ngos_n"):
            continue  # who reported is told in the level before
        for value in exhibit.data[column].dropna().astype(int):
            assert value in numbers(values, exhibit.lang), (column, value)


def test_the_second_level_has_every_name(exhibit):
    words, values = exhibit.words(), exhibit.description().values
    for row in exhibit.data.to_dict("records"):
        label = row.get(f"label_{words.lang}")
        if isinstance(label, str):
            assert label in values


def test_the_second_level_ends_with_extremes_and_totals(exhibit):
    span = exhibit.words()["alt_span"]
    assert exhibit.description().values.endswith(span)
    assert set(SPANS[exhibit.id]) <= set(numbers(span, exhibit.lang))
    assert placeholders(texts(exhibit.lang)["exhibits"][exhibit.id]["alt_span"])


def test_every_exhibit_has_its_extremes_counted_here():
    assert SPANS.keys() == DESIGNS.keys()


def test_the_third_level_is_what_to_notice(exhibit):
    description = exhibit.description()
    assert description.notice == exhibit.reading
    assert description.notice not in f"{description.kind} {description.values}"
    assert exhibit.alt == f"{description.kind} {description.values} {description.notice}"


def test_no_level_repeats_the_caption(exhibit):
    assert not sentences(exhibit.caption) & sentences(exhibit.alt)
    assert not sentences(exhibit.caveat) & sentences(exhibit.alt)


def test_codes_are_put_into_words(exhibit):
    """No name of a column or of a code stands in a description."""
    known = texts(exhibit.lang)["tables"]["codes"]
    codes = {code for group in known.values() for code in group if re.search(r"[_-]", code)}
    codes -= {"tuk-tuk"}  # a word too
    assert not {code for code in codes if code in exhibit.alt}
    assert "_" not in exhibit.alt
    if exhibit.lang == "id":
        for word in ("core", "associate", "contradicted", "support", "groups", "unverified"):
            assert not re.search(rf"\b{word}\b", exhibit.alt)


def test_other_data_have_other_extremes(tables):
    network = tables["ecpat_network"].copy()
    network.loc[network["region"] == "south-asia", "countries_n"] = 99
    changed = Exhibit("table-1-1", {**tables, "ecpat_network": network}, lang="en")
    assert "Most: South Asia, 99; " in changed.description().values


def test_all_that_share_an_extreme_are_named():
    frame = pd.DataFrame({"label_en": ["A", "B", "C"], "n": [3, 1, 3]})
    found = descriptions.extremes("n")(frame)
    assert (found["most_label_en"], found["most_n"]) == ("A, C", 3)
    assert (found["least_label_en"], found["least_n"]) == ("B", 1)


def test_a_missing_level_is_an_error(tables, monkeypatch):
    own = dict(texts("en")["exhibits"]["reach"])
    del own["alt_span"]
    monkeypatch.setitem(texts("en")["exhibits"], "reach", own)
    exhibit = Exhibit("reach", tables)
    with pytest.raises(KeyError, match="alt_span"):
        descriptions.describe(Words("reach", tables, "en"), exhibit.data, exhibit.design.plan)
