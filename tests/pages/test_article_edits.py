"""Edits of stored articles on the Articles page: source, date and story, each of them a correction with its undo."""

import re
from collections.abc import Callable
from datetime import date as Date
from pathlib import Path

from streamlit.testing.v1 import AppTest

from corpus import Corpus, CorpusIndex, CorrectionsFile, StoredArticle
from tests.pages.conftest import words
from tests.small_corpus import three_articles

Open = Callable[..., AppTest]
FIRST, SECOND, THIRD = (extraction.article.article_id for extraction in three_articles())


def stored(tmp_path: Path, article_id: str) -> StoredArticle:
    folder = tmp_path / "three"
    with CorpusIndex(Corpus(folder), corrections=CorrectionsFile(folder)) as index:
        found = index.article(article_id)
    assert found is not None
    return found


def decisions(tmp_path: Path):
    return CorrectionsFile(tmp_path / "three").read().decisions


def field(app: AppTest, label: str, kind: str = "text_input"):
    return next(element for element in getattr(app, kind) if element.label == label)


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_source_and_date_are_corrected_with_who_and_why(open_app: Open, tmp_path: Path) -> None:
    app = open_app(page="articles", article=THIRD)
    field(app, "Source").set_value("River Gazette")
    field(app, "Date", "date_input").set_value(Date(2023, 1, 26))
    field(app, "Your name").set_value("Olena")
    field(app, "Note").set_value("seen on the page")
    press(app, "Save as a correction")
    assert not app.exception
    article = stored(tmp_path, THIRD).article
    assert (article.source, article.date, article.date_basis) == ("River Gazette", Date(2023, 1, 26), "corrected")
    assert {(one.action, one.who, one.why) for one in decisions(tmp_path)} == {
        ("source", "Olena", "seen on the page"),
        ("date", "Olena", "seen on the page"),
    }
    assert "River Gazette" in words(app)
    assert "stated by hand" in words(app)


def test_only_what_changed_is_decided(open_app: Open, tmp_path: Path) -> None:
    app = press(open_app(page="articles", article=SECOND), "Save as a correction")
    assert "Neither source nor date was changed." in words(app)
    assert decisions(tmp_path) == ()


def test_an_edit_can_be_undone_in_place(open_app: Open, tmp_path: Path) -> None:
    app = open_app(page="articles", article=SECOND)
    before = stored(tmp_path, SECOND).article.source
    field(app, "Source").set_value("Another Wire")
    press(app, "Save as a correction")
    assert stored(tmp_path, SECOND).article.source == "Another Wire"
    press(app, "Undo")
    assert stored(tmp_path, SECOND).article.source == before


def test_stories_are_joined_and_parted_by_hand(open_app: Open, tmp_path: Path) -> None:
    app = open_app(page="articles", article=FIRST)
    field(app, "Same story as", "selectbox").set_value(SECOND).run()
    app.button(key="edit_merge_go").click().run()
    assert not app.exception
    assert "Grouped with 1 copy" in words(app)
    app.button(key="edit_split").click().run()
    assert "stands alone" in words(app)
    assert [one.action for one in decisions(tmp_path)] == ["merge", "split"]


def test_several_articles_get_one_source(open_app: Open, tmp_path: Path) -> None:
    app = open_app(page="articles")
    app.toggle(key="edit_several").set_value(True).run()
    assert "Tick the articles" in words(app)
    app.session_state["edit_several_rows"] = {"selection": {"rows": [0, 2]}}
    app.run()
    field(app, "Source").set_value("River Gazette")
    press(app, "Save as a correction")
    assert not app.exception
    sources = {one: stored(tmp_path, one).article.source for one in (FIRST, SECOND, THIRD)}
    assert sorted(source == "River Gazette" for source in sources.values()) == [False, True, True]


def test_hostile_words_are_only_shown(open_app: Open) -> None:
    app = open_app(page="articles", article=SECOND)
    field(app, "Source").set_value("<img src=x onerror=alert(1)> [a](javascript:alert(1))")
    field(app, "Note").set_value("**bold** <script>")
    press(app, "Save as a correction")
    assert not app.exception
    # Markdown shows an escaped bracket and makes no element of it
    assert re.search(r"(?<!\\)<(?:img|script)", words(app)) is None
