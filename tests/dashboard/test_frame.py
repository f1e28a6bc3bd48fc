"""The way to a page that a server just started does not know yet."""

from types import SimpleNamespace

import pytest
import streamlit as st

from dashboard import frame


@pytest.fixture
def switched(monkeypatch: pytest.MonkeyPatch) -> list:
    """Pages that were led on to."""
    seen: list = []
    monkeypatch.setattr(st, "switch_page", lambda page, query_params=None: seen.append(page))
    return seen


PAGES = {"map": SimpleNamespace(url_path=""), "add": SimpleNamespace(url_path="add_articles")}


def lead_on(monkeypatch: pytest.MonkeyPatch, wanted: str | None) -> None:
    monkeypatch.setattr(st, "session_state", {} if wanted is None else {frame._WANTED: wanted})
    frame.lead_on(PAGES)


def test_the_page_of_the_address_is_led_on_to(monkeypatch: pytest.MonkeyPatch, switched: list) -> None:
    lead_on(monkeypatch, "add_articles")
    assert switched == [PAGES["add"]]


@pytest.mark.parametrize("wanted", [None, "", "nowhere"])
def test_otherwise_the_visitor_stays(monkeypatch: pytest.MonkeyPatch, switched: list, wanted: str | None) -> None:
    lead_on(monkeypatch, wanted)
    assert switched == []
