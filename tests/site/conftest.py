"""One built site and one browser for all tests of a worker."""

import re
import unicodedata
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple

import pytest

from ypp_analysis.datasets import sources
from ypp_analysis.project import project
from ypp_analysis.publish import files, site

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def material(tables):
    """What the site is built from."""
    return site.collect(project()), tables, sources()


@pytest.fixture(scope="session")
def built(material):
    """Every file of the site by its path."""
    return site.build(*material)


@pytest.fixture(scope="session")
def pages(built):
    """Paths of all pages but the entrance, which leads on by itself."""
    return [path for path in built if path.endswith(".html") and path != "index.html"]


@pytest.fixture(scope="session")
def folder(built, tmp_path_factory):
    """The site as files; the blank in the name must not matter."""
    folder = tmp_path_factory.mktemp("the site")
    for path, content in built.items():
        files.write(folder / path, content)
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def handle(self):
        with suppress(ConnectionError):  # a page was left before all of it had come
            super().handle()


@pytest.fixture(scope="session")
def server(folder):
    """Address of the site on a server of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Watched(NamedTuple):
    """A tab with everything it complained of, and every address it asked for."""

    page: object
    complaints: list
    asked: list


@pytest.fixture(scope="session")
def tab(chromium):
    """Open a tab; options are those of a browser context. Any complaint fails the test."""

    @contextmanager
    def opened(**options):
        context = chromium.new_context(**{"viewport": DESKTOP, "locale": "en", **options})
        page = context.new_page()
        page.set_default_timeout(10_000)
        watched = Watched(page, [], [])
        context.on("request", lambda request: watched.asked.append(request.url))
        page.on("pageerror", lambda error: watched.complaints.append(f"{page.url}: {error}"))
        page.on(
            "requestfailed",
            lambda request: (
                request.failure != "net::ERR_ABORTED"  # left for another page before it was there
                and watched.complaints.append(f"{request.failure}: {request.url}")
            ),
        )
        page.on(
            "console",
            lambda said: (
                said.type in ("error", "warning")
                and watched.complaints.append(f"{page.url}: {said.text}")
            ),
        )
        yield watched
        context.close()
        assert watched.complaints == []

    return opened


@pytest.fixture(scope="session", params=["file", "http"])
def base(request, folder, server):
    """Where the pages are read from: a folder, then a server."""
    return f"{folder.as_uri()}/" if request.param == "file" else server


@pytest.fixture
def squeeze():
    """Text without blanks and ligatures, as printing may break lines and join letters anywhere."""
    return lambda text: re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
