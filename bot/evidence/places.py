"""Where and when a statement counts as the asker's own."""

from functools import lru_cache

from corpus.regions import CITY, PROVINCE, Region, Regions

SETTLED = ("in_force", "unknown")
"""States of what may be answered with."""


@lru_cache(maxsize=65536)
def holds_for(holder: str, asker: Region, regions: Regions) -> bool:
    """Whether what holds in `holder` is local to the asker: a rung of the ladder above, or a county within the city or province asked for."""
    place = regions.find(holder)
    return regions.covers(place, asker) or (asker.level in (PROVINCE, CITY) and regions.within(place, asker))
