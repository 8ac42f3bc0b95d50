"""How much a file from outside may cost: its size, what it unfolds to, and what the process that opens it may use.

The figures were measured on good files: a ledger of 300,000 rows and 10 columns has 16 MB and unfolds to 137 MB.
"""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024

FILE_BYTES = 20 * MEGABYTE
PARTS = 500
PART_BYTES = 150 * MEGABYTE
UNFOLDED_BYTES = 200 * MEGABYTE
RATIO = 200
RATIO_COUNTS_FROM_BYTES = MEGABYTE
"""Small parts of one repeated character compress better than any bomb needs to."""

XML_DEPTH = 256
TAG_BYTES = 64 * 1024
ROWS = 300_000
LAST_COLUMN = "ZZ"
LINE_BYTES = 2 * MEGABYTE
"""200 columns of 2,000 characters, at four bytes each, and a little."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child process may use. `file_bytes` is the size of a file that it writes, `output_bytes` of its answer."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: float
    file_bytes: int
    output_bytes: int
    open_files: int = 32


READING = Limits(
    memory_bytes=768 * MEGABYTE,
    cpu_seconds=8,
    wall_seconds=10,
    file_bytes=MEGABYTE,
    output_bytes=16 * MEGABYTE,
)

WRITING = Limits(
    memory_bytes=768 * MEGABYTE,
    cpu_seconds=30,
    wall_seconds=40,
    file_bytes=100 * MEGABYTE,
    output_bytes=MEGABYTE,
    open_files=64,
)
"""For annotated copies and reports, whose folder the caller makes, names in `given` and removes."""
