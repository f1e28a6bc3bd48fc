from collections.abc import Callable
from dataclasses import replace
from datetime import date as Date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import ENTRY, words
from tests.small_corpus import build, three_articles

Open = Callable[..., AppTest]
FAR = (Date(9999, 12, 31), Date(2023, 3, 2), Date(1, 1, 1))


def figures(app: AppTest) -> dict[str, int]:
    """Period → stories, of the table under the charts."""
    table = next(frame.value for frame in app.dataframe if "Period" in frame.value)
    return dict(zip(table["Period"], table["Stories"], strict=True))


def articles(app: AppTest) -> list[str]:
    """Titles of the articles of the days shown."""
    return next((frame.value["Title"].tolist() for frame in app.dataframe if "Title" in frame.value), [])


@pytest.mark.parametrize("corpus", ["three", "undated", "empty", "hostile"])
def test_the_page_opens_on_every_corpus(open_app: Open, corpus: str) -> None:
    app = open_app(corpus, "timeline")
    assert not app.exception
    assert not app.error


def test_days_are_counted_and_what_has_no_day_is_said(open_app: Open) -> None:
    app = open_app(page="timeline")
    assert figures(app) == {"20 Jan 2023": 1, "2 Mar 2023": 1}
    assert "the date is not known: 1 story (1 article)" in words(app)


def test_a_corpus_without_dates_says_so(open_app: Open) -> None:
    page = words(open_app("undated", "timeline"))
    assert "nothing to put on a time axis" in page
    assert "1 story (1 article)" in page


def test_the_unit_of_the_link_is_taken(open_app: Open) -> None:
    assert figures(open_app(page="timeline", unit="month")) == {"January 2023": 1, "March 2023": 1}


def test_a_made_up_link_is_ignored(open_app: Open) -> None:
    app = open_app(page="timeline", unit="century", at="<script>", on=["${x}", "no-such-place"], upto="perhaps")
    assert not app.exception


def test_a_step_shows_its_days_only(open_app: Open) -> None:
    app = open_app(page="timeline", unit="month", at="2023-03-01")
    assert "1 Mar 2023 to 31 Mar 2023" in words(app)
    assert articles(app) == ["Contested"]


def test_from_the_beginning_shows_everything_up_to_the_step(open_app: Open) -> None:
    app = open_app(page="timeline", unit="month", at="2023-03-01", upto="yes")
    assert articles(app) == ["Contested", "Shelling in the east"]


def test_buttons_step_through_time_and_the_link_follows(open_app: Open) -> None:
    app = open_app(page="timeline", unit="month")
    app.button(key="timeline_next").click().run()
    assert app.query_params["at"] in ("2023-01-01", ["2023-01-01"])
    assert articles(app) == ["Shelling in the east"]
    app.button(key="timeline_next").click().run()
    assert "No dated article names a place in these days" in words(app)
    app.button(key="timeline_all").click().run()
    assert "at" not in app.query_params
    assert len(articles(app)) == 2


def test_the_days_of_a_step_become_the_filter(open_app: Open) -> None:
    app = open_app(page="timeline", unit="month", at="2023-03-01")
    app.button(key="timeline_filter").click().run()
    assert not app.exception
    assert (app.date_input(key="from").value, app.date_input(key="to").value) == (Date(2023, 3, 1), Date(2023, 3, 31))


def test_chosen_places_are_counted_alone(open_app: Open) -> None:
    assert figures(open_app(page="timeline", on="soledar-donetsk")) == {"20 Jan 2023": 1}


def test_an_oblast_stands_for_its_places(open_app: Open) -> None:
    assert len(figures(open_app(page="timeline", on="UA-14"))) == 2


def test_changes_of_control_and_battles_are_listed(open_app: Open) -> None:
    app = open_app(page="timeline", on="soledar-donetsk", unit="month", from_="2023-01-01", to="2023-02-28")
    table = next(frame.value for frame in app.dataframe if "According to" in frame.value)
    assert "Russia, claimed only" in table["Change"].tolist()
    assert "Ukrainian military" in " ".join(table["According to"])
    assert "Battle of Soledar" in table["What"].tolist()


def test_the_step_is_kept_over_a_change_of_page(open_app: Open) -> None:
    app = open_app(page="timeline", unit="month", at="2023-03-01")
    app.switch_page("../pages/articles.py").run()
    app.switch_page("../pages/timeline.py").run()
    assert app.query_params["at"] in ("2023-03-01", ["2023-03-01"])
    assert articles(app) == ["Contested"]


def test_a_mistaken_year_does_not_stretch_the_axis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [replace(item.article, date=day) for item, day in zip(three_articles(), FAR, strict=True)]
    folder = build(tmp_path / "far", [replace(i, article=a) for i, a in zip(three_articles(), made, strict=True)])
    monkeypatch.setenv("DATELINE_CORPUS", str(folder))
    app = AppTest.from_file(str(ENTRY), default_timeout=30).run()
    app.switch_page("../pages/timeline.py").run()
    assert not app.exception
    assert figures(app) == {"2 Mar 2023": 1}
    assert "the year is not from 1990 to 2099: 2 articles" in words(app)
