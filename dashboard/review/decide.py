"""The decision: what is proposed for the open mention, for where it holds, what it would change; saving it."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from corpus import CorpusError
from corpus.corrections.file import Decision, decide, own_place_id
from corpus.review import Queue
from dashboard.frame import Frame
from dashboard.review import place as review_place
from dashboard.review.options import Option
from dashboard.review.state import SCOPES, Proposal, ReviewDesk, default_scope, key, review_desk
from dashboard.review.store import latest, save
from dashboard.review.words import decision_words, effect_words
from dashboard.safe import safe_markdown, visible
from dashboard.texts import t

NAME_KEY, NOTE_KEY, LEARN_KEY, ONLY_KEY = "review_who", "review_note", "review_learn", "review_only"
LONGEST_NAME, LONGEST_NOTE = 200, 2_000
_SCOPE_KEYS = {"mention": "M", "article": "A", "everywhere": "E"}
_OTHER_ROLE = {"location": "actor", "actor": "location"}


def proposed(desk: ReviewDesk, queue: Queue, row: Mapping[str, Any], found: Sequence[Option]) -> Proposal | None:
    """What the visitor chose, else the machine's own guess where it has one. A geocoder's suggestion is never proposed
    by the page itself."""
    ids = {option.id for option in found}
    if desk.chosen and (desk.chosen.action != "option" or desk.chosen.option_id in ids):
        return desk.chosen
    if queue.name in ("ambiguous", "placed") and row["place_id"] in ids:
        return Proposal("option", row["place_id"])
    return None


def decide_form(
    frame: Frame, desk: ReviewDesk, queue: Queue, row: Mapping[str, Any], option: Option | None, chosen: Proposal | None
) -> None:
    """Where the decision holds, what it changes, and the button that saves. `option` is the place chosen in the list,
    if one is."""
    with st.container(border=True, key="review_decision", gap="small"):
        # what would be saved stands above what changes it, so that it is in sight before it is saved
        preview = st.container(gap="small")
        if chosen is None:
            preview.markdown(t("review.choose_first"))
            return
        if chosen.action == "new_place":
            review_place.new_place(row)
        scope = _scopes(desk, queue)
        only, learn = _limits(queue, row, option, scope)
        _note()
        with preview:
            try:
                decision = _decision(frame, row, option, chosen, scope, only=only, learn=learn)
                effect = frame.desk.index.preview([decision]) if decision else None
            except (CorpusError, review_place.PointError) as error:
                st.warning(safe_markdown(str(error)), icon=":material/warning:")
                return
            if decision is None or effect is None:
                st.markdown(t("review.new_incomplete"))
                return
            st.markdown(f"{decision_words(decision)}  \n{effect_words(effect, scope)}")
            st.button(
                t("review.save"), key="review_save", type="primary", shortcut=key("Enter"), icon=":material/check:",
                on_click=_save, args=(frame, decision),
            )  # fmt: skip


def other_answers(row: Mapping[str, Any], chosen: Proposal | None) -> None:
    """What a name may mean but a place of the list: no place; an actor or a location; a place of one's own."""
    role = _OTHER_ROLE.get(row["role"], "location")
    answers = (
        ("X", "reject", Proposal("reject"), ":material/location_off:"),
        ("L", f"role_{role}", Proposal("role", role=role), ":material/swap_horiz:"),
        ("W", "new_place", Proposal("new_place"), ":material/add_location_alt:"),
    )
    with st.container(horizontal=True, gap="xsmall"):
        for letter, words, proposal, icon in answers:
            st.button(
                t(f"review.answer_{words}"),
                key=f"review_answer_{proposal.action}",
                shortcut=key(letter),
                icon=icon,
                type="primary" if chosen == proposal else "secondary",
                disabled=proposal.action == "role" and row["status"] == "rejected",
                on_click=_choose,
                args=(proposal,),
            )


def _choose(proposal: Proposal) -> None:
    review_desk().chosen = proposal


def point_clicked(point: tuple[float, float]) -> None:
    """A click on the map beside every number: the point of a new place."""
    review_place.take_point(point)
    review_desk().chosen = Proposal("new_place")


def _scopes(desk: ReviewDesk, queue: Queue) -> str:
    scope = desk.scope.get(queue.name, default_scope(queue.name))
    st.markdown(f"**{t('review.scope')}**")
    with st.container(horizontal=True, gap="xsmall"):
        for name in SCOPES:
            st.button(
                t(f"review.scope_{name}"),
                key=f"review_scope_{name}",
                shortcut=key(_SCOPE_KEYS[name]),
                type="primary" if name == scope else "secondary",
                on_click=desk.scope.__setitem__,
                args=(queue.name, name),
            )
    return scope


def _limits(queue: Queue, row: Mapping[str, Any], option: Option | None, scope: str) -> tuple[bool, bool]:
    """Whether only mentions of which the machine thought the same are meant, and whether the spelling is learnt."""
    only = learn = False
    if scope != "mention" and row["machine_place"]:
        only = st.checkbox(t("review.only_same"), value=True, key=ONLY_KEY, help=t("review.only_same_help"))
    if scope == "everywhere" and option and not option.is_suggestion and not only:
        default = queue.name == "unplaced"
        learn = st.checkbox(
            t("review.learn"), value=default, key=f"{LEARN_KEY}_{queue.name}", help=t("review.learn_help")
        )
    return only, learn


def _note() -> None:
    who, note = st.columns([2, 3])
    kept = {"persist_state": "session"}
    who.text_input(t("review.who"), key=NAME_KEY, max_chars=LONGEST_NAME, help=t("review.who_help"), **kept)
    note.text_input(t("review.note"), key=NOTE_KEY, max_chars=LONGEST_NOTE, placeholder=t("review.note_hint"))


def _decision(
    frame: Frame,
    row: Mapping[str, Any],
    option: Option | None,
    chosen: Proposal,
    scope: str,
    *,
    only: bool,
    learn: bool,
) -> Decision | None:
    """The decision as it would be saved, None while it is not complete. Raises `corpus.CorpusError` or
    `review_place.PointError`."""
    action, value = chosen.action, None
    if action == "new_place":
        value = review_place.typed_place()
    elif action == "role":
        value = chosen.role
    elif option is not None and option.is_suggestion:
        action, value = "new_place", option.decided(own_place_id(option.name, option.lat, option.lon))
    elif option is not None and scope == "mention" and option.id == row["machine_place"]:
        action = "accept"
    elif option is not None:
        action, value = ("spelling" if learn else "place"), option.decided()
    if action in ("new_place", "option") and value is None:
        return None
    target = {} if scope == "everywhere" else {"article_id": row["article_id"]}
    if scope == "mention":
        target |= {"start": int(row["start"]), "end": int(row["end"])}
    return decide(
        action,
        scope=scope,
        who=visible(st.session_state.get(NAME_KEY)),
        why=visible(st.session_state.get(NOTE_KEY)),
        # the span says which mention is meant; other mentions are found by the name, which must be as it is written
        name=visible(row["text"]) if scope == "mention" else row["text"],
        was=row["machine_place"] if only else None,
        value=value,
        after=latest(frame.desk),
        **target,
    )


def _save(frame: Frame, decision: Decision) -> None:
    if save(frame.desk, decision):
        st.session_state[NOTE_KEY] = ""
