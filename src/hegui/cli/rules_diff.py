"""`hegui rules diff`: what differs between two rules folders, and for whom."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from hegui.cli.options import Config, Json, Language, checked_language, prepare
from hegui.cli.output import complain, print_json, print_lines


def diff(
    old: Annotated[Path, typer.Argument(help="A rules folder, the earlier one.")],
    new: Annotated[Path, typer.Argument(help="The later one.")],
    language: Language = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Say what differs between two rules folders, and for whom; exit code 1 where they differ."""
    prepare(config)
    chosen = checked_language(language) or "zh"
    from hegui.foundation.language.catalogue import Catalogue, Texts
    from hegui.rulebook.difference import compare
    from hegui.rulebook.difference_printing import as_data, as_lines
    from hegui.rulebook.loader import load

    before, after = load(old), load(new)
    changes = compare(before, after, chosen)
    say = Texts(Catalogue.load(), chosen)
    counts = Counter(change.what for change in changes)
    in_all = {what: counts[what] for what in ("added", "removed", "changed")}
    if as_json:
        told = [as_data(change, after, say) for change in changes]
        print_json({"old": before.digest, "new": after.digest, **in_all, "changes": told})
    else:
        print_lines(as_lines(changes, after, say))
        complain(say("difference.count_in_all", **in_all) if changes else say("difference.same"))
    raise typer.Exit(1 if changes else 0)
