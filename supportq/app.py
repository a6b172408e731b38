"""The command line: the table of commands, their start, and the one place where errors end."""

import gc
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from supportq.commands.entry import Entry
from supportq.errors import ExitCode, SupportqError

if TYPE_CHECKING:
    from supportq.desk import Desk
    from supportq.output.streams import Streams

VERSION = "0.1.0"

_SELDOM = 100_000
"""So many new objects bring the collector of garbage about: a run that makes fewer has none worth looking for."""


COMMANDS: tuple[Entry, ...] = (
    Entry("init", "Intake", "plain", "Create a queue file with teams, hours, SLA targets and canned replies."),
    Entry("demo", "Intake", "plain", "Make a throw-away queue from sample inquiries and show what supportq does."),
    Entry("log", "Intake", "writer", "Log an inquiry, what a customer said about a ticket, or a first word of ours."),
    Entry("import", "Intake", "writer", "Import inquiries; bad rows go to a reject file with line numbers."),
    Entry("deliver", "Intake", "writer", "Take in one mail from a mail server."),
    Entry("fetch", "Intake", "writer", "Fetch mail by IMAP."),
    Entry("triage", "Sort", "writer", "Walk untriaged tickets one key at a time, or apply rules and values at once."),
    Entry(
        "prioritise", "Sort", "writer", "Set a priority, or let the rules set it and say why.", aliases=("prioritize",)
    ),
    Entry("assign", "Sort", "writer", "Give tickets to an agent."),
    Entry("take", "Sort", "writer", "Give tickets to yourself."),
    Entry("drop", "Sort", "writer", "Give tickets back to nobody."),
    Entry("escalate", "Sort", "writer", "Hand tickets to the next line of support, or back."),
    Entry("set", "Sort", "writer", "Change any field of the selected tickets."),
    Entry("spam", "Sort", "writer", "Mark tickets as spam."),
    Entry("next", "Answer", "both", "Show the ticket that should be worked on now, and why."),
    Entry("reply", "Answer", "writer", "Write to the customer."),
    Entry("notify", "Answer", "writer", "Write to all customers concerned."),
    Entry("send", "Answer", "writer", "Send what waits in the outbox."),
    Entry(
        "outbox",
        "Answer",
        "plain",
        "Look after what waits to be sent.",
        inner=(
            Entry("list", "", "reader", "List what is not sent yet, was refused, or may have been sent."),
            Entry("show", "", "plain", "Show a mail of the outbox byte by byte, as it is sent or was."),
            Entry("cancel", "", "writer", "Take replies back that were not sent."),
            Entry("retry", "", "writer", "Let replies be sent once more."),
            Entry("confirm", "", "writer", "Say that replies arrived which may have been sent."),
        ),
    ),
    Entry("note", "Answer", "writer", "Add an internal note."),
    Entry("dismiss", "Answer", "writer", "Say that no reply is needed."),
    Entry("wait", "Answer", "writer", "Park tickets; they come back by themselves.", aliases=("snooze",)),
    Entry("resolve", "Answer", "writer", "Mark tickets as resolved."),
    Entry("close", "Answer", "writer", "Close tickets for good."),
    Entry("reopen", "Answer", "writer", "Open tickets again."),
    Entry("rate", "Answer", "writer", "Record what a customer thought of it."),
    Entry("list", "Look", "reader", "List open tickets, most urgent first.", aliases=("ls",)),
    Entry("show", "Look", "reader", "Show a ticket with its conversation and clocks."),
    Entry("search", "Look", "reader", "Search all text, newest or best first."),
    Entry("count", "Look", "reader", "Count tickets."),
    Entry("customer", "Look", "reader", "Show one customer's history over all channels."),
    Entry(
        "attachment",
        "Look",
        "plain",
        "Look at attachments; save them under safe names.",
        inner=(
            Entry("list", "", "reader", "List the attachments of tickets."),
            Entry("save", "", "plain", "Save attachments under names that are safe; nothing is ever overwritten."),
        ),
    ),
    Entry("breaches", "Watch", "reader", "Check tickets against their SLA."),
    Entry("watch", "Watch", "plain", "Keep a live board of what is late and due next."),
    Entry("report", "Watch", "reader", "Report on promises, times, flow, people and costs."),
    Entry("changes", "Past", "reader", "Show who changed what, and when."),
    Entry("undo", "Past", "both", "Take back the last command, or a named one."),
    Entry("redo", "Past", "both", "Put back what was undone."),
    Entry("export", "Data", "reader", "Export everything without loss, or tables, mails and pages."),
    Entry("backup", "Data", "plain", "Copy the queue safely while it is in use."),
    Entry("sql", "Data", "reader", "Run a read-only SQL query on documented views."),
    Entry(
        "config",
        "Set up",
        "plain",
        "Show or change the queue's settings, checked before they count.",
        inner=(
            Entry("show", "", "plain", "Show the settings in force, one value of them, or an earlier version."),
            Entry("edit", "", "writer", "Edit the settings; they count when they are right."),
            Entry("apply", "", "writer", "Apply a settings file."),
            Entry("set", "", "writer", "Change one value of the settings."),
            Entry("diff", "", "plain", "Show how a file, or an earlier version, differs from the settings in force."),
            Entry("check", "", "plain", "Check a settings file without applying it."),
            Entry("history", "", "reader", "Show who applied which version, when, and what changed by it."),
        ),
    ),
    Entry(
        "sla",
        "Set up",
        "plain",
        "Explain the promises: policies, clocks, every interval.",
        inner=(
            Entry("list", "", "reader", "List the policies with their targets."),
            Entry("why", "", "reader", "Explain the clocks of a ticket: policy, hours, intervals, pauses."),
            Entry("plan", "", "reader", "Try other settings on real history, and change nothing."),
            Entry("correct", "", "writer", "Say that a promise doesn't count, and why, for good."),
        ),
    ),
    Entry(
        "canned",
        "Set up",
        "plain",
        "Look at and try out canned replies.",
        inner=(
            Entry("list", "", "reader", "List the canned replies."),
            Entry("show", "", "plain", "Show the text of a canned reply."),
            Entry("render", "", "plain", "Show a canned reply as a ticket's customer would get it."),
        ),
    ),
    Entry(
        "rule",
        "Set up",
        "plain",
        "Look at and try out rules.",
        inner=(
            Entry("list", "", "reader", "List the rules in the order in which they are tried."),
            Entry("test", "", "reader", "Show what the rules would do to tickets, and change nothing."),
        ),
    ),
    Entry(
        "hours",
        "Set up",
        "plain",
        "Look at business hours, calculate with them, import holidays.",
        inner=(
            Entry("list", "", "reader", "List the hours, and the teams that go by them."),
            Entry("show", "", "reader", "Show hours, and what they are on each day of two weeks."),
            Entry("add", "", "reader", "Say when so much open time will have passed."),
            Entry("between", "", "reader", "Say how much open time lies between two moments."),
            Entry(
                "holidays",
                "",
                "plain",
                "List and import holidays.",
                inner=(
                    Entry("list", "", "reader", "List the holidays to come."),
                    Entry("import", "", "writer", "Add the holidays of a country or a calendar to hours."),
                ),
            ),
        ),
    ),
    Entry(
        "mail",
        "Set up",
        "plain",
        "Try the mail accounts; see how mail is doing.",
        inner=(
            Entry(
                "test", "", "reader", "Try the mail accounts: connect to their servers, sign in, and say what is wrong."
            ),
            Entry("status", "", "reader", "Show how mail goes: what waits to be sent, and when it was fetched last."),
        ),
    ),
    Entry(
        "preferences",
        "Set up",
        "plain",
        "Show or change your own choices.",
        inner=(
            Entry("show", "", "reader", "Show your preferences, and what each choice comes from."),
            Entry("edit", "", "plain", "Edit your preferences."),
            Entry("set", "", "plain", "Change one of your preferences."),
            Entry("unset", "", "plain", "Take back one of your preferences."),
        ),
    ),
    Entry("doctor", "Set up", "reader", "Check the queue and name the cure of each fault."),
    Entry("completion", "Set up", "plain", "Print the completion script of a shell."),
    Entry("help", "Set up", "plain", "Explain a command or a topic."),
)


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    gc.set_threshold(_SELDOM)
    try:
        sys.exit(_run_process(sys.argv[1:]))
    finally:
        gc.freeze()  # or the interpreter looks through everything once more on its way out


def _run_process(arguments: list[str]) -> int:
    if arguments in (["--version"], ["version"]):
        print(f"supportq {VERSION}")  # noqa: T201 - answered before anything is imported
        return ExitCode.DONE
    if arguments[:1] == ["__complete"]:
        from supportq.commands.complete import complete

        return complete(arguments[1:], COMMANDS)
    from supportq.output.streams import Streams

    return run(arguments, Streams.of_process())


def run(arguments: Sequence[str], streams: "Streams") -> int:
    """Run one command on these streams and return its exit code; no exception leaves it but with `--debug`."""
    if "deliver" in arguments:
        from supportq.commands.delivering import is_delivery, told_to_server

        if is_delivery(arguments):
            return told_to_server(_run([word for word in arguments if word != "--debug"], streams))
    return _run(arguments, streams)


def _run(arguments: Sequence[str], streams: "Streams") -> int:
    from supportq.desk import Desk

    desk = Desk(streams)
    try:
        return _answer(list(arguments), desk)
    except SupportqError as error:
        if desk.options.debug:
            raise
        return _failed(error, arguments, streams)
    except KeyboardInterrupt:
        streams.say("supportq: interrupted")
        return ExitCode.INTERRUPTED
    except Exception as error:
        if desk.options.debug or "--debug" in arguments:
            raise
        return _failed(_unforeseen(error, desk), arguments, streams)
    finally:
        desk.close()


def _answer(arguments: list[str], desk: "Desk") -> int:
    from dataclasses import replace
    from datetime import UTC

    from supportq.commands.tree import start
    from supportq.output.deliver import deliver

    outcome = start(arguments, desk, COMMANDS)
    streams = replace(desk.streams, colour=desk.options.color or desk.streams.colour)
    if desk.options.quiet:
        outcome = replace(outcome, notes=outcome.amiss)
    zone = desk.zone if outcome.table or outcome.page or desk.options.tz else UTC
    options = desk.options.for_reading()
    if outcome.paged and not desk.options.no_pager:
        options = replace(options, pager=desk.choices.pager().value)
    return deliver(outcome, options, streams, desk.now, zone)


def _failed(error: SupportqError, arguments: Sequence[str], streams: "Streams") -> int:
    from supportq.commands.monitored import is_monitored, report_unknown
    from supportq.output.errors import format_error

    if is_monitored(arguments):
        return report_unknown(error, streams)
    streams.say(format_error(error).rstrip("\n"))
    return error.exit_code


def _unforeseen(error: Exception, desk: "Desk") -> SupportqError:
    from supportq.store.faults import translated

    known = translated(error, desk.path, desk.busy_s)
    if isinstance(known, SupportqError):
        return known
    return SupportqError(
        f"something that nobody foresaw went wrong: {type(error).__name__}: {error}",
        "nothing half-done was kept; see where it happened: add --debug",
    )
