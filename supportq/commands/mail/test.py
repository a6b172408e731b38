"""supportq mail test."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from supportq.desk import Desk
from supportq.errors import ExitCode
from supportq.model.table import Column, Row, Table
from supportq.output.outcome import Outcome

if TYPE_CHECKING:
    from supportq.work.mail import Trial

EXAMPLES = """
supportq mail test
supportq mail test sales -f json
"""

_COLUMNS = (
    Column("account", "Account"),
    Column("protocol", "Protocol"),
    Column("server", "Server"),
    Column("works", "Works"),
    Column("how", "How", wide=True),
)


def test(
    context: typer.Context,
    accounts: Annotated[list[str] | None, typer.Argument(help="Which accounts; all if left out.")] = None,  # noqa: PT028 - no test
) -> Outcome:
    """Try the mail accounts: connect to their servers, sign in, and say what is wrong.

    All are tried at once. A server that sends is asked whether it takes mail from the account's address. Nothing is
    sent, and no mail on a server changes.
    """
    from supportq.output.errors import format_error
    from supportq.output.progress import progress
    from supportq.settings.secrets import Secrets
    from supportq.work.mail import accounts_named, try_accounts

    desk: Desk = context.obj
    secrets = Secrets(desk.preferences, desk.environment)
    trials = []
    with progress("trying", None, desk.streams) as report:
        for trial in try_accounts(accounts_named(desk.settings, accounts or ()), secrets):
            trials.append(trial)
            report(len(trials), 0)
    amiss = tuple(dict.fromkeys(format_error(trial.fault).rstrip("\n") for trial in trials if trial.fault))
    return Outcome(
        table=Table(_COLUMNS, _rows(trials)),
        notes=amiss,
        amiss=amiss,
        exit_code=ExitCode.FAILED if amiss else ExitCode.DONE,
    )


def _rows(trials: "Iterable[Trial]") -> "Iterator[Row]":
    for trial in trials:
        how = trial.fault.cause.removeprefix(f"{trial.place}: ") if trial.fault else trial.privacy
        yield trial.account, trial.protocol, trial.place, "no" if trial.fault else "yes", how
