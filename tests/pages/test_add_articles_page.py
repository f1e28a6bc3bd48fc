"""The page that adds articles: read, look through, save, see it on the map."""

import json
from collections.abc import Callable
from datetime import date as Date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus import Corpus, CorpusIndex, CorrectionsFile, MentionFilter
from dashboard import resources
from dashboard.add import incoming
from tests.pages.conftest import ENTRY, words
from tests.small_corpus import HOSTILE, build, three_articles

Open = Callable[..., AppTest]
TEXT = b"Quiet night\n\nA convoy passed through the town of Kramatorsk, officials said. Kramatorsk was calm.\n"
KRAMATORSK = "Kramatorsk"


@pytest.fixture
def open_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page with the bundled sample open, which here is a small corpus of its own."""
    folder = build(tmp_path / "sample", three_articles())
    monkeypatch.setenv("DATELINE_CORPUS", str(folder))
    monkeypatch.setattr(resources, "SAMPLE_CORPUS", folder)
    monkeypatch.setattr("dashboard.add.report.SAMPLE_CORPUS", folder)
    app = AppTest.from_file(str(ENTRY), default_timeout=30).run()
    return app.switch_page("../pages/add_articles.py").run()


def drop(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Give files to the uploader that is there."""
    return app.file_uploader[0].set_value([(name, data, "application/octet-stream") for name, data in files]).run()


def table(app: AppTest):
    """The preview as drawn."""
    return next(frame.value for frame in app.dataframe if "wanted" in frame.value.columns)


def everything(app: AppTest) -> str:
    return "\n".join([words(app), *(element.value for element in app.success), *(str(f.value) for f in app.dataframe)])


def edit(app: AppTest, row: int, **cells: object) -> AppTest:
    """Change cells of the preview as a person does."""
    key = f"add_table_{app.session_state['add_desk'].round_}"
    app.session_state[key] = {"edited_rows": {row: cells}, "added_rows": [], "deleted_rows": []}
    return app.run()


def corpus_of(tmp_path: Path, name: str = "three") -> CorpusIndex:
    return CorpusIndex(Corpus(tmp_path / name))


def test_a_dropped_file_is_shown_before_anything_is_saved(open_app: Open, tmp_path: Path) -> None:
    app = drop(open_app(page="add_articles"), ("2023-02-03 report.txt", TEXT))
    row = table(app).iloc[0]
    assert not app.exception
    assert (row["title"], row["date"].date(), row["basis"]) == ("Quiet night", Date(2023, 2, 3), "from the file name")
    assert (row["language"], row["places"], row["alike"]) == ("en", KRAMATORSK, "")
    assert len(Corpus(tmp_path / "three").article_ids()) == 3


def test_a_saved_article_is_on_the_map(open_app: Open, tmp_path: Path) -> None:
    app = drop(open_app(page="add_articles"), ("report.txt", TEXT))
    app.button(key="add_save").click().run()
    assert "added: 1, of them undated: 1, from an unknown source: 1" in app.success[0].value
    with corpus_of(tmp_path) as index:
        assert KRAMATORSK in set(index.places(MentionFilter())["name"])
    app.switch_page("../pages/map.py").run()
    assert KRAMATORSK in set(app.dataframe[0].value["Place"])


def test_pasted_text_with_front_matter(open_app: Open) -> None:
    app = open_app(page="add_articles")
    app.text_area(key="add_text").set_value(f"---\nsource: North Desk\ndate: 2023-01-05\n---\n{TEXT.decode()}")
    app.button(key="add_text_go").click().run()
    row = table(app).iloc[0]
    assert (row["source"], row["date"].date(), row["item"]) == ("North Desk", Date(2023, 1, 5), "pasted text 1")


def test_edits_are_saved_with_what_was_there_before(open_app: Open, tmp_path: Path) -> None:
    app = drop(open_app(page="add_articles"), ("report.txt", TEXT), ("other.txt", TEXT.replace(b"calm", b"loud")))
    edit(app, 0, title="Mended", source="South Wire", date="2023-03-04")
    app.button(key="add_save").click().run()
    with corpus_of(tmp_path) as index:
        rows = index.article_rows(MentionFilter()).set_index("title")
        stored = index.article(rows.loc["Mended", "article_id"])
    assert len(rows) == 5
    assert (stored.article.source, stored.article.date) == ("South Wire", Date(2023, 3, 4))
    assert any("set by hand" in note and "2023-03-04" in note for note in stored.notes)
    assert stored.article.text == TEXT.decode()


def test_an_unticked_row_is_not_saved(open_app: Open, tmp_path: Path) -> None:
    app = drop(open_app(page="add_articles"), ("a.txt", TEXT), ("b.txt", b"Nothing here at all but words."))
    edit(app, 1, wanted=False)
    app.button(key="add_save").click().run()
    assert len(Corpus(tmp_path / "three").article_ids()) == 4


def test_edits_stay_when_more_is_given(open_app: Open) -> None:
    app = drop(open_app(page="add_articles"), ("a.txt", TEXT))
    edit(app, 0, source="South Wire")
    drop(app, ("b.txt", b"Another text about Izium and its bridges."))
    assert list(table(app)["source"]) == ["South Wire", ""]


def test_what_is_there_already_is_told_and_not_ticked(open_app: Open) -> None:
    app = drop(open_app(page="add_articles"), ("a.txt", TEXT))
    app.button(key="add_save").click().run()
    drop(app, ("again.txt", TEXT))
    row = table(app).iloc[0]
    assert (row["wanted"], row["alike"]) == (False, "already in the corpus")
    assert app.button(key="add_save").disabled


def test_another_copy_of_the_story_is_named(open_app: Open) -> None:
    body = " ".join(
        f"In village number {n} the shelling went on for {n} hours, officials of the region said." for n in range(30)
    )
    app = drop(open_app(page="add_articles"), ("a.txt", f"First\n\n{body}".encode()))
    app.button(key="add_save").click().run()
    drop(app, ("b.txt", f"Second\n\n{body} They added nothing.".encode()))
    assert table(app).iloc[0]["alike"] == "First"


def test_what_cannot_be_read_is_told_and_costs_nothing_else(open_app: Open) -> None:
    app = drop(open_app(page="add_articles"), ("x.png", b"\x89PNG\r\n\x1a\n\x00\x00"), ("e.txt", b""), ("a.txt", TEXT))
    failed = next(frame.value for frame in app.dataframe if "Reason" in frame.value.columns)
    assert list(failed["Read from"]) == ["x.png", "e.txt"]
    assert all(failed["Reason"].str.len() > 10)
    assert list(table(app)["title"]) == ["Quiet night"]


def test_the_sample_is_not_written_to_and_the_new_corpus_opens(open_sample: AppTest, tmp_path: Path) -> None:
    before = sorted(path.name for path in (tmp_path / "sample").rglob("*"))
    app = drop(open_sample, ("a.txt", TEXT))
    assert app.text_input(key="add_folder").value == "mycorpus"
    assert "sample is not written to" in everything(app)
    app.text_input(key="add_folder").set_value(str(tmp_path / "mine")).run()
    app.button(key="add_save").click().run()
    assert sorted(path.name for path in (tmp_path / "sample").rglob("*")) == before
    assert len(Corpus(tmp_path / "mine").article_ids()) == 1
    app.switch_page("../pages/map.py").run()
    assert set(app.dataframe[0].value["Place"]) == {KRAMATORSK}


@pytest.mark.parametrize(
    ("name", "said"), [("sample", "not written to"), ("sample/x", "not written to"), ("taken", "holds other things")]
)
def test_folders_that_cannot_be_a_corpus_are_refused(
    open_sample: AppTest, tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "letter.txt").write_text("x")
    app = drop(open_sample, ("a.txt", TEXT))
    app.text_input(key="add_folder").set_value(str(tmp_path / name)).run()
    app.button(key="add_save").click().run()
    assert said in app.error[0].value
    assert list(table(app)["title"]) == ["Quiet night"]
    assert sorted(path.name for path in (tmp_path / "taken").iterdir()) == ["letter.txt"]


def test_a_folder_that_cannot_be_written_keeps_the_preview(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    app = drop(open_app(page="add_articles"), ("a.txt", TEXT))
    monkeypatch.setattr("corpus.store.write_beside", full)
    app.button(key="add_save").click().run()
    assert "No space left on device" in app.error[0].value
    assert list(table(app)["title"]) == ["Quiet night"]
    monkeypatch.undo()
    monkeypatch.setenv("DATELINE_CORPUS", str(tmp_path / "three"))
    app.button(key="add_save").click().run()
    assert "added: 1" in app.success[0].value


def test_a_shared_deployment_writes_nothing_and_fetches_nothing(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_SHARED", "1")
    app = open_app(page="add_articles")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    drop(app, ("a.txt", TEXT))
    assert "nothing is written here" in everything(app)
    app.button(key="add_save").click().run()
    assert "added: 1" in app.success[0].value
    assert not [button for button in app.button if button.key == "add_links_go"]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_previews_belong_to_one_session(open_app: Open) -> None:
    drop(open_app(page="add_articles"), ("a.txt", TEXT))
    other = AppTest.from_file(str(ENTRY), default_timeout=30).run().switch_page("../pages/add_articles.py").run()
    assert "Quiet night" not in everything(other)
    assert "add_save" not in [button.key for button in other.button]


def test_discard_forgets_everything(open_app: Open) -> None:
    app = drop(open_app(page="add_articles"), ("a.txt", TEXT), ("e.txt", b""))
    app.button(key="add_discard").click().run()
    assert "Quiet night" not in everything(app)
    assert list(table(drop(app, ("a.txt", TEXT)))["title"]) == ["Quiet night"]


def test_links_are_fetched_on_the_click_only(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fetched(paths, **_):
        asked.extend(paths)
        yield from ()

    monkeypatch.setattr(incoming, "read_paths", fetched)
    app = open_app(page="add_articles")
    lines = "https://example.org/a\n/etc/passwd\nhttps://example.org/a"
    app.text_area(key="add_links").set_value(lines).run()
    assert asked == []
    app.text_area(key="add_links").set_value(lines)
    app.button(key="add_links_go").click().run()
    assert asked == ["https://example.org/a"]
    assert "/etc/passwd" in everything(app)
    assert "no web address" in everything(app)


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_names_titles_and_sources_are_only_shown(open_app: Open, payload: str) -> None:
    line = json.dumps({"title": payload, "source": payload, "text": f"{payload} was seen near Kramatorsk. Quiet."})
    app = drop(open_app(page="add_articles"), (f"{payload}.jsonl", line.encode()), (payload, b"\x00\x01\x02"))
    assert not app.exception
    app.button(key="add_save").click().run()
    assert not app.exception
    shown = "\n".join(element.proto.body for element in app.get("html"))
    assert payload not in shown
    assert "added: 1" in app.success[0].value


def test_the_page_in_ukrainian(open_app: Open) -> None:
    app = drop(open_app(page="add_articles", lang="uk"), ("a.txt", TEXT), ("e.txt", b""))
    assert not app.exception
    assert app.title[0].value == "Додати статті"
    assert app.button(key="add_save").label == "Зберегти: 1 стаття"


ODD = b"who;when;what was said\nNorth Desk;2023-01-26;A convoy passed through the town of Kramatorsk, officials said.\n"


def choose(app: AppTest, **columns: str) -> AppTest:
    for field, name in columns.items():
        next(box for box in app.selectbox if box.key.endswith(f"_{field}")).set_value(name)
    app.run()
    return next(button for button in app.button if button.key.startswith("add_columns_go")).click().run()


def test_columns_that_are_not_recognised_are_asked_for(open_app: Open) -> None:
    app = drop(open_app(page="add_articles"), ("odd.csv", ODD), ("a.txt", TEXT))
    assert "Which columns of odd" in everything(app)
    assert "North Desk" in everything(app)
    assert list(table(app)["title"]) == ["Quiet night"]
    app = choose(app, text="what was said", source="who", date="when")
    assert not app.exception
    assert set(zip(table(app)["source"], table(app)["places"], strict=True)) >= {("North Desk", KRAMATORSK)}
    assert "Which columns" not in everything(app)


def test_json_without_a_known_key_is_asked_for(open_app: Open) -> None:
    line = json.dumps({"headline": "Quiet", "words": "A convoy passed through the town of Kramatorsk, they said."})
    app = drop(open_app(page="add_articles"), ("odd.jsonl", line.encode()))
    app = choose(app, text="words")
    assert list(table(app)["title"]) == ["Quiet"]


def test_a_table_can_be_left_out(open_app: Open) -> None:
    app = drop(open_app(page="add_articles"), ("odd.csv", ODD))
    assert next(button for button in app.button if button.key.startswith("add_columns_go")).disabled
    next(button for button in app.button if button.key.startswith("add_columns_no")).click().run()
    assert not app.exception
    assert "Which columns" not in everything(app)


def test_a_place_taken_out_is_rejected_as_a_correction(open_app: Open, tmp_path: Path) -> None:
    app = drop(open_app(page="add_articles"), ("a.txt", TEXT))
    app.selectbox(key="add_look").set_value(0).run()
    assert "Kramatorsk</mark>" in everything(app)
    places = next(box for box in app.multiselect if box.key.startswith("add_places_"))
    places.set_value([]).run()
    assert list(table(app)["places"]) == ["none"]
    app.button(key="add_save").click().run()
    assert not app.exception
    (decision,) = CorrectionsFile(tmp_path / "three").read().decisions
    assert (decision.action, decision.scope, decision.target.name) == ("reject", "article", KRAMATORSK)
    app.switch_page("../pages/map.py").run()
    assert KRAMATORSK not in set(app.dataframe[0].value["Place"])


def test_an_unticked_story_is_split(open_app: Open, tmp_path: Path) -> None:
    text = (three_articles()[0].article.text * 6).encode()
    again = text + b" It was quiet afterwards."
    app = drop(open_app(page="add_articles"), ("a.txt", text), ("b.txt", again))
    assert "" not in list(table(app)["alike"])
    edit(app, 1, grouped=False)
    app.button(key="add_save").click().run()
    assert [one.action for one in CorrectionsFile(tmp_path / "three").read().decisions] == ["split"]


def test_a_language_set_by_hand_is_extracted_again(open_app: Open, tmp_path: Path) -> None:
    app = edit(drop(open_app(page="add_articles"), ("a.txt", TEXT)), 0, language="uk")
    app.button(key="add_save").click().run()
    assert not app.exception
    with corpus_of(tmp_path) as index:
        row = next(row for row in index.article_rows(MentionFilter()).itertuples() if row.title == "Quiet night")
        stored = index.article(row.article_id)
    assert stored is not None
    assert stored.article.language == "uk"
    assert stored.notes == ("language set by hand on adding: uk (read as: en)",)


def test_odd_dates_are_told_in_the_table(open_app: Open) -> None:
    ahead, broken = (f"---\ndate: {day}\n---\n{TEXT.decode()}{day}".encode() for day in ("2099-01-26", "32.13.2023"))
    rows = table(drop(open_app(page="add_articles"), ("ahead.md", ahead), ("broken.md", broken)))
    assert list(rows["basis"]) == [
        "in the future · from the article's own metadata",
        "undated · “32.13.2023” is no day of the calendar",
    ]


def test_the_report_counts_dates_in_the_future(open_app: Open) -> None:
    app = drop(open_app(page="add_articles"), ("ahead.md", b"---\ndate: 2099-01-26\n---\n" + TEXT))
    app.button(key="add_save").click().run()
    assert "dated in the future: 1" in app.success[0].value


def test_in_a_shared_deployment_places_taken_out_stay_in_the_session(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_SHARED", "1")
    app = drop(open_app(page="add_articles"), ("a.txt", TEXT))
    app.selectbox(key="add_look").set_value(0).run()
    next(box for box in app.multiselect if box.key.startswith("add_places_")).set_value([]).run()
    app.button(key="add_save").click().run()
    assert not app.exception
    assert not (tmp_path / "three" / "corrections.jsonl").exists()
    app.switch_page("../pages/map.py").run()
    assert KRAMATORSK not in set(app.dataframe[0].value["Place"])
