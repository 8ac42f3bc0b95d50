"""`hegui run`: Telegram and the workers, until SIGTERM."""

from typing import Annotated

import typer

from hegui.cli.options import Config, prepare


def run(
    role: Annotated[
        str, typer.Option("--role", help="all, or worker: everything but the receiving of updates.")
    ] = "all",
    config: Config = None,
) -> None:
    """Run the assistant until it is told to stop."""
    if role not in ("all", "worker"):
        raise typer.BadParameter("--role is all or worker.")
    settings = prepare(config)
    from hegui.foundation.instance import refuse_second

    refuse_second(settings.database_url)
    import asyncio

    from hegui.bootstrap.serving import serve

    asyncio.run(serve(settings, receive=role == "all"))
