"""The one door of an import: what is in a file decides how it is read."""

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from supportq.errors import SupportqError, UsageError
from supportq.intake.lexicon import Lexicon
from supportq.intake.mailfiles import FORMATS, holds_mail, mail_format
from supportq.intake.reading import ImportOptions, Reading, open_inquiries
from supportq.intake.source import Source

if TYPE_CHECKING:
    from supportq.intake.mails import Mails

Opened: TypeAlias = "Reading | Mails"


def open_import(source: Source, options: ImportOptions, lexicon: Lexicon) -> Opened:
    """Return the mails or the rows of a source; raise SupportqError for what holds neither."""
    if source.members is not None or options.format in FORMATS:
        return _mails(source, options)
    if options.format is None and mail_format(source):
        return _mails(source, options)
    return open_inquiries(source, options, lexicon)


def _mails(source: Source, options: ImportOptions) -> "Mails":
    from supportq.intake.mails import Mails

    if source.members is not None:
        _check_folder(source, [holds_mail(member) for member in islice(source.members(), _LOOKED_AT)], options.format)
    return Mails(0 if source.members else source.size, source, options, [0])


def _check_folder(source: Source, are_mail: Sequence[bool], said: str | None) -> None:
    """Raise SupportqError for a folder without files, and for one of other files, unless it was said to be of mails."""
    if not are_mail:
        raise SupportqError(f"{source.name} holds no file", "name a mailbox, a Maildir or a folder of mails")
    if said is None and 2 * sum(are_mail) < len(are_mail):
        raise UsageError(
            f"{source.name} holds little mail: of the first {len(are_mail):,} files in it {sum(are_mail):,} are mails",
            "tables come in one at a time, tickets before their messages: name each file by itself",
            "take what mail there is: --from eml",
        )


_LOOKED_AT = 200
