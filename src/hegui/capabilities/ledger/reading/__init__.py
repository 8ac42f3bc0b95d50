"""Reading a ledger: a file that a person sent becomes a `Book`, and what was not understood is listed in it.

Plain functions without clock and store: they run in the child process that opens the file.
"""

from hegui.capabilities.ledger.reading.book import read_book

__all__ = ["read_book"]
