"""Distances and directions on the sphere. Latitude before longitude, degrees WGS84, kilometres."""

from math import asin, atan2, cos, degrees, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # mean radius (IUGG)
KM_PER_DEGREE = radians(1) * EARTH_RADIUS_KM
_HALF_DEGREE = radians(0.5)


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km (haversine)."""
    p1, p2 = radians(lat1), radians(lat2)
    a = sin((p2 - p1) / 2) ** 2 + cos(p1) * cos(p2) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(a)))


def rough_distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance in km on a plane laid through both points: within 1 % up to some 500 km, and several times quicker."""
    east = (lon2 - lon1 + 540) % 360 - 180
    north = lat2 - lat1
    east *= cos((lat1 + lat2) * _HALF_DEGREE)
    return KM_PER_DEGREE * sqrt(north * north + east * east)


def bearing_degrees(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Initial direction from the first point to the second, degrees clockwise from north, 0 <= b < 360."""
    p1, p2, step = radians(lat1), radians(lat2), radians(lon2 - lon1)
    return degrees(atan2(sin(step) * cos(p2), cos(p1) * sin(p2) - sin(p1) * cos(p2) * cos(step))) % 360


def destination(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point `km` away from (lat, lon) in direction `bearing` (degrees from north): (lat, lon)."""
    arc, p1, course = km / EARTH_RADIUS_KM, radians(lat), radians(bearing)
    p2 = asin(sin(p1) * cos(arc) + cos(p1) * sin(arc) * cos(course))
    step = atan2(sin(course) * sin(arc) * cos(p1), cos(arc) - sin(p1) * sin(p2))
    return degrees(p2), (lon + degrees(step) + 540) % 360 - 180
