"""Indexes on disk: built beside their place and moved there when whole, so that a half-built one is never opened."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

BUILDING = "building-"


def kept(parent: Path, name: str, version: str, build: Callable[[Path], None]) -> Path:
    """The folder `<name>-<version>`, built where it is missing; those of other versions go.

    It may be deleted at any time. Where two programs build it at once, the first one there stays.
    """
    place = parent / f"{name}-{version}"
    if place.is_dir():
        return place
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=BUILDING, dir=parent))
    try:
        build(fresh)
        for old in set(parent.glob(f"{name}-*")) - {place}:
            shutil.rmtree(old, ignore_errors=True)
        fresh.rename(place)
    except OSError:
        if not place.is_dir():
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return place
