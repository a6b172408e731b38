"""The demonstration: a queue of samples, a year of work on it, and what the commands say of it."""

import tempfile
from dataclasses import replace
from pathlib import Path

from supportq.commands.entry import Entry
from supportq.commands.tree import start
from supportq.desk import Desk, Options
from supportq.errors import SupportqError
from supportq.intake.opening import open_import
from supportq.intake.reading import ImportOptions
from supportq.intake.source import Source
from supportq.output.deliver import deliver
from supportq.output.outcome import Outcome
from supportq.settings.choices import login_name
from supportq.when import zone_named
from supportq.work.demo import YEAR, demo_settings, sample_inquiries, work_a_year
from supportq.work.init import Founding, create, founder


def demonstrate(desk: Desk, folder: Path | None, entries: tuple[Entry, ...]) -> Outcome:
    """Make the queue, and show commands at work on it, each under the line that one would type."""
    place = _made(folder)
    agent = founder(desk.named.value, login_name(desk.environment))
    demo = Desk(
        desk.streams, Options(queue=place / "demo.db", as_agent=agent.code, no_pager=True, now=desk.options.now)
    )
    demo.now, samples = desk.now, place / "inquiries.csv"
    desk.stack.callback(demo.close)
    founded = demo.now - YEAR
    create(demo.path, Founding(demo_settings(agent, founded), agent.code, founded))
    samples.write_text(sample_inquiries(demo.now), encoding="utf-8", newline="")
    _work(demo, samples)
    _show(demo, entries, "import", str(samples), "--triage")
    _show(demo, entries, "breaches", "-L", "8")
    _show(demo, entries, "report", "sla", "--since", "13w", "--by", "team")
    return Outcome(
        notes=("", f"The queue is {demo.path}; throw it away when you like. What to type next:", *_next(demo))
    )


def _made(folder: Path | None) -> Path:
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="supportq-demo-"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SupportqError(
            f"can't make {folder}: {error.strerror}", "choose another place: supportq demo FOLDER"
        ) from error
    return folder


def _show(demo: Desk, entries: tuple[Entry, ...], *words: str) -> None:
    """Run a command as if it had been typed, drawn for people wherever it goes."""
    said, demo.options = demo.options, replace(demo.options)
    demo.streams.say("", f"$ supportq {' '.join(words)}")
    outcome = start([*words], demo, entries)
    if outcome.touched is None:
        drawn = replace(demo.options.for_reading(), format="table")
        deliver(outcome, drawn, demo.streams, demo.now, demo.zone)
    else:
        demo.streams.say(*outcome.notes)
    demo.options = said


def _work(demo: Desk, samples: Path) -> None:
    demo.streams.say("... a year goes by: inquiries come in, colleagues answer and resolve most of them ...")
    options = ImportOptions(now=demo.now, zone=zone_named(demo.settings.zone))
    with samples.open("rb") as stream:
        reading = open_import(Source(str(samples), stream), options, demo.settings)
        work_a_year(demo.machine, reading.source, reading)
    demo.release()


def _next(demo: Desk) -> tuple[str, ...]:
    return (
        f"  export SUPPORTQ_QUEUE={demo.path} SUPPORTQ_AGENT={demo.agent}",
        "  supportq list      supportq next --why      supportq triage      supportq search parcel",
    )
