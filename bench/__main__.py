"""`make bench`: every figure of bench/README.md, measured in one run."""

import asyncio
import platform

from bench import (
    audit,
    documents,
    ledger_doctor,
    ledger_reading,
    reminders,
    sending,
    starting,
    typesetting,
    updates,
    uploads,
)
from bench.measuring import line


def main() -> None:
    line("machine", python=platform.python_version(), system=platform.system())
    starting.run()
    typesetting.run()
    ledger_reading.run()
    asyncio.run(updates.run())
    asyncio.run(sending.run())
    asyncio.run(reminders.run())
    asyncio.run(audit.run())
    asyncio.run(uploads.run())
    ledger_doctor.run()
    asyncio.run(documents.run())


if __name__ == "__main__":
    main()
