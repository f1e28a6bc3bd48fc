from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import words

Open = Callable[..., AppTest]


@pytest.mark.parametrize("link", [{"event": "capture"}, {"event": "взяття під контроль"}])
def test_a_link_in_any_language_sets_the_filter(open_app: Open, link: dict[str, str]) -> None:
    app = open_app(**link)
    assert not app.exception
    assert app.multiselect(key="event").value == ["capture"]


def test_a_corpus_without_such_an_event_says_what_was_asked(open_app: Open) -> None:
    page = words(open_app(event="capture", event_side="russia", event_said="denied"))
    assert "Places of events: capture" in page
    assert "How it is said: denied" in page


def test_clearing_the_filters_clears_it(open_app: Open) -> None:
    app = open_app(event="capture")
    app.button(key="clear_filters").click().run()
    assert app.multiselect(key="event").value == []
    assert len(app.dataframe[0].value) == 3


@pytest.mark.parametrize("page", ["timeline", "battles", "articles"])
def test_every_page_opens_under_it(open_app: Open, page: str) -> None:
    app = open_app(page=page, event="capture", event_said="claimed")
    assert not app.exception
    assert not app.error
