"""Articles as readers yield them, into a corpus: what is there already is not extracted again."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator

from corpus.store import AddReport, Corpus
from extract.readers import Failure
from extract.types import Article, Extraction


def add_articles(
    corpus: Corpus,
    items: Iterable[Article | Failure],
    extract: Callable[[Article], Extraction],
    *,
    on_failure: Callable[[Failure], None],
    replace: bool = False,
) -> AddReport:
    """Extract and add what is new; with `replace` also what is there.

    Each item that could not be read, or whose extraction failed, is given to `on_failure`; the rest goes on. Raises
    what `Corpus.add` raises.
    """
    known = {article_id: ref.removed for article_id, ref in corpus.newest().rows.items()}
    skipped = {"already_there": 0, "removed_before": 0}

    def extractions() -> Iterator[Extraction]:
        for item in items:
            if isinstance(item, Failure):
                on_failure(item)
                continue
            article_id = item.article_id
            if not replace and article_id in known:
                skipped["removed_before" if known[article_id] else "already_there"] += 1
                continue
            try:
                extraction = extract(item)
            # whatever an article does to the extractor, it must not cost the other articles
            except Exception as error:
                on_failure(Failure(item.origin or item.id, f"could not be extracted ({type(error).__name__}: {error})"))
                continue
            known[article_id] = False
            yield extraction

    report = corpus.add(extractions(), replace=replace)
    return dataclasses.replace(
        report,
        already_there=report.already_there + skipped["already_there"],
        removed_before=report.removed_before + skipped["removed_before"],
    )
