"""Puts the audit log together: keys, notary, check and export, as the settings say."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from hegui.foundation.audit import export, verifying
from hegui.foundation.audit.chain import check_algorithm
from hegui.foundation.audit.checkpoints import Checkpoint, Signer, read_checkpoints, read_keys
from hegui.foundation.audit.notary import Notary
from hegui.foundation.audit.tables import audit_log
from hegui.foundation.audit.writing import Book
from hegui.foundation.clock import Clock
from hegui.foundation.database.store import Database
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import EnvironmentProblem, Refusal
from hegui.foundation.language.catalogue import LANGUAGES, Catalogue
from hegui.foundation.randomness import SystemRandomness
from hegui.foundation.secret_key import secret_key
from hegui.settings import Settings

WITHOUT_SIGNING = "checkpoints signed so far need the old public key."
WITHOUT_WRAPPING = "sealed personal detail can no longer be read."


def key_file(settings: Settings) -> Path:
    """Where the key that signs checkpoints is."""
    return settings.audit.key_file or settings.data_dir / "audit.key"


def book(settings: Settings) -> Book:
    """How rows are written. Raises EnvironmentProblem where this machine cannot compute the hash."""
    check_algorithm(settings.audit.algorithm)

    @cache
    def wrapping_key() -> bytes:
        return secret_key(settings.data_dir / "audit-people.key", SystemRandomness(), without=WITHOUT_WRAPPING)

    return Book(algorithm=settings.audit.algorithm, wrapping_key=wrapping_key)


def notary(settings: Settings, database: Database, clock: Clock) -> Notary:
    return Notary(database, lambda: _signer(settings), clock, settings.audit.export_dir)


def _signer(settings: Settings) -> Signer:
    """With the key of the file, which is made where there is none."""
    return Signer(secret_key(key_file(settings), SystemRandomness(), without=WITHOUT_SIGNING))


def trusted_keys(settings: Settings, given: Path | None = None) -> frozenset[str]:
    """Those of the file that is given; else those kept outside and our own."""
    if given:
        if not (keys := read_keys(given)):
            raise EnvironmentProblem(f"{given} holds no public key.")
        return frozenset(keys)
    keys = read_keys(settings.audit.export_dir) if settings.audit.export_dir else set()
    if key_file(settings).exists():
        keys.add(_signer(settings).public_key)
    return frozenset(keys)


async def verify(tx: Transaction, settings: Settings, files: list[Path], keys: Path | None) -> verifying.Report:
    """Checks the log against the checkpoints of the store, of the place outside, and of `files`."""
    check = verifying.Check(await _checkpoints(tx, settings, files), trusted_keys(settings, keys))
    async for row in export.rows(tx):
        check.add(row)
    return check.report()


async def _checkpoints(tx: Transaction, settings: Settings, files: list[Path]) -> list[Checkpoint]:
    """Read before the rows, so that none covers more than is read."""
    outside = settings.audit.export_dir
    places = [*files, *([outside] if outside and outside.is_dir() else [])]
    return list(dict.fromkeys([*read_checkpoints(places), *await export.checkpoints(tx)]))


async def write_export(
    tx: Transaction, settings: Settings, folder: Path, *, enterprise: str | None = None, about: str | None = None
) -> dict[str, int]:
    """The whole log, or the rows of an enterprise or a matter with proofs; says how many rows and what is covered.

    Raises Refusal where the folder holds something, or where nothing can be proven.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refusal("audit.not_empty", folder=folder)
    notes = await _checkpoints(tx, settings, [])
    covered = max((note.size for note in notes), default=0)
    wanted = [audit_log.c.enterprise == enterprise] if enterprise else []
    wanted += [audit_log.c.about == about] if about else []
    if wanted and not covered:
        raise Refusal("audit.no_checkpoint")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "rows.jsonl"
    if wanted:
        count = await export.write_proven(tx, file, wanted, covered)
    else:
        count = await export.write_rows(tx, file)
    page = _page("audit.page_some" if wanted else "audit.page_all", rows=count, covered=covered)
    export.write_beside(folder, notes, trusted_keys(settings), _verifier(), page)
    return {"rows": count, "checkpoints": len(notes), "covered": covered}


def _page(key: str, **numbers: int) -> str:
    catalogue = Catalogue.load()
    return "\n----\n\n".join(catalogue.say(language, key, **numbers).strip() + "\n" for language in LANGUAGES)


def _verifier() -> Path:
    found = find_spec("hegui.verify_audit")
    if found is None or found.origin is None:
        raise EnvironmentProblem("verify_audit.py is missing: the installation is not complete.")
    return Path(found.origin)
