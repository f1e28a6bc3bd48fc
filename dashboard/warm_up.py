"""What the first visitor would wait for, done while their browser still loads Streamlit's own page."""

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

_LOG = logging.getLogger(__name__)


@asynccontextmanager
async def while_serving(app: Any) -> AsyncIterator[None]:
    """For `streamlit.starlette.App`: warm up beside the server, which answers at once."""
    threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
    yield


def _warm_up() -> None:
    # imported for the first run to find them: the libraries behind the pages are most of the wait. `streamlit_folium`
    # needs folium's plugins, but must itself be imported by a run (see `map.render_map`)
    import folium.plugins

    from dashboard import places_view, resources, shell

    del folium, places_view, shell
    try:
        resources.open_ahead()
    # the first visitor's run meets the same, and tells it with the way out
    except Exception as error:
        _LOG.log(logging.WARNING, "the corpus could not be opened ahead of the first visitor: %s", error)
