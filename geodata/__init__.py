"""Places: the embedded gazetteer, its names and their geometry. Imports no other package of the project."""

from geodata.battles import Battle, Battles, battles_at, battles_of, open_battles
from geodata.context import Neighbour, PlaceContext, context_at, neighbours_at
from geodata.control import Control, ControlChange, ControlStatus, control_at, history, open_control
from geodata.errors import ContextDataError, GazetteerBuildError, GazetteerDataError, GeodataError
from geodata.gazetteer import Candidate, Gazetteer, open_gazetteer
from geodata.names import NameKind, name_key
from geodata.places import Place

__all__ = [
    "Battle",
    "Battles",
    "Candidate",
    "ContextDataError",
    "Control",
    "ControlChange",
    "ControlStatus",
    "Gazetteer",
    "GazetteerBuildError",
    "GazetteerDataError",
    "GeodataError",
    "NameKind",
    "Neighbour",
    "Place",
    "PlaceContext",
    "battles_at",
    "battles_of",
    "context_at",
    "control_at",
    "history",
    "name_key",
    "neighbours_at",
    "open_battles",
    "open_control",
    "open_gazetteer",
]
