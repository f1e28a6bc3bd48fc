"""What a reviewer is looking at and is about to decide, kept in the session: the queue, the name in it, the mention of
that name, and the proposal that Enter saves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from corpus.review import QUEUES, Queue
from dashboard import selection
from geodata.suggestions import Answer

QUEUE = "queue"
"""The queue's parameter in a link, as in `review?queue=unplaced`."""
BELOW_KEY, SEARCH_KEY = "below", "review_search"
"""The first is also the name of the link's parameter."""
PLACE_SEARCH_KEY = "review_place_search"
KEYS_KEY = "review_keys"
SCOPES = ("mention", "article", "everywhere")
DEFAULT_BELOW = 0.7
LONGEST_SEARCH = 100
_KEPT = "review_desk"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be saved. `action` is one of `decisions.ACTIONS`, or "option" for the place `option_id` names
    in the list; `role` goes with the action `role`."""

    action: str
    option_id: str = ""
    role: str = ""


@dataclass
class ReviewDesk:
    """One visitor's place in the queues.

    `key` and `number` say which group is open and where it stood; `mention` is which of its mentions. `chosen` is what
    the visitor proposed for the open group (None: what the page proposes itself); `scope` what the visitor set last in
    each queue. `answers` are the geocoder's, by name's key; `saved` the ids of the decisions made here, newest last.
    """

    queue: str = QUEUES[0]
    key: str = ""
    number: int = 0
    mention: int = 0
    chosen: Proposal | None = None
    scope: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    saved: list[str] = field(default_factory=list)
    changed: bool = False

    def open(self, number: int, key: str = "") -> None:
        """Go to a group by its place in the queue, or by its key where that is known."""
        if key != self.key or not key:
            self.mention, self.chosen = 0, None
        self.number, self.key = max(0, number), key


def review_desk() -> ReviewDesk:
    """This visitor's; made when first asked for."""
    return st.session_state.setdefault(_KEPT, ReviewDesk())


def asked_queue(desk: ReviewDesk) -> str:
    """The name of the queue that the link, else the session, asks for; another one begins at its first name."""
    name = selection.selected(QUEUE)
    if name not in QUEUES:
        name = desk.queue
        selection.select(QUEUE, name)
    if name != desk.queue:
        desk.queue = name
        desk.open(0)
    return name


def limited(name: str, session: Mapping[str, Any]) -> Queue:
    """The queue with the limits that its widgets have."""
    return Queue(
        name=name,
        below=float(session.get(BELOW_KEY, DEFAULT_BELOW)) if name == "placed" else 1.0,
        place_id=(selection.selected(selection.PLACE) or "") if name == "place" else "",
        search=session.get(SEARCH_KEY) or "",
    )


def key(name: str) -> str | None:
    """The shortcut of a button, unless the visitor has switched keys off: Enter would take links from those who go
    about a page by keyboard."""
    return name if st.session_state.get(KEYS_KEY, True) else None


def default_scope(queue: str) -> str:
    """A name the gazetteer lacks is the same place wherever it stands; what was uncertain was so in its article."""
    return "everywhere" if queue == "unplaced" else "article"
