"""The embedded gazetteer, opened once, and short ways to ask the extractor."""

import pytest

from extract.pipeline import find_mentions
from extract.tokens import Tokens
from geodata import open_gazetteer
from tests.extract.hostile_site import Site, opened


@pytest.fixture(scope="session")
def gazetteer():
    return open_gazetteer()


@pytest.fixture(scope="session")
def mentions_in(gazetteer):
    """Text -> its mentions."""

    def find(text):
        return find_mentions(Tokens(text), gazetteer)

    return find


@pytest.fixture(scope="session")
def places_in(mentions_in):
    """Text -> (words as written, gazetteer name) of everything put on the map, in order."""

    def find(text):
        return [(m.text, m.name) for m in mentions_in(text) if m.status in ("placed", "ambiguous")]

    return find


@pytest.fixture
def site():
    """A hostile web server on loopback."""
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def fetcher():
    """A fetcher that may reach that server."""
    return opened()
