"""Map: where reporting says things happened, with the sentences behind every circle."""

from dashboard import notices, places_view
from dashboard.figures import figures_line
from dashboard.frame import current

frame = current()
notices.problems(frame)
if not notices.empty_corpus(frame):
    counts = frame.desk.counts(frame.asked)
    figures_line(counts, frame.pages)
    notices.sample_note(frame)
    if counts.places:
        places_view.explore(frame)
    else:
        notices.nothing_found(frame, "place" if counts.articles_searched else "article")
