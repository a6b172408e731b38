"""A reply given: to a ticket that may have changed since the agent looked, and as a mail where one is wanted."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from supportq.commands.looks import look_at, looks, told_since
from supportq.desk import Desk
from supportq.errors import SupportqError, UsageError
from supportq.output.outcome import Outcome
from supportq.store.change import Done
from supportq.work.manner import Manner
from supportq.work.reply import TooEarly, reply
from supportq.work.seen import CameIn


def give(desk: Desk, texts: Mapping[int, str], manner: Manner) -> Done:
    """Record a reply; where something came in since the agent looked, show it, and ask or refuse."""
    seen = {} if desk.options.yes else looks(desk).of(texts)
    while True:
        try:
            done = reply(desk.writer, texts, manner, seen)
        except CameIn as news:
            desk.streams.say(*told_since(desk, news))
            if not desk.can_ask:
                raise
            desk.confirm(f"{news.number} changed since you looked at it")
            seen |= {news.number: news.arrived[-1].event.id}
            desk.release()
            continue
        except TooEarly as error:
            raise UsageError(error.cause, f"name that moment or a later one: --at {_exact(desk, error)}") from error
        if not desk.options.dry_run:
            look_at(desk, done.touched)
        return done


def mail_for(desk: Desk, texts: Mapping[int, str], manner: Manner) -> tuple[str, bytes]:
    """Return a reply as a mail, after its Message-ID; raise SupportqError where no mail can carry it."""
    from supportq.mail.writing import write_letter
    from supportq.work.letter import letter_of

    ((number, text),) = texts.items()
    letter = letter_of(desk.writer, number, text, manner)
    return letter.message_id, write_letter(letter)


def check_new(desk: Desk, path: Path) -> None:
    """Raise UsageError where no new file can be made: a mail never takes the place of another."""
    from supportq.store.spared import spare_databases

    spare_databases(path, desk.path, "--eml")
    if str(path) != "-" and (path.exists() or not path.parent.is_dir()):
        why = "is there already" if path.exists() else "is in a folder that is not there"
        raise UsageError(f"{path} {why}, and nothing was written", "choose another name: --eml FILE")


def posted(outcome: Outcome, mail: bytes, path: Path) -> Outcome:
    """Write a mail to a file, or to stdout for `-`, and say so."""
    if str(path) == "-":
        return replace(outcome, text=mail.decode("ascii", "surrogateescape"), raw=True)
    try:
        with path.open("xb") as file:
            file.write(mail)
    except OSError as error:
        raise SupportqError(
            f"the reply is recorded, but {path} can't be written: {error.strerror}",
            "see it: supportq show @",
        ) from error
    return replace(outcome, notes=(*outcome.notes, f"Mail, ready to send: {path}"))


def _exact(desk: Desk, error: TooEarly) -> str:
    from supportq.when import format_exact

    return format_exact(error.created_at.astimezone(desk.zone))
