"""The command line (命令行). Commands import what they need when they run, so that `--help` is quick."""

import sys

import typer

import hegui
from hegui import __version__
from hegui.cli import (
    ask,
    audit,
    chat,
    check,
    check_document,
    cite,
    deadline,
    demo,
    document,
    enterprise,
    invite,
    ledger_book,
    ledger_template,
    leniency,
    operate,
    rules,
    run,
    simulate,
    statutes,
    user,
)
from hegui.cli.output import complain
from hegui.foundation.errors import AnotherInstance, EnvironmentProblem, HeguiError, Refusal

FINDINGS, USAGE, ENVIRONMENT, ANOTHER_INSTANCE, INTERRUPTED = 1, 2, 3, 75, 130

app = typer.Typer(
    name="hegui",
    help=hegui.__doc__,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("chat")(chat.chat)
app.command("demo")(demo.demo)
app.command("ask")(ask.ask)
app.command("cite")(cite.cite)
app.command("deadline")(deadline.deadline)
app.command("leniency")(leniency.leniency)
app.command("run")(run.run)
app.command("simulate")(simulate.simulate)
app.command("invite")(invite.invite)
app.command("doctor")(operate.doctor)
app.command("migrate")(operate.migrate)
app.command("state-hash")(operate.state_hash)
app.add_typer(enterprise.enterprise, name="enterprise")
app.add_typer(user.user, name="user")
app.add_typer(operate.config, name="config")
app.add_typer(operate.outbox, name="outbox")
ledger_book.ledger.command("template")(ledger_template.template)
app.add_typer(ledger_book.ledger, name="ledger")
app.add_typer(audit.audit, name="audit")
app.add_typer(rules.rules, name="rules")
app.add_typer(statutes.statutes, name="statutes")
check.check.command("document")(check_document.document)
app.add_typer(check.check, name="check")
app.add_typer(document.document, name="document")


@app.callback(invoke_without_command=True)
def version(show: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    """Hegui (合规): duties, self-checks and reminders for enterprises, by chat."""
    if show:
        typer.echo(__version__)
        raise typer.Exit


def main() -> None:
    """Runs one command and ends with its exit code: 0 fine, 1 findings or refusal, 2 usage, 3 environment, 75 busy."""
    try:
        app()
    except HeguiError as problem:
        complain(sentence(problem))
        sys.exit(exit_code(problem))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as fault:
        if not (said := of_the_machine(fault)):
            raise
        complain(said)
        sys.exit(ENVIRONMENT)


def of_the_machine(fault: Exception) -> str | None:
    """One sentence for a fault of files or database; None for what is our own."""
    from sqlalchemy.exc import DBAPIError

    from hegui.foundation.logs import scrub

    match fault:
        case DBAPIError():
            return scrub(f"The database cannot be used: {fault.orig}.")
        case UnicodeDecodeError():
            return "A file is not written in UTF-8."
        case OSError():
            return scrub(f"{fault.filename or 'A file'} cannot be used: {fault.strerror}.")
        case _:
            return None


def exit_code(problem: HeguiError) -> int:
    from hegui.settings import WrongSettings

    match problem:
        case WrongSettings():
            return USAGE
        case AnotherInstance():
            return ANOTHER_INSTANCE
        case EnvironmentProblem():
            return ENVIRONMENT
        case _:
            return FINDINGS


def sentence(problem: HeguiError) -> str:
    """What is said on stderr: never a secret, never a traceback."""
    from hegui.foundation.logs import scrub

    if isinstance(problem, Refusal):
        from hegui.foundation.language.catalogue import Catalogue

        return Catalogue.load().say("en", problem.key, **problem.params)
    return scrub(str(problem))
