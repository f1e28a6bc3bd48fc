"""Asking a geocoder for the open name, when a person presses the button; its answers join the list as suggestions."""

import os
from collections.abc import Mapping

import streamlit as st

from corpus.review import Group
from dashboard.deployment import is_shared
from dashboard.frame import Frame
from dashboard.review.state import ReviewDesk
from dashboard.review.store import is_held
from dashboard.safe import safe_markdown
from dashboard.texts import t
from dashboard.words import format_date
from geodata import GeodataError
from geodata.cache import cache_path
from geodata.geocoding_settings import SWITCH, GeocodingSettings, settings_from


def may_ask(settings: GeocodingSettings, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether this server's visitors may ask: not where it is switched off; where strangers share a server, only when
    whoever runs it has switched it on by name."""
    if not settings.enabled:
        return False
    return bool(environment.get(SWITCH, "").strip()) or not is_shared(environment)


def provider_name(provider: str) -> str:
    """The service by its name: `Nominatim (host)`."""
    return provider[:1].upper() + provider[1:]


def ask(frame: Frame, desk: ReviewDesk, group: Group) -> None:
    """The button with what it sends to whom, or how geocoding is switched on; then what came of asking."""
    try:
        settings = settings_from()
    except GeodataError as error:
        st.caption(safe_markdown(str(error)))
        return
    if not may_ask(settings):
        st.caption(t("review.geocoding_off", switch=SWITCH))
        return
    provider = safe_markdown(provider_name(settings.provider))
    clicked = st.button(
        t("review.ask", provider=provider),
        key="review_ask",
        icon=":material/travel_explore:",
        help=t("review.ask_help", provider=provider, name=safe_markdown(group.text)),
    )
    if clicked:
        with st.spinner(t("review.asking", provider=provider)):
            _ask(frame, desk, group, settings)
        # the answers stand in the list above, which is drawn already
        st.rerun(scope="fragment")
    if failure := desk.failures.get(group.key):
        st.warning(safe_markdown(failure), icon=":material/warning:")
    if answer := desk.answers.get(group.key):
        day = format_date(answer.asked_at.date())
        words = "review.answered" if answer.suggestions else "review.answered_none"
        st.caption(
            t(
                words,
                number=len(answer.suggestions),
                provider=safe_markdown(provider_name(answer.question.provider)),
                day=day,
            )
        )


def _ask(frame: Frame, desk: ReviewDesk, group: Group, settings: GeocodingSettings) -> None:
    # geopy is read when somebody asks for the first time, not with every page
    from geodata.geocoder import open_geocoder

    desk.failures.pop(group.key, None)
    cache = cache_path(None if is_held(frame.desk) else frame.desk.corpus.folder)
    try:
        desk.answers[group.key] = open_geocoder(cache, settings=settings).suggest(" ".join(group.text.split()))
    except GeodataError as error:
        desk.failures[group.key] = str(error)
