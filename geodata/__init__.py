"""Places: the embedded gazetteer, its names and their geometry. Imports no other package of the project."""

from geodata.errors import GazetteerBuildError, GazetteerDataError, GeodataError
from geodata.gazetteer import Candidate, Gazetteer, open_gazetteer
from geodata.names import NameKind, name_key
from geodata.places import Place

__all__ = [
    "Candidate",
    "Gazetteer",
    "GazetteerBuildError",
    "GazetteerDataError",
    "GeodataError",
    "NameKind",
    "Place",
    "name_key",
    "open_gazetteer",
]
