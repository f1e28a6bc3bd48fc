"""Steps through a timeline: buttons, slider, play, and whether a step shows its own days or everything up to it."""

import time
from collections.abc import Sequence

import streamlit as st

from dashboard import kept
from dashboard.texts import t
from dashboard.timeline import state as timeline_state
from dashboard.timeline.periods import Period
from dashboard.timeline.state import TimelineState

SECONDS_A_STEP = 1.5
_SLIDER, _UPTO = "timeline_slider", "timeline_upto"
_PLAYING, _STEPPED = "timeline_playing", "timeline_stepped"
_STEPS = "timeline_steps"


def is_playing() -> bool:
    """Whether time runs by itself."""
    return bool(st.session_state.get(_PLAYING))


def tick(steps: Sequence[Period], at: str) -> str:
    """The step to show now: while playing the next one when its time has come; the last one stops the play."""
    if not is_playing():
        return at
    now = time.monotonic()
    # A click of the reader runs the page in between: only the clock moves time on.
    if now - st.session_state.get(_STEPPED, now) < 0.8 * SECONDS_A_STEP:
        return at
    st.session_state[_STEPPED] = now
    keys = [step.key for step in steps]
    following = keys.index(at) + 1 if at in keys else 0
    if following >= len(keys) - 1:
        st.session_state[_PLAYING] = False
    at = keys[min(following, len(keys) - 1)]
    kept.keep("at", at)
    return at


def controls(steps: Sequence[Period], state: TimelineState) -> None:
    """Draw buttons and slider; `state.at` is a key of `steps` or empty, which is the whole span."""
    keys = ["", *(step.key for step in steps)]
    labels = {"": t("timeline.whole")} | {step.key: step.label for step in steps}
    st.session_state[_STEPS] = keys
    # The slider follows the buttons, the bars and the link.
    st.session_state[_SLIDER], st.session_state[_UPTO] = state.at, state.cumulative
    place = keys.index(state.at)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _button("previous", "skip_previous", place == 0, _move, -1)
        if is_playing():
            _button("pause", "pause", False, _play, False)
        else:
            _button("play", "play_arrow", len(steps) < 2, _play, True)
        _button("next", "skip_next", place == len(keys) - 1, _move, 1)
        _button("all", "width_full", place == 0, _go, "")
        st.toggle(t("timeline.upto"), key=_UPTO, help=t("timeline.upto_help"), on_change=_upto_changed)
    st.select_slider(
        t("timeline.shown"),
        keys,
        format_func=labels.__getitem__,
        key=_SLIDER,
        on_change=_slid,
        disabled=is_playing(),
        width="stretch",
    )


def _button(name: str, icon: str, disabled: bool, action: object, value: object) -> None:
    st.button(
        t(f"timeline.{name}"),
        icon=f":material/{icon}:",
        key=f"timeline_{name}",
        disabled=disabled,
        on_click=action,
        args=(value,),
    )


def _go(at: str) -> None:
    st.session_state[_PLAYING] = False
    kept.keep("at", at)


def _move(by: int) -> None:
    keys = st.session_state.get(_STEPS, [""])
    at = timeline_state.read().at
    place = keys.index(at) if at in keys else 0
    _go(keys[min(max(place + by, 0), len(keys) - 1)])


def _slid() -> None:
    # While time runs, a beat may come before the browser has heard of the last one, and report the slider as it was.
    if is_playing():
        return
    _go(st.session_state[_SLIDER])


def _upto_changed() -> None:
    kept.keep("upto", "yes" if st.session_state[_UPTO] else "")


def _play(start: bool) -> None:
    st.session_state[_PLAYING] = start
    # the first step comes one beat after the click
    st.session_state[_STEPPED] = time.monotonic()
    at, keys = timeline_state.read().at, st.session_state.get(_STEPS, [""])
    if start and at == keys[-1]:
        kept.keep("at", keys[1] if len(keys) > 1 else "")
