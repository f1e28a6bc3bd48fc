"""Six typical questions of the dashboard and a search, asked of an index and, the same, of pandas."""

from collections.abc import Callable
from datetime import date

import pandas as pd

from corpus import CorpusIndex, MentionFilter
from corpus.clauses import Statement

FIRST, LAST = date(2023, 1, 1), date(2023, 3, 31)
_MENTIONS = """
SELECT a, place_id, region, places.name, status, role, story, source, date
FROM mentions LEFT JOIN places USING (p) JOIN articles USING (a) JOIN copies USING (a)
"""
_ARTICLES = "SELECT a, article_id, title, text, source, date, story FROM articles JOIN copies USING (a)"
_SPANS = "SELECT a, place_id, start_at, status, role FROM mentions JOIN places USING (p)"


class Frames:
    """An index's tables as pandas has them: a row a mention with its place and article, a row an article."""

    def __init__(self, index: CorpusIndex):
        self.mentions, self.articles, self.spans = (
            index.ask(Statement(text, {})).df() for text in (_MENTIONS, _ARTICLES, _SPANS)
        )
        for name in ("place_id", "region", "name", "status", "role", "source"):
            self.mentions[name] = self.mentions[name].astype("category")
        for name in ("place_id", "status", "role"):
            self.spans[name] = self.spans[name].astype("category")

    @staticmethod
    def _counting(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[(frame["status"] == "placed") & (frame["role"] == "location")]

    @staticmethod
    def _dated(frame: pd.DataFrame, first: date, last: date | None = None) -> pd.DataFrame:
        days = frame["date"]
        inside = days >= pd.Timestamp(first)
        if last:
            inside &= days <= pd.Timestamp(last)
        return frame[inside | days.isna()]

    def _places(self, frame: pd.DataFrame) -> pd.DataFrame:
        known = frame.assign(source=frame["source"].where(frame["source"] != ""))
        grouped = known.groupby("place_id", observed=True)
        found = grouped.agg(
            mentions=("a", "size"),
            articles=("a", "nunique"),
            stories=("story", "nunique"),
            sources=("source", "nunique"),
            first_date=("date", "min"),
            last_date=("date", "max"),
        )
        return found.reset_index().sort_values("stories", ascending=False)

    def places(self) -> pd.DataFrame:
        """All places with their figures."""
        return self._places(self._counting(self.mentions))

    def places_of_source(self, source: str) -> pd.DataFrame:
        """Places in the articles of one source and three months."""
        chosen = self.mentions[self.mentions["source"] == source]
        return self._places(self._dated(self._counting(chosen), FIRST, LAST))

    def counts(self) -> tuple[int, int, int, int]:
        """Stories, articles, places and mentions since a day, and each status."""
        since = self._dated(self.mentions, FIRST)
        counting = self._counting(since)
        since["status"].value_counts()
        columns = (counting["story"], counting["a"], counting["place_id"])
        return (*(column.nunique() for column in columns), len(counting))

    def timeline(self, region: str) -> pd.DataFrame:
        """Weeks of a region."""
        chosen = self._counting(self.mentions[self.mentions["region"] == region]).dropna(subset="date")
        weeks = chosen.assign(day=chosen["date"] - pd.to_timedelta(chosen["date"].dt.day_of_week, unit="D"))
        found = weeks.groupby("day").agg(
            stories=("story", "nunique"), articles=("a", "nunique"), mentions=("a", "size")
        )
        return found.reset_index()

    def evidence(self, place_id: str) -> pd.DataFrame:
        """The newest twenty mentions of a place."""
        chosen = self._counting(self.spans[self.spans["place_id"] == place_id])
        found = chosen.merge(self.articles, on="a")
        order = {"by": ["date", "article_id", "start_at"], "ascending": [False, True, True], "na_position": "last"}
        return found.sort_values(**order).head(20)

    def articles_naming(self, place_id: str) -> pd.DataFrame:
        """The newest 200 articles with the mentions of a place in each."""
        chosen = self._counting(self.mentions[self.mentions["place_id"] == place_id])
        naming = chosen.groupby("a").size().rename("mentions")
        found = self.articles.drop(columns="text").merge(naming, on="a", how="left").fillna({"mentions": 0})
        order = {"by": ["date", "title", "article_id"], "ascending": [False, True, True], "na_position": "last"}
        return found.sort_values(**order).head(200)

    def places_with_word(self, word: str) -> pd.DataFrame:
        """Places in articles that contain a word."""
        texts = self.articles["text"].str.contains(word, case=False, regex=False)
        titles = self.articles["title"].str.contains(word, case=False, regex=False)
        naming = self.articles.loc[texts | titles, "a"]
        return self._places(self._counting(self.mentions[self.mentions["a"].isin(naming)]))


def _subjects(index: CorpusIndex) -> tuple[str, str, str]:
    """A source, a place and a region that are much written about."""
    source = next(name for name, _ in index.facets().sources if name)
    found = index.places(MentionFilter())
    return source, found["place_id"].iloc[0], next(name for name in found["region"] if name)


def questions(index: CorpusIndex) -> dict[str, Callable[[], object]]:
    """Each question as asked of the index."""
    source, place, region = _subjects(index)
    of_source = MentionFilter(sources=(source,), date_from=FIRST, date_to=LAST)
    return {
        "places": lambda: index.places(MentionFilter()),
        "places of a source, three months": lambda: index.places(of_source),
        "figures since a day": lambda: index.counts(MentionFilter(date_from=FIRST)),
        "weeks of a region": lambda: index.timeline(MentionFilter(regions=(region,)), "week"),
        "evidence of a place": lambda: index.evidence(MentionFilter(), place),
        "articles, with the mentions of a place": lambda: index.article_rows(MentionFilter(places=(place,)), limit=200),
        "places in articles with a word": lambda: index.places(MentionFilter(text="village")),
    }


def questions_of_pandas(index: CorpusIndex, frames: Frames) -> dict[str, Callable[[], object]]:
    """The same, asked of pandas."""
    source, place, region = _subjects(index)
    return {
        "places": frames.places,
        "places of a source, three months": lambda: frames.places_of_source(source),
        "figures since a day": frames.counts,
        "weeks of a region": lambda: frames.timeline(region),
        "evidence of a place": lambda: frames.evidence(place),
        "articles, with the mentions of a place": lambda: frames.articles_naming(place),
        "places in articles with a word": lambda: frames.places_with_word("village"),
    }
