"""Commands for the operator: doctor, config, migrate, state-hash, outbox."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hegui.cli.options import Config, Json, prepare
from hegui.cli.output import complain, print_json, print_lines

if TYPE_CHECKING:
    from hegui.settings import Settings

config = typer.Typer(help="Show or write settings.", no_args_is_help=True)
outbox = typer.Typer(help="Look at letters.", no_args_is_help=True)


def doctor(
    online: Annotated[bool, typer.Option("--online", help="Also try the Telegram token.")] = False,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Examine the installation; each line says what is wrong and how to mend it."""
    settings = prepare(config)
    from hegui.cli.doctor import examine

    checks = asyncio.run(examine(settings, online=online))
    if as_json:
        print_json({"ok": all(c.ok for c in checks), "checks": [c.model_dump() for c in checks]})
    else:
        for check in checks:
            print_lines([f"{'✓' if check.ok else '✗'} {check.name}: {check.detail}"])
            print_lines([f"    → {check.remedy}"] if check.remedy and not check.ok else [])
    raise typer.Exit(0 if all(c.ok for c in checks) else 3)


def migrate(as_json: Json = False, config: Config = None) -> None:
    """Bring the database to the level of this program."""
    settings = prepare(config)
    from hegui.bootstrap.stores import migrate_store

    level = asyncio.run(migrate_store(settings))
    print_json({"level": level}) if as_json else complain(f"The database is at level {level}.")


def state_hash(as_json: Json = False, config: Config = None) -> None:
    """Print one number for all business state."""
    settings = prepare(config)
    value = asyncio.run(_state_hash(settings))
    print_json({"state_hash": value}) if as_json else print_lines([value])


async def _state_hash(settings: "Settings") -> str:
    from hegui.bootstrap.stores import business_state, open_store
    from hegui.foundation.database.state_hash import state_hash as hash_of

    async with open_store(settings) as database, database.read() as tx:
        return await hash_of(tx, business_state())


@config.command("show")
def config_show(as_json: Json = False, config: Config = None) -> None:
    """Print the settings in force, secrets as stars."""
    settings = prepare(config)
    shown = settings.model_dump(mode="json")
    print_json(shown) if as_json else print_lines(_flat(shown))


def _flat(table: dict[str, Any], prefix: str = "") -> list[str]:
    lines: list[str] = []
    for name, value in table.items():
        lines += _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else [f"{prefix}{name} = {value}"]
    return lines


@config.command("init")
def config_init(file: Annotated[Path, typer.Argument(help="Where to write.")] = Path("hegui.toml")) -> None:
    """Write a settings file with every setting explained; an existing file is left alone."""
    from hegui.settings import commented_file

    try:
        with file.open("x", encoding="utf-8") as written:
            file.chmod(0o600)
            written.write(commented_file())
    except FileExistsError as exists:
        complain(f"{file} exists already and was left as it is.")
        raise typer.Exit(1) from exists
    complain(f"Wrote {file}.")


@outbox.command("list")
def outbox_list(
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="How many, newest first.")] = 100,
    state: Annotated[
        list[str] | None, typer.Option("--state", help="Only these: failed, unknown, queued, sent …; may be repeated.")
    ] = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """List letters with their states, newest first."""
    settings = prepare(config)
    rows = asyncio.run(_letters(settings, limit, checked_states(state or [])))
    if as_json:
        print_json(rows)
    else:
        print_lines(
            f"{r['at']}  {r['state']:<10} {r['kind']:<14} {r['chat']}  {r['id']}  {r['reason'] or ''}".rstrip()
            for r in rows
        )


def checked_states(given: list[str]) -> list[str]:
    """Raises a usage error for a state that does not exist."""
    from typing import get_args

    from hegui.delivery.outbox.model import State

    for one in given:
        if one not in get_args(State):
            raise typer.BadParameter(f"--state is one of {', '.join(get_args(State))}.")
    return given


@outbox.command("retry")
def outbox_retry(
    which: Annotated[str, typer.Argument(metavar="ID", help="The letter, by its id in `hegui outbox list`.")],
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Send once more a letter that failed, or whose outcome is unknown; the copy of the latter says that it is one."""
    settings = prepare(config)
    import getpass

    from hegui.bootstrap.handing_over import carry_out

    given = {"id": which, "os_user": getpass.getuser()}
    done = asyncio.run(carry_out(settings, "outbox.retry", given))
    print_json(done) if as_json else complain(f"Queued as {done['copy']}.")


async def _letters(settings: "Settings", limit: int, states: list[str]) -> list[dict[str, Any]]:
    from hegui.bootstrap.stores import open_store
    from hegui.delivery.outbox import store

    async with open_store(settings) as database, database.read() as tx:
        letters = await store.listed(tx, limit, states)
    return [
        {
            "id": letter.id,
            "kind": letter.kind.value,
            "person": letter.person,
            "chat": f"{letter.channel}:{letter.address}",
            "lane": letter.lane,
            "state": letter.state,
            "reason": letter.reason,
            "attempts": letter.attempts,
            "about": letter.about,
            "copy_of": letter.copy_of,
            "at": (letter.settled_at or letter.ready_at).isoformat(),
        }
        for letter in letters
    ]
