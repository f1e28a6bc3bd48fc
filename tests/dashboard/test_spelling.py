import pandas as pd

from dashboard.sources.spelling import choices, forms_words, merged_forms, with_systems


def forms(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["place_id", "form", "mentions"])


def test_capitals_make_no_other_form() -> None:
    assert merged_forms([("Kyiv", 5), ("KYIV", 2), ("Kiev", 6)]) == [("Kyiv", 7), ("Kiev", 6)]


def test_the_most_frequent_forms_are_named_and_the_rest_counted() -> None:
    assert (
        forms_words((form, 9 - i) for i, form in enumerate(["Aa", "Bb", "Cc", "Dd", "Ee"])) == "Aa, Bb, Cc and 2 more"
    )


def test_choices_are_counted_by_the_name_they_come_from() -> None:
    found = with_systems(
        forms(
            ("kyiv-kyiv", "Kyiv", 3),
            ("kyiv-kyiv", "Kiev", 1),
            ("bakhmut-donetsk", "Bakhmut", 9),
            ("bakhmut-donetsk", "Artyomovsk", 2),
            ("soledar-donetsk", "Soledar", 4),
            ("nowhere", "Nowhere", 4),
        )
    )
    rows = {row.place_id: (row.ukrainian, row.russian, row.former) for row in choices(found).itertuples()}
    assert rows == {"kyiv-kyiv": (3, 1, 0), "bakhmut-donetsk": (0, 0, 2)}


def test_no_choice_is_an_empty_answer() -> None:
    assert choices(with_systems(forms(("soledar-donetsk", "Soledar", 4)))).empty
    assert choices(with_systems(forms())).empty
