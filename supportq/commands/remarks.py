"""What is remarked about how files were read: the form of each, and what a person may want to be read otherwise."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from json import dumps
from shlex import quote

from supportq.errors import first_few
from supportq.intake.fields import Field
from supportq.intake.opening import Opened
from supportq.intake.reading import Reading
from supportq.intake.recognition import resembled
from supportq.model.text import tokens
from supportq.model.title import cut
from supportq.work.rate import LOW

KEY = 24
"""So many letters of a key or a name are shown."""

_HINTED = 3


def remarks(readings: Sequence[Opened], *, is_news: bool = True) -> Iterator[str]:
    """Yield what there is to say of each file, by its name where there are several; of old news, how it was read."""
    has_words = any(
        isinstance(reading, Reading) and reading.goes_on and reading.columns.of(Field.BODY) for reading in readings
    )
    for reading in readings:
        told = chain(_form(reading), _sheets(reading), _zones(reading), _undated(reading))
        silence = () if has_words else _silence(reading)
        news = chain(silence, _tickets(reading)) if is_news else ()
        yield from (f"{naming(reading, readings)}{line}" for line in chain(told, news))
    if is_news:
        yield from chain(_unrated(readings), _low(readings))
        yield from _strangers(readings)


def naming(reading: Opened, readings: Sequence[Opened]) -> str:
    """Return the beginning of a line that is about one file of several."""
    return f"{reading.name}: " if len(readings) > 1 else ""


def doubts(unsure: Iterable[Counter[str]]) -> Iterator[str]:
    """Say how many messages may have been answers, or not, and whose: nobody knows when anything was answered."""
    by_author = sum(unsure, Counter())
    if not (count := by_author.total()):
        return
    told = "1 message became a note" if count == 1 else f"{count:,} messages became notes"
    they = "it" if count == 1 else "they"
    yield f"{told}: the file doesn't say whether {they} answered the customer, so what {they} may have answered has no data"
    if names := [cut(name, KEY) for name, _ in by_author.most_common() if name]:
        known = "is" if len(names) == 1 else "are"
        yield f"  by {first_few(names, between=', ')}, who {known} no agent here"


def _form(reading: Opened) -> Iterator[str]:
    if not isinstance(reading, Reading):
        return
    profile = reading.recognised.profile
    if profile.is_foreign:
        missing = profile.missing(reading.headers)
        without = f", though without {first_few(missing, between=', ')}" if missing else ""
        yield f"read as {profile.title}{without} (why: --explain)"
    elif like := resembled(reading.headers):
        lacking = first_few(like.profile.missing(reading.headers), between=", ")
        yield f"read as any table, but it looks like {like.profile.title}, without {lacking}"
        yield f"  if it is that, its tickets are only known again as such: --profile {like.name} (once imported, undo first)"


def _tickets(reading: Opened) -> Iterator[str]:
    if reading.refers_to:
        yield f"its messages go on with tickets of {reading.refers_to}; if they are of another desk: --source NAME"


def _sheets(reading: Opened) -> Iterator[str]:
    if unread := reading.table.unread:
        yield f"only the sheet {reading.table.sheet} was read, not {first_few(unread, between=', ')}: save each as CSV to import it too"


def _zones(reading: Opened) -> Iterator[str]:
    if isinstance(reading, Reading) and reading.zoneless:
        columns = ", ".join(reading.zoneless)
        yield f"times without a zone in {columns} were read as {reading.zone} (another: --tz ZONE)"


def _undated(reading: Opened) -> Iterator[str]:
    """Say how many rows come in as of this moment since they name none, which falsifies what is counted by days."""
    if not isinstance(reading, Reading):
        if reading.timeless:
            mails = "1 mail names" if reading.timeless == 1 else f"{reading.timeless:,} mails name"
            yield f"{mails} no time that can be read, nor does the mailbox: read as come in now"
        return
    undated = reading.survey.undated
    if not undated:
        return
    rows = "1 row names" if undated == 1 else f"{undated:,} rows name"
    if at := reading.columns.of(Field.AT):
        yield f'{rows} no time in "{at[0].header}": read as come in now (once imported, undo and fill it in)'
    else:
        yield 'no column was read as when it came in, so all came in now: --map "COLUMN=at" (once imported, undo first)'


def _silence(reading: Opened) -> Iterator[str]:
    """Say that nothing of a table of any form was read as the words of a message, which a second import can't add."""
    if (
        isinstance(reading, Reading)
        and not reading.recognised.profile.is_foreign
        and not reading.columns.of(Field.BODY)
    ):
        yield 'no column was read as the message; if one is: --map "COLUMN=body" (once imported, undo first)'


def _unrated(readings: Iterable[Opened]) -> Iterator[str]:
    """Name the words that stand where ratings do and are none, since without them the figures would be others."""
    unknown = [word for reading in readings if isinstance(reading, Reading) for word in reading.words.ratings.unknown]
    if names := list(dict.fromkeys(unknown)):
        told = first_few([cut(name, KEY) for name in names], between=", ")
        yield f"no rating is called so here, so kept as facts that count nowhere: {told} (1 to 5 does)"


def _low(readings: Iterable[Opened]) -> Iterator[str]:
    """Say that nobody is asked to get back to those who rated low at another desk, and how to find them."""
    rated = [reading for reading in readings if isinstance(reading, Reading) and _has_low(reading)]
    if rated:
        yield "low ratings of a file are history, so they ask for no follow-up; who gave them:"
        yield from dict.fromkeys(f"  supportq list {quote(f'source:{each.source}')} rating:..{LOW}" for each in rated)


def _has_low(reading: Reading) -> bool:
    return any(rating is not None and rating <= LOW for rating in reading.words.ratings.values())


def _strangers(readings: Iterable[Opened]) -> Iterator[str]:
    """Name the agents and teams that the settings lack, and how to have them, and how they get what is theirs then."""
    spoken = [reading.words for reading in readings if isinstance(reading, Reading)]
    agents = [name for words in spoken for name in (*words.agents.unknown, *words.authors.unknown)]
    teams = [name for words in spoken for name in words.teams.unknown]
    for what, unknown in (("agent", agents), ("team", teams)):
        if names := list(dict.fromkeys(unknown)):
            told = first_few([cut(name, KEY) for name in names], between=", ")
            yield f"not known here, so kept as facts: the {what}{'s' * (len(names) > 1)} {told}"
            for name in names[:_HINTED]:
                is_known = any(words.agents.find(_code(_called(name))) for words in spoken)
                yield f"  to have it: {_way_to_have(what, name, is_known=is_known)}"
    if agents or teams:
        yield "  once imported, they get what is theirs by the same import with --on-duplicate update"


def _way_to_have(what: str, name: str, *, is_known: bool) -> str:
    """Return how the settings get an agent or a team of that name, or an agent of that address; one may lack that."""
    called = _called(name) if what == "agent" else name
    code = _code(called) or "NAME"
    value = called if tokens(called) and not called[0].isdigit() else dumps(called, ensure_ascii=False)
    naming = f"supportq config set {what}s.{code}.name {quote(value)}"
    if called == name:
        return naming
    addressing = f"supportq config set {what}s.{code}.email {quote(name.rpartition('<')[2].rstrip('>'))}"
    return addressing if is_known else f"{naming} && {addressing}"


def _code(called: str) -> str:
    return "-".join(tokens(called))


def _called(name: str) -> str:
    """Return what somebody is called who is named with an address, or by that alone."""
    return (name.partition(" <")[0] if name.endswith(">") else name).partition("@")[0]
