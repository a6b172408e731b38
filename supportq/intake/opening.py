"""The one door of an import: what is in its files decides how each is read, and which comes first."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from supportq.errors import SupportqError, UsageError, first_few
from supportq.intake.lexicon import Lexicon
from supportq.intake.mailfiles import FORMATS, holds_mail, mail_format
from supportq.intake.packed import is_table, spread
from supportq.intake.reading import ImportOptions, Reading, open_inquiries
from supportq.intake.source import Source
from supportq.values import dataclass

if TYPE_CHECKING:
    from supportq.intake.mails import Mails

Opened: TypeAlias = "Reading | Mails"


class Left(NamedTuple):
    """A file that is not read: its name, why, and what can be done about it."""

    name: str
    reason: str
    cures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """The files of one import in the order in which they are read, and what lay beside them, each with a reason."""

    readings: tuple[Opened, ...]
    left: tuple[Left, ...] = ()


@contextmanager
def open_batch(sources: Sequence[Source], options: ImportOptions, lexicon: Lexicon) -> Iterator[Batch]:
    """Lend what is in all these files, tickets before messages that go on with them.

    Raises SupportqError for a file that holds neither mail nor inquiries, and for an archive or a folder in which no
    file does; what lies in one beside others is left.
    """
    readings: list[Opened] = []
    left: list[Left] = []
    with ExitStack() as stack:
        for source in sources:
            if _holds_tables(source, options.format):
                members, others = stack.enter_context(spread(source, whatever=bool(options.format)))
                found, unread = _of_members(members, options, lexicon)
                left += [*(Left(name, "it is no table and no mail") for name in others), *unread]
                if not found:
                    told = first_few([f"{each.name}: {each.reason}" for each in left], between="; ")
                    raise SupportqError(f"{source.name} holds nothing that can be imported: {told}", *_cures_of(left))
                readings += found
            else:
                readings.append(_opened(source, options, lexicon, is_one_of_many=len(sources) > 1))
        yield Batch(tuple(_in_order(readings)), tuple(left))


def open_import(source: Source, options: ImportOptions, lexicon: Lexicon) -> Opened:
    """Return the mails or the rows of a source; raise SupportqError for what holds neither."""
    if source.members is not None or options.format in FORMATS:
        return _mails(source, options)
    if options.format is None and mail_format(source):
        return _mails(source, options)
    return open_inquiries(source, options, lexicon)


def _cures_of(left: Sequence[Left]) -> tuple[str, ...]:
    return next((each.cures for each in left if each.cures), ())


def _opened(source: Source, options: ImportOptions, lexicon: Lexicon, *, is_one_of_many: bool) -> Opened:
    try:
        return open_import(source, options, lexicon)
    except SupportqError as fault:
        if is_one_of_many and source.name not in fault.cause:
            fault.cause = f"{source.name}: {fault.cause}"
        raise


def _of_members(members: Iterable[Source], options: ImportOptions, lexicon: Lexicon) -> tuple[list[Opened], list[Left]]:
    readings, left = [], []
    for member in members:
        try:
            readings.append(open_import(member, options, lexicon))
        except UsageError:
            raise
        except SupportqError as fault:
            left.append(Left(member.name, fault.cause, fault.cures))
    return readings, left


def _in_order(readings: Sequence[Opened]) -> list[Opened]:
    """Return tickets first, then what goes on with them."""
    return sorted(readings, key=lambda reading: reading.goes_on)


def _mails(source: Source, options: ImportOptions) -> "Mails":
    from supportq.intake.mails import Mails

    if source.members is not None:
        _check_folder(source, [holds_mail(member) for member in islice(source.members(), _LOOKED_AT)], options.format)
    return Mails(0 if source.members else source.size, source, options, [0], [0])


def _holds_tables(source: Source, said: str | None) -> bool:
    """Tell whether a folder or an archive is one of tables: there is one, and most files are no mail."""
    if source.members is None or said in FORMATS:
        return False
    looked_at = [(is_table(member), holds_mail(member)) for member in islice(source.members(), _LOOKED_AT)]
    tables, mails = (sum(each) for each in zip(*looked_at, strict=True)) if looked_at else (0, 0)
    return bool(said) or (tables > 0 and 2 * mails < len(looked_at))


def _check_folder(source: Source, are_mail: Sequence[bool], said: str | None) -> None:
    """Raise SupportqError for a folder without files, and for one of other files, unless it was said to be of mails."""
    if not are_mail:
        raise SupportqError(f"{source.name} holds no file", "name a mailbox, a Maildir or a folder of mails or tables")
    if said is None and 2 * sum(are_mail) < len(are_mail):
        raise UsageError(
            f"{source.name} holds no table and little mail: of the first {len(are_mail):,} files in it "
            f"{sum(are_mail):,} are mails",
            "name the files by themselves",
            "take what mail there is: --from eml",
        )


_LOOKED_AT = 200
