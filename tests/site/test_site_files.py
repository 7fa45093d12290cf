"""The site as files: every link leads somewhere, every page is valid and says how to cite it."""

import json
import posixpath
import re
import shutil
import subprocess
from collections import defaultdict
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from click.testing import CliRunner

from ypp_analysis.cli.site import site as site_command
from ypp_analysis.exhibits import DESIGNS
from ypp_analysis.project import Project, project
from ypp_analysis.publish import site
from ypp_analysis.publish.library import Library
from ypp_analysis.publish.origins import Origins
from ypp_analysis.wording import LANGUAGES

VALIDATOR = project().root / "node_modules" / ".bin" / "html-validate"
validated = pytest.mark.skipif(
    not (VALIDATOR.exists() and shutil.which("node")),
    reason="no html-validate here: install Node.js, then `npm ci`",
)


class Read(HTMLParser):
    """Anchors, pointers and meta tags of a page."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.loaded, self.local, self.meta = [], [], [], [], {}
        self.handlers = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.handlers += [name for name in held if name.startswith("on") or name == "style"]
        if "id" in held:
            self.ids.append(held["id"])
        if tag == "a" and "href" in held:
            self.links.append(held["href"])
        self.loaded += [held[name] for name in ("src", "action") if name in held]
        if tag == "link":
            self.loaded.append(held["href"])
        if tag == "meta":
            self.meta.setdefault(held.get("name") or held.get("property"), held.get("content"))
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.local += held.get(name, "").split()


@pytest.fixture(scope="module")
def read(built):
    """Every page, read."""
    return {
        path: Read(content.decode()) for path, content in built.items() if path.endswith(".html")
    }


def target(path, link):
    """Path and anchor that a link of a page leads to."""
    address, anchor = urldefrag(link)
    file = unquote(urlsplit(address).path)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
    return joined, unquote(anchor)


def is_elsewhere(link):
    return urlsplit(link).scheme in ("http", "https")


def test_every_link_anchor_and_file_is_there(built, read):
    broken = []
    for path, page in read.items():
        for link in page.links + page.loaded:
            if is_elsewhere(link) or link.startswith("data:"):
                continue
            file, anchor = target(path, link)
            if file not in built or (anchor and anchor not in read[file].ids):
                broken.append((path, link))
        broken += [(path, id) for id in page.local if id not in page.ids]
    assert broken == []
    assert sum(len(page.links) for page in read.values()) > 1000


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs_within_a_page(built, read):
    for path, page in read.items():
        assert not [link for link in page.loaded if is_elsewhere(link)], path
        assert page.handlers == [], path
        scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", built[path].decode())
        assert all('type="application/json"' in tag for tag in scripts), path
        assert "<style" not in built[path].decode(), path


def test_both_languages_have_the_same_pages(read):
    here = {lang: {p[3:] for p in read if p.startswith(f"{lang}/")} for lang in LANGUAGES}
    assert here["en"] == here["id"]
    assert len(here["en"]) > len(DESIGNS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_is_two_clicks_from_its_calculation(tables, read, lang):
    start, ledger = f"{lang}/index.html", f"{lang}/claims.html"
    reached = defaultdict(set)
    near = {target(start, link) for link in read[start].links if not is_elsewhere(link)}
    for path in {file for file, _ in near if file in read} | {start}:
        for link in read[path].links:
            if not is_elsewhere(link):
                file, anchor = target(path, link)
                reached[file].add(anchor)
    assert set(tables["claims"]["claim"]) <= reached[ledger]
    # Every number of the text stands on that page, with a link to its claim or with the reason.
    numbers = read[ledger].links
    for claim, tokens in tables["study_numbers"].groupby("claim"):
        assert numbers.count(f"#{claim}") >= len(tokens), claim


@pytest.mark.parametrize("lang", LANGUAGES)
def test_exhibit_pages_tell_programs_what_they_are(material, built, read, lang):
    library = Library(Origins(*material[1:]), lang)
    for id in DESIGNS:
        path = f"{lang}/exhibits/{id}.html"
        meta, work = read[path].meta, library.works(id)[-1]
        title = re.search(r"<h1[^>]*>(.*?)</h1>", built[path].decode())[1]
        assert meta["og:title"] == unescape(title)
        assert meta["citation_title"] == work["title"]
        # Zotero: a comma behind the author keeps one field; a source would make it an article.
        assert meta["citation_author"] == f"{work['author'][0]['literal']},"
        assert meta["DC.creator"] == work["author"][0]["literal"]
        assert meta["DC.type"] == "artwork"
        assert "DC.source" not in meta
        assert meta["DC.date"] == str(work["issued"]["date-parts"][0][0])
        assert meta["DC.language"] == lang
        assert meta["DC.identifier"] == work["id"]
        for name in ("og:image", "citation_pdf_url"):
            assert target(path, meta[name])[0] in built
        assert meta["description"]


def test_every_page_has_a_preview(built, read):
    for path, page in read.items():
        if path != "index.html":
            assert target(path, page.meta["og:image"])[0] in built, path
            for name in ("og:title", "og:image:alt", "og:locale", "og:site_name", "twitter:card"):
                assert page.meta[name], (path, name)
            assert "og:url" not in page.meta, path


def test_addresses_are_whole_where_the_site_is_known_to_stand(material):
    there = "https://example.org/ypp/"
    made = site.build(*material, base_url="https://example.org/ypp")
    for path in ("en/claims.html", "id/exhibits/petition.html"):
        page = Read(made[path].decode())
        assert page.meta["og:url"] == there + path
        assert f'<link rel=canonical href="{there}{path}">' in made[path].decode()
        assert page.meta["og:image"].startswith(f"{there}figures/")
        assert page.meta["og:image"].removeprefix(there) in made
    assert page.meta["citation_pdf_url"] == f"{there}figures/id/petition.pdf"


def test_a_base_that_is_no_whole_address_is_refused():
    refused = CliRunner().invoke(site_command, ["--base-url", "example.org/ypp"])
    assert isinstance(refused.exception, ValueError)
    assert "received 'example.org/ypp'" in str(refused.exception)


def test_references_stand_beside_each_exhibit_as_text_in_every_style(material, built):
    for lang in LANGUAGES:
        for id in DESIGNS:
            works = Library(Origins(*material[1:]), lang).works(id)
            parts = built[f"{lang}/exhibits/{id}.txt"].decode().strip().split("\n\n")
            assert len(parts) == 4 * (1 + len(works))  # four styles, each with its name
            assert "YPP Analysis contributors" in parts[1]  # the exhibit itself comes first


def test_what_lies_about_does_not_enter_the_site(tmp_path, material):
    files, tables, sources = material
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    for name in (
        "notebooks/Untitled.ipynb",
        "notebooks/.ipynb_checkpoints/01_network-checkpoint.ipynb",
        "data/raw/.~lock.petition.csv#",
        "data/processed/petition (copy).csv",
        "figures/en/scratch.svg",
        "docs/.draft.md",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert site.collect(Project(tmp_path)).keys() == files.keys()
    assert site.build(files, tables, sources).keys()


def test_a_notebook_without_a_question_is_named(material):
    files, tables, sources = material
    name = "notebooks/01_network.ipynb"
    changed = json.loads(files[name])
    changed["cells"][0]["source"] = "Some text"
    with pytest.raises(ValueError, match=r"notebooks/01_network\.ipynb opens with 'Some text'"):
        site.build({**files, name: json.dumps(changed).encode()}, tables, sources)


def test_a_source_whose_author_has_one_name_is_listed(material):
    files, tables, sources = material
    named = {**sources, "rudy-2009": {**sources["rudy-2009"], "author": [{"given": "Rudy"}]}}
    assert b"Rudy, 2009" in site.build(files, tables, named)["id/sources.html"]


def validate(path):
    call = [VALIDATOR, "--config", project().root / ".htmlvalidate.json", "--formatter", "json"]
    return subprocess.run([*call, path], capture_output=True, text=True, check=False)


@validated
def test_every_page_is_valid_html(folder):
    checked = validate(folder)
    faults = [
        (result["filePath"].partition("the site")[2], said["line"], said["ruleId"], said["message"])
        for result in json.loads(checked.stdout)
        for said in result["messages"]
    ]
    assert faults == []
    assert checked.returncode == 0, checked.stderr


@validated
def test_the_validator_would_find_a_fault(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=en><title>x</title><p id=a><div id=a></div></p>")
    checked = validate(page)
    assert checked.returncode == 1
    assert "no-dup-id" in checked.stdout


MARKUP = "<b onclick=x>&amp;</b></script><script>alert(1)</script>"


@pytest.fixture(scope="module")
def planted(material):
    """The site from tables in which texts hold markup."""
    files, tables, sources = material
    changed = {name: frame.copy() for name, frame in tables.items()}
    changed["claims"].loc[0, ["statement_en", "statement_id"]] = MARKUP
    changed["ypp_countries"].loc[0, "name_printed"] = MARKUP
    changed["petition"].loc[0, ["label_en", "label_id"]] = MARKUP
    return site.build(files, changed, sources)


def test_html_in_a_cell_is_shown_as_text(planted, read):
    """Not a tag more than before, and the text itself stands on the pages."""
    held = 0
    for path, page in read.items():
        text = planted[path].decode()
        assert "<b onclick" not in text
        assert "<script>alert" not in text
        assert len(Read(text).loaded) == len(page.loaded), path
        held += "&lt;b onclick=x&gt;&amp;amp;&lt;/b&gt;" in text
    assert held > 3
