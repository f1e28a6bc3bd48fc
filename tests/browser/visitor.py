"""A visitor without a browser: speaks Streamlit's own protocol, so that many of them fit on one machine."""

from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

_SECONDS = 60
_LARGEST = 64 * 1024 * 1024


@dataclass
class Answer:
    """What one run of a page sent: its HTML, and its exceptions and error messages."""

    html: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Visitor:
    """One session. Each `look` is a run of a page with the parameters of a link, as after a click that changes them."""

    def __init__(self, url: str):
        address = url.replace("http://", "ws://") + "/_stcore/stream"
        self._opened = connect(address, subprotocols=["streamlit"], max_size=_LARGEST, open_timeout=_SECONDS)
        self._url = url
        self.pages: dict[str, str] = {}
        """Address of each page → its number with Streamlit; known after the first look."""

    def __enter__(self) -> Self:
        self._socket = self._opened.__enter__()
        return self

    def __exit__(self, *failure: object) -> None:
        self._opened.__exit__(*failure)

    def look(self, page: str = "", **parameters: str | list[str]) -> Answer:
        """Run a page ("" is the map) and wait until it has been drawn. Raises `TimeoutError`."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = urlencode(parameters, doseq=True)
        asked.is_history_navigation = bool(self.pages)
        if page in self.pages:
            asked.page_script_hash = self.pages[page]
        else:
            asked.page_name = page
        asked.context_info.url = f"{self._url}/{page}"
        asked.context_info.timezone = "UTC"
        self._socket.send(message.SerializeToString())
        return self._answer()

    def _answer(self) -> Answer:
        answer = Answer()
        while True:
            received = ForwardMsg()
            received.ParseFromString(self._socket.recv(timeout=_SECONDS))
            kind = received.WhichOneof("type")
            if kind == "navigation":
                self.pages |= {page.url_pathname: page.page_script_hash for page in received.navigation.app_pages}
            elif kind == "delta":
                self._note(received.delta.new_element, answer)
            elif kind == "script_finished" and received.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return answer

    def _note(self, element, answer: Answer) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            answer.errors.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "alert" and element.alert.format == element.alert.ERROR:
            answer.errors.append(element.alert.body)
        elif kind == "html":
            answer.html.append(element.html.body)
