"""`hegui rules sign` and `hegui rules signatures`: who read a pack as it is now."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hegui.cli.options import Config, Folder, Json, rules_folder
from hegui.cli.output import complain, print_json, print_lines

if TYPE_CHECKING:
    from hegui.rulebook.pack import Pack, Rulebook
    from hegui.rulebook.signing import Standing

SAID = {"signed": "signed", "stale": "changed since it was signed", "unsigned": "not signed", "gone": "no such pack"}


def sign(
    pack: Annotated[str, typer.Argument(help="A pack's id, such as network-security.")],
    by: Annotated[str, typer.Option("--by", help="Name of the person who read it.")],
    folder: Folder = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Note that a person read a pack as it is now; what the lint refuses is not signed."""
    from hegui.foundation.clock import SystemClock
    from hegui.foundation.language.catalogue import CHINA
    from hegui.rulebook.loader import load
    from hegui.rulebook.signing import FILE, as_file, signed

    where = rules_folder(config, folder)
    rulebook = load(where)
    found = _sound(pack, rulebook)
    try:
        signatures = signed(rulebook, found, by, SystemClock().now().astimezone(CHINA).date())
    except ValueError:
        raise typer.BadParameter("--by is a name of at most 80 characters in one line.") from None
    _write(where / FILE, as_file(signatures))
    if as_json:
        print_json({"pack": found.id, "digest": found.digest, "by": by.strip()})
    else:
        print_lines([f"{found.id} {found.version} is signed by {by.strip()}. Fingerprint: {found.digest[:16]}"])


def signatures(folder: Folder = None, as_json: Json = False, config: Config = None) -> None:
    """List the packs: signed as they are, changed since they were signed, or not signed."""
    from hegui.rulebook.loader import load
    from hegui.rulebook.signing import standings

    found = list(standings(load(rules_folder(config, folder))))
    if as_json:
        print_json({"signatures": [asdict(one) for one in found]})
    else:
        print_lines(map(_line, found))


def _sound(pack: str, rulebook: "Rulebook") -> "Pack":
    """The pack, where it exists and the lint finds nothing in it."""
    from hegui.rulebook.lint import check

    found = rulebook.pack(pack)
    if found is None:
        complain(f"There is no pack {pack}. There are: {', '.join(p.id for p in rulebook.packs)}.")
        raise typer.Exit(1)
    if faults := [fault for fault in check(rulebook) if fault.where.split()[0] == pack]:
        complain(f"{pack} cannot be signed: `hegui rules lint` finds {len(faults)} faults, first {faults[0]}")
        raise typer.Exit(1)
    return found


def _write(file: Path, text: str) -> None:
    """Whole or not at all: the old file stands until the new one is written."""
    fresh = file.with_suffix(".fresh")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)


def _line(one: "Standing") -> str:
    said = {
        "signed": "signed",
        "stale": "changed since it was signed",
        "unsigned": "not signed",
        "gone": "no such pack",
    }
    return f"{one.pack}: {said[one.state]}" + (f" by {one.by} on {one.on}" if one.by else "")
