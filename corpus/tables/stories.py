"""The table `copies`: which articles tell one story, as their wordings have it."""

import duckdb
import numpy as np
import pyarrow as pa

from corpus.links import Links, extend_links
from corpus.store import Corpus
from corpus.stories import arrange, read_links, read_wordings
from corpus.wordings import Wordings, gathered

_ARTICLES = "SELECT article_id, date, chars, stamp FROM articles ORDER BY a"
_PLACES = "SELECT batch, list(batch_row ORDER BY batch_row) FROM articles GROUP BY batch ORDER BY batch"
_RETOLD = """
SELECT a, CASE WHEN incoming.size > 1 THEN incoming.story END AS story FROM incoming JOIN copies USING (a)
WHERE a < $first AND (
    CASE WHEN incoming.size > 1 THEN incoming.story END
) IS DISTINCT FROM (CASE WHEN copies.size > 1 THEN copies.story END)
"""


def tell_stories(connection: duckdb.DuckDBPyConnection, corpus: Corpus, first: int) -> pa.Table:
    """Fill `copies` for all articles. Gives those numbered below `first` that belong to another story than before:
    columns a, story (null where an article is now the only copy)."""
    articles = connection.execute(_ARTICLES).to_arrow_table()
    known = articles.column("stamp").is_valid().to_numpy()
    stamps = articles.column("stamp").fill_null(0).to_numpy()
    links = _links(connection, corpus, np.unique(stamps[known]))
    stories = arrange(articles, stamps, known, links)
    count = len(articles)
    table = pa.table(
        {
            "a": pa.array(np.arange(count, dtype=np.int32)),
            "story": pa.array(stories.leaders.astype(np.int32)),
            "story_id": articles.column("article_id").take(pa.array(stories.leaders)),
            "rank": pa.array(stories.ranks.astype(np.int32)),
            "size": pa.array(stories.sizes.astype(np.int32)),
        }
    )
    connection.register("incoming", table)
    try:
        retold = connection.execute(_RETOLD, {"first": first}).to_arrow_table()
        connection.execute("CREATE OR REPLACE TABLE copies AS SELECT *, story AS machine_story FROM incoming")
    finally:
        connection.unregister("incoming")
    return retold


def _links(connection: duckdb.DuckDBPyConnection, corpus: Corpus, stamps: np.ndarray) -> Links:
    """The links among the wordings of `stamps` (ascending, distinct): those kept in the corpus, where they are of all
    of them, else found now."""
    kept = read_links(corpus.folder)
    known = kept.among(stamps)
    return known if len(known.compared) == len(stamps) else extend_links(kept, _wordings(connection, corpus))


def _wordings(connection: duckdb.DuckDBPyConnection, corpus: Corpus) -> Wordings:
    by_name = {path.name: path for path in corpus.batches()}
    rows = connection.execute(_PLACES).fetchall()
    return gathered(read_wordings(corpus, {by_name[name]: np.array(numbers) for name, numbers in rows}))
