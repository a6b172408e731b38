"""The one door of an import: what is in a file decides how it is read."""

from typing import TYPE_CHECKING, TypeAlias

from supportq.errors import SupportqError
from supportq.intake.lexicon import Lexicon
from supportq.intake.mailfiles import FORMATS, mail_format
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

    if source.members is not None and next(source.members(), None) is None:
        raise SupportqError(f"{source.name} holds no file", "name a mailbox, a Maildir or a folder of mails")
    return Mails(0 if source.members else source.size, source, options, [0])
