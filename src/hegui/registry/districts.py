"""District codes (辖区): CN-33-06-03, the same as six digits, or a name, checked against the divisions held (pure)."""

import re
import unicodedata

from hegui.foundation.errors import Refusal
from hegui.rulebook.places import CODE, Places, wider

SIX_DIGITS = re.compile(r"^(\d{2})(\d{2})(\d{2})$")


def read(text: str, places: Places) -> str:
    """The code. Raises Refusal, which names the nearest division that is known where there is one."""
    said = unicodedata.normalize("NFKC", text).strip()
    code = _code(said)
    if code is None:
        return _named(said, places)
    if places.knows(code):
        return code
    nearest = [part for part in wider(code)[1:] if places.knows(part)]
    if nearest:
        raise Refusal("registry.unknown_district_below", text=said[:40], nearest=nearest[-1])
    raise Refusal("registry.unknown_district", text=said[:40])


def _code(said: str) -> str | None:
    if digits := SIX_DIGITS.match(said):
        return "-".join(["CN", *(part for part in digits.groups() if part != "00")])
    return said.upper() if CODE.match(said.upper()) else None


def _named(said: str, places: Places) -> str:
    found = places.find(said) or tuple(
        place for place in places.listed if len(said) > len(place.name) and _ends(places, place.code, said)
    )
    if len(found) > 1:
        raise Refusal("registry.several_districts", text=said[:40])
    if not found:
        raise Refusal("registry.unknown_district", text=said[:40])
    return found[0].code


def _ends(places: Places, code: str, said: str) -> bool:
    return places.name(code, "zh").endswith(said)
