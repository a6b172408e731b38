"""A file on its way in: what its columns are read as, and its rows one after another as inquiries or rejects."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from itertools import chain, groupby

from supportq.errors import SupportqError, UnknownWord
from supportq.intake.columns import Columns, map_columns
from supportq.intake.conversation import ENDING
from supportq.intake.csv import open_csv
from supportq.intake.custom import checks
from supportq.intake.dated import with_moments
from supportq.intake.document import is_document, open_document
from supportq.intake.fields import Field
from supportq.intake.identity import Identities
from supportq.intake.inquiry import Entry, Interpreter, Reject
from supportq.intake.jsonl import open_jsonl
from supportq.intake.lexicon import Lexicon
from supportq.intake.mailfiles import FORMATS as MAIL_FORMATS
from supportq.intake.profile import Profile
from supportq.intake.recognition import Recognised, check_chosen, looking_like, recognise
from supportq.intake.source import Source
from supportq.intake.spreadsheet import SUFFIXES, is_spreadsheet, open_spreadsheet
from supportq.intake.survey import Survey, survey
from supportq.intake.table import Row, Table
from supportq.intake.times import Times
from supportq.intake.unfolding import in_order_of_time, parents_first, unfolded
from supportq.intake.words import Vocabulary, Words, is_nothing, vocabulary
from supportq.model.ticket import Status
from supportq.values import dataclass

FORMATS = ("csv", "tsv", "jsonl", "json", "xlsx")
_SUFFIXES = {".csv": "csv", ".tsv": "tsv", ".tab": "tsv"} | dict.fromkeys(SUFFIXES, "xlsx")


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person may say about a file.

    `zone` is that of times which name none, `mapping` pairs columns with fields, `key` is the column of the keys,
    `source` the desk that it is of, where two of one system have the same numbers. `day_first` decides about dates that
    don't tell it themselves. With `explain` a file that can't be imported is opened all the same, to be looked at.
    """

    now: datetime
    zone: tzinfo
    format: str | None = None
    profile: str | None = None
    mapping: tuple[tuple[str, str], ...] = ()
    key: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    source: str | None = None
    day_first: bool | None = None
    explain: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was looked over and can be read; each iteration starts from its top.

    `words` says what its words mean, and which of those that were read mean nothing here. `refers_to` is the source of
    the tickets that it speaks of, where that is another file's; `lost` are those of them that are nowhere.
    """

    recognised: Recognised
    columns: Columns
    table: Table
    survey: Survey
    words: Vocabulary
    total_bytes: int
    _zoneless: dict[str, bool]
    _file: Source
    _lexicon: Lexicon
    _options: ImportOptions
    refers_to: str = ""
    lost: frozenset[str] = frozenset()

    @property
    def fault(self) -> SupportqError | None:
        """Return why the file can't be imported, if so."""
        return self.columns.fault or self.survey.fault

    @property
    def unit(self) -> str:
        """Return what one of the things that are read is called: what is said of a ticket in several is a message."""
        return "message" if self.recognised.profile.is_foreign and self.columns.of(Field.THREAD) else "row"

    @property
    def goes_on(self) -> bool:
        """Tell whether its rows go on with tickets, which another file may have."""
        profile = self.recognised.profile
        is_thread = not profile.is_foreign and bool(self.columns.of(Field.THREAD))
        return profile.follows or profile.by_message or profile.in_any_order or is_thread

    @property
    def headers(self) -> tuple[str, ...]:
        """Return what stands above the rows in the file."""
        return self.table.header or self.table.columns

    @property
    def source(self) -> str:
        """Return the name under which its rows are known again."""
        return self._options.source or self.recognised.source

    @property
    def is_of_named_desk(self) -> bool:
        """Tell whether a person said of which desk it is."""
        return bool(self._options.source)

    @property
    def position(self) -> int:
        """Return how many bytes were read so far."""
        return self._file.stream.tell()

    @property
    def name(self) -> str:
        """Return what the file is called."""
        return self._file.name

    @property
    def zone(self) -> tzinfo:
        """Return the zone of the times that name none."""
        return self._options.zone

    @property
    def zoneless(self) -> tuple[str, ...]:
        """Return the columns of which a time was taken so far that names no zone."""
        return tuple(header for header, was_taken in self._zoneless.items() if was_taken)

    def __iter__(self) -> Iterator[Entry | Reject]:
        interpreter = Interpreter(
            self.columns,
            self.words,
            checks(self._lexicon.fields),
            Times(self._options.now, self._options.zone, self.survey.dates, self._zoneless),
            Identities(self.survey.suspects),
        )
        rows = self.table.rows()
        if self.recognised.profile.unfold is None:
            return map(interpreter.read, rows)
        return chain.from_iterable(_whole(map(interpreter.read, told)) for _, told in groupby(rows, key=_record_of))


def open_inquiries(source: Source, options: ImportOptions, lexicon: Lexicon) -> Reading:
    """Look the whole file over and say how it will be read; raise SupportqError where it can't be."""
    found = _open_table(source, options)
    recognised = recognise(found.columns, options.profile, lexicon.import_profiles)
    check_chosen(recognised, found.columns, source.name)
    found = _translated(found, recognised.profile)
    if not recognised.profile.is_foreign:
        found = with_moments(found, options.now)
    table = unfolded(found, recognised.profile.unfold) if recognised.profile.unfold else found
    chosen = [*options.mapping, (options.key, Field.KEY)] if options.key else options.mapping
    titles = {code: field.title for code, field in lexicon.fields.items()}
    known, saved = recognised.profile, recognised.saved
    columns = map_columns(table.columns, known=known, chosen=chosen, saved=saved, custom=titles)
    if columns.fault and not options.explain:
        raise columns.fault if known.is_foreign else looking_like(columns.fault, found.columns)
    words = vocabulary(lexicon, known)
    table = _ordered(table, columns, known, words.statuses)
    surveyed = survey(table, columns, day_first=options.day_first)
    if surveyed.fault and not options.explain:
        raise surveyed.fault
    return Reading(
        recognised=recognised,
        columns=columns,
        table=table,
        survey=surveyed,
        words=words,
        total_bytes=source.size,
        _zoneless=dict.fromkeys(surveyed.zoneless, False),
        _file=source,
        _lexicon=lexicon,
        _options=options,
    )


def _record_of(row: Row) -> tuple[int, int]:
    return row.line, row.number


def _whole(told: Iterator[Entry | Reject]) -> Sequence[Entry | Reject]:
    """Return what one record tells; where a part of it can't be taken, all of it is one reject."""
    parts = list(told)
    rejects = [part for part in parts if isinstance(part, Reject)]
    if not rejects:
        return parts
    reasons = dict.fromkeys(reject.reason for reject in rejects)
    return [rejects[0]._replace(reason=". ".join(reasons))]


def _translated(table: Table, profile: Profile) -> Table:
    """Return the rows under headers in the language of the profile; as they are kept, they have their own."""
    columns = profile.translated(table.columns)
    return table if columns == table.columns else replace(table, columns=columns, header=table.header or table.columns)


def _ordered(table: Table, columns: Columns, known: Profile, statuses: Words[Status | None]) -> Table:
    """Return the rows so that each conversation is told from its beginning to its end."""
    place = {column.target.field: column.index for column in columns}
    if known.in_any_order:
        return parents_first(table, place[Field.KEY], place[Field.THREAD])
    if known.by_message and Field.AT in place and Field.THREAD in place:
        ending = {column.index for column in columns.of(*map(Field, ENDING))}
        return in_order_of_time(table, place[Field.AT], place[Field.THREAD], ending, _unknown(place, statuses))
    return table


def _unknown(place: Mapping[Field, int], statuses: Words[Status | None]) -> Callable[[Row], bool]:
    """Return what tells whether a row names a status that nobody knows."""
    status = place.get(Field.STATUS)
    if status is None:
        return lambda _: False
    return lambda row: not (is_nothing(word := row.cells[status].strip()) or statuses.find(word))


def _open_table(source: Source, options: ImportOptions) -> Table:
    match _format(source, options.format):
        case "xlsx":
            return open_spreadsheet(source)
        case "json":
            return open_document(source, encoding=options.encoding)
        case "jsonl":
            return open_jsonl(source, encoding=options.encoding)
        case "tsv":
            return open_csv(source, encoding=options.encoding, delimiter=options.delimiter or "\t")
        case _:
            return open_csv(source, encoding=options.encoding, delimiter=options.delimiter)


def _format(source: Source, named: str | None) -> str:
    if named and named not in FORMATS:
        raise UnknownWord("import format", named, (*FORMATS, *MAIL_FORMATS))
    if named or source.suffix in _SUFFIXES:
        return named or _SUFFIXES[source.suffix]
    if source.suffix in {".jsonl", ".ndjson"}:
        return "json" if source.head(1) == b"[" else "jsonl"
    if source.suffix == ".json" or source.head(1) in {b"{", b"["}:
        return "json" if is_document(source) else "jsonl"
    return "xlsx" if is_spreadsheet(source) else "csv"
