"""The table of texts and its uses: every label in both languages, none missing, none left over."""

import ast
import re
from collections.abc import Iterator
from datetime import date as Date
from pathlib import Path
from string import Formatter

import pytest

from corpus import COUNT_BY
from corpus.corrections.decisions import ACTIONS, SCOPES
from corpus.index import UNITS
from corpus.review import QUEUES
from dashboard import event_filter, export_panel, texts
from dashboard.battles.map import STATUSES as STATUSES_OF_CONTROL
from dashboard.context import slug
from dashboard.presets import ALL, DAYS
from dashboard.reader import _LEGEND
from dashboard.sources.spelling import CHOSEN_SYSTEMS
from dashboard.sources.state import ABOUT, WITH
from dashboard.texts import t, table
from dashboard.timeline.tables import SIGNS
from dashboard.words import count_of, dated, format_date, fraction, kind_name, listed, number
from extract.dates.stated import NO_DATE_REASONS
from extract.types import DATE_BASES, EVENT_KINDS, EVENT_MODALITIES, EVENT_SIDES, ROLES, STATUSES
from geodata import history, open_control
from geodata.battles import ATTACKERS, OUTCOMES
from geodata.name_systems import SYSTEMS
from geodata.names import NameKind
from geodata.places import KINDS

ROOT = Path(__file__).parents[2]
SOURCES = [ROOT / "app.py", *sorted((ROOT / "dashboard").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py"))]
COUNTED = (
    "places",
    "mentions",
    "articles",
    "sources",
    "copies",
    "days",
    "names",
    "decisions",
    "conflicts",
    "corrections",
)
# Keys that are put together at run time: what comes after the written beginning.
FAMILIES = {
    "page.": ("map", "places", "articles", "timeline", "review", "sources", "add", "battles", "method"),
    "kind.": KINDS,
    "status.": STATUSES,
    "status_help.": STATUSES,
    "role.": ROLES,
    "measure.": COUNT_BY,
    "count.": (*COUNTED, *COUNT_BY),
    "basis.": DATE_BASES,
    "date.no_": NO_DATE_REASONS,
    "language.": ("en", "uk", "ru"),
    "name.": ("en", "uk", "ru"),
    "mark.": _LEGEND,
    "legend.grows_": COUNT_BY,
    "nothing.": ("place", "article"),
    "control.": (*STATUSES_OF_CONTROL, "by_confirmed", "by_claimed"),
    "control.by_": ("confirmed", "claimed"),
    "event.": EVENT_KINDS,
    "events.": event_filter.CHOICES,
    "timeline.": ("previous", "play", "pause", "next", "all"),
    "timeline.sign_": SIGNS,
    "timeline.unit_": ("auto", "day", "week", "month"),
    "claimline.": SIGNS,
    "export.": [f"{kind}{ending}" for kind in export_panel.KINDS for ending in ("", "_help")],
    "side.": EVENT_SIDES,
    "column.": COUNT_BY,
    "unit.": UNITS,
    "system.": SYSTEMS,
    "spelling.": CHOSEN_SYSTEMS,
    "sources.": (ABOUT, WITH, f"{ABOUT}_hint", f"{WITH}_hint"),
    "sources.tab_": ("places", "spelling", "claims", "stories"),
    "preset.": (*DAYS, ALL),
    "link.": ("copy", "copied", "copied_local", "by_hand", "address"),
    "modality.": EVENT_MODALITIES,
    "attacker.": ATTACKERS,
    "outcome.": OUTCOMES,
    "review.queue_": QUEUES,
    "review.about_": QUEUES,
    "review.named_": [kind.name.lower() for kind in NameKind],
    "review.answer_": ("reject", "new_place", *(f"role_{role}" for role in ROLES)),
    "review.scope_": SCOPES,
    "review.extent_": SCOPES,
    "review.said_": [action for action in ACTIONS if action != "undo"],
    "review.held_": ("sample", "shared", "read_only"),
    "assessor.": sorted({slug(row.assessor) for place in open_control().places for row in history(place)}),
}
WIDGETS = set(
    "button caption checkbox date_input download_button error expander file_uploader header info multiselect page_link"
    " pills radio segmented_control selectbox slider spinner subheader success tabs text text_area text_input title"
    " toggle warning write".split()
)
WORDS = {"label", "help", "placeholder", "title"}
LETTERS = re.compile(r"[A-Za-z]{2}")


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in SOURCES:
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def written_keys() -> tuple[set[str], set[str]]:
    """Keys that stand in the code as they are, and the beginnings of those put together there."""
    prefixes = {key.split(".")[0] for key in table()}
    whole, begun = set(), set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in ("t", "noun") and isinstance(node.args[0], ast.Constant):
                whole.add(node.args[0].value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                start = re.fullmatch(r"([a-z_]+)\.[a-z_]*", node.values[0].value)
                begun |= {start[0]} if start and start[1] in prefixes else set()
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                looks = re.fullmatch(r"([a-z_]+)\.([a-z_]*[a-z])", node.value)
                if looks and looks[1] in prefixes and looks[2] not in ("py", "csv", "html", "css", "js", "jsonl"):
                    whole.add(node.value)
    return whole, begun


def test_every_key_in_the_code_is_in_the_table() -> None:
    whole, begun = written_keys()
    assert begun <= set(FAMILIES)
    made = {f"{start}{value}" for start in begun for value in FAMILIES[start]}
    assert (whole | made) - set(table()) == set()


def test_every_text_of_the_table_is_used() -> None:
    whole, begun = written_keys()
    made = {f"{start}{value}" for start in begun for value in FAMILIES[start]}
    assert set(table()) - whole - made == set()


@pytest.mark.parametrize("key", sorted(table()))
def test_both_languages_fill_in_the_same_and_carry_the_same_marks(key: str) -> None:
    english, ukrainian = table()[key].values()
    assert fields(english) == fields(ukrainian)
    for mark in ("**", "`", "<code>", "</code>"):
        assert english.count(mark) == ukrainian.count(mark)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_counted_nouns_have_two_forms_in_english_and_three_in_ukrainian() -> None:
    for key, row in table().items():
        if key.startswith("count."):
            assert [len(text.split(" | ")) for text in row.values()] == [2, 3]


def test_no_label_is_written_in_the_code() -> None:
    offenders = []
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WIDGETS:
                shown = [*node.args[:1], *(keyword.value for keyword in node.keywords if keyword.arg in WORDS)]
                offenders += [f"{path.name}:{part.lineno}" for part in shown if words_in(part)]
    assert offenders == []


def test_no_english_stands_between_tags() -> None:
    offenders = []
    for path, tree in trees():
        for node in filter(markup, ast.walk(tree)):
            between = set(re.findall(r">([^<>]*)<", node.value)) - {"Dateline"}
            offenders += [f"{path.name}:{node.lineno} {text}" for text in between if LETTERS.search(text)]
    assert offenders == []


def markup(node: ast.AST) -> bool:
    text = node.value if isinstance(node, ast.Constant) else None
    return isinstance(text, str) and re.search(r"</?[a-z]", text) is not None


def words_in(part: ast.expr) -> bool:
    pieces = part.values if isinstance(part, ast.JoinedStr) else [part]
    return any(isinstance(p, ast.Constant) and isinstance(p.value, str) and LETTERS.search(p.value) for p in pieces)


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        t("no.such_key")


@pytest.mark.usefixtures("in_ukrainian")
@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "згадок"), (1, "згадка"), (2, "згадки"), (4, "згадки"), (5, "згадок"), (11, "згадок"), (12, "згадок")]
    + [(14, "згадок"), (21, "згадка"), (22, "згадки"), (25, "згадок"), (101, "згадка"), (111, "згадок")],
)
def test_ukrainian_nouns_follow_their_number(value: int, words: str) -> None:
    assert count_of(value, "mentions") == f"{value} {words}"


@pytest.mark.usefixtures("in_ukrainian")
def test_numbers_dates_and_lists_in_ukrainian() -> None:
    assert number(1_234_567) == "1\u00a0234\u00a0567"
    assert fraction(0.85) == "0,85"
    assert format_date(Date(2023, 1, 26)) == "26 січня 2023"
    assert dated(Date(2023, 3, 2), "file") == "2 березня 2023 (з назви файлу)"
    assert format_date(None) == "без дати"
    assert listed(["а", "б", "в"]) == "а, б та в"
    assert kind_name("village") == "село"


def test_numbers_dates_and_lists_in_english() -> None:
    assert number(1_234_567) == "1,234,567"
    assert fraction(0.85) == "0.85"
    assert format_date(Date(2023, 1, 26)) == "26 Jan 2023"
    assert count_of(1, "mentions") == "1 mention"
    assert count_of(2_345, "mentions") == "2,345 mentions"


@pytest.mark.parametrize(
    "content",
    ["key,en\na.b,x\n", "key,en,uk\na.b,x,\n", "key,en,uk\na.b,x,у\na.b,x,у\n"],
    ids=["columns", "gap", "twice"],
)
def test_a_faulty_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    (tmp_path / "texts.csv").write_text(content, encoding="utf-8")
    monkeypatch.setattr(texts, "TABLE", tmp_path / "texts.csv")
    with pytest.raises(ValueError, match=r"texts\.csv"):
        table.__wrapped__()


def test_the_method_says_the_same_in_both_languages() -> None:
    files = [ROOT / "dashboard" / f"method_{code}.html" for code in texts.LANGUAGES]
    english, ukrainian = (
        re.findall(r"<(h2|p|ul|li)>|(\[[a-z]+\])|(https?://[^\"]+)", file.read_text(encoding="utf-8")) for file in files
    )
    assert english == ukrainian
