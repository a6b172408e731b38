"""The sample desk: a believable year in nine languages, and dirty exactly where the table says."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from supportq.model.channel import Channel

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "inquiries.csv"
PACKAGED = ROOT / "supportq" / "samples" / "inquiries.csv"

HEADER = "ref,received,channel,name,email,phone,organisation,language,subject,message,thread,tags,order"
COLUMNS = HEADER.split(",")
CHANNELS = set(Channel) - {Channel.OTHER}

Row = dict[str, str]


class Fault(StrEnum):
    """Why a row can't be taken."""

    TOO_FEW_CELLS = "too few cells"
    TOO_MANY_CELLS = "too many cells"
    IMPOSSIBLE_DATE = "a date that no calendar has"
    AMBIGUOUS_DATE = "day and month in an order that can't be known"
    NOT_A_DATE = "words where a moment should be"
    UNKNOWN_CHANNEL = "a channel that the desk doesn't have"
    NO_TEXT = "neither subject nor message"
    NO_CUSTOMER = "neither name nor email nor phone"
    MALFORMED_EMAIL = "an email address that can't exist"
    REPEATED_REF = "a ref that an earlier row has, with other content"
    NUL_BYTE = "a NUL byte in the text"


DIRTY = {
    51: Fault.UNKNOWN_CHANNEL,
    116: Fault.MALFORMED_EMAIL,
    141: Fault.NO_CUSTOMER,
    172: Fault.TOO_FEW_CELLS,
    196: Fault.TOO_FEW_CELLS,
    213: Fault.REPEATED_REF,
    266: Fault.IMPOSSIBLE_DATE,
    291: Fault.NO_TEXT,
    337: Fault.TOO_MANY_CELLS,
    363: Fault.AMBIGUOUS_DATE,
    436: Fault.NOT_A_DATE,
    497: Fault.NUL_BYTE,
}

FAULTS: dict[Fault, Callable[[Row], bool]] = {
    Fault.IMPOSSIBLE_DATE: lambda row: row["received"][:4].isdigit() and not is_moment(row["received"]),
    Fault.AMBIGUOUS_DATE: lambda row: "/" in row["received"],
    Fault.NOT_A_DATE: lambda row: re.search(r"\d", row["received"]) is None,
    Fault.UNKNOWN_CHANNEL: lambda row: row["channel"] not in CHANNELS,
    Fault.NO_TEXT: lambda row: not row["subject"] + row["message"],
    Fault.NO_CUSTOMER: lambda row: not row["name"] + row["email"] + row["phone"],
    Fault.MALFORMED_EMAIL: lambda row: re.fullmatch(r"([^@\s]+@[^@\s]+\.[^@\s]+)?", row["email"]) is None,
    Fault.NUL_BYTE: lambda row: "\0" in row["message"],
}


def is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def records() -> Iterator[tuple[int, list[str]]]:
    with EXAMPLE.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        line = 1
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1


def fault_of(cells: list[str]) -> Fault | None:
    if len(cells) < len(COLUMNS):
        return Fault.TOO_FEW_CELLS
    if len(cells) > len(COLUMNS):
        return Fault.TOO_MANY_CELLS
    row = dict(zip(COLUMNS, cells, strict=True))
    return next((fault for fault, has_fault in FAULTS.items() if has_fault(row)), None)


def faults() -> dict[int, Fault]:
    _, *rows = records()
    found: dict[int, Fault] = {}
    refs: set[str] = set()
    for line, cells in rows:
        fault = Fault.REPEATED_REF if cells[0] and cells[0] in refs else fault_of(cells)
        if fault:
            found[line] = fault
        refs.add(cells[0])
    return found


def inquiries() -> list[Row]:
    _, *rows = records()
    return [dict(zip(COLUMNS, cells, strict=True)) for line, cells in rows if line not in DIRTY]


def received(row: Row) -> datetime:
    return datetime.fromisoformat(row["received"])


def sentences(text: str) -> list[str]:
    parts = re.split(r"(?<=[.!?…])[\s»”\")]+|[\r\n]+", text.casefold())
    return [part.strip() for part in parts if part.strip()]


def test_the_package_ships_the_same_inquiries_as_the_examples() -> None:
    assert PACKAGED.read_bytes() == EXAMPLE.read_bytes()


def test_rows_end_plainly_but_messages_may_keep_the_line_ends_of_their_form() -> None:
    content = EXAMPLE.read_bytes()

    assert content.startswith(f"{HEADER}\n".encode())
    assert sum("\r\n" in row["message"] for row in inquiries()) >= 5
    assert not any(row["order"].endswith("\r") for row in inquiries())


def test_rows_are_dirty_where_the_table_says_and_nowhere_else() -> None:
    assert faults() == DIRTY


def test_there_are_more_inquiries_than_a_screen_can_hold() -> None:
    assert len(inquiries()) >= 330


def test_no_two_sentences_are_alike() -> None:
    seen = Counter(sentence for row in inquiries() for sentence in sentences(row["message"]))

    assert [sentence for sentence, count in seen.items() if count > 1] == []


def test_customers_write_in_their_own_letters() -> None:
    letters = {
        "pl": "ąęłżś",
        "de": "äöüß",
        "lv": "āēīļņ",
        "ru": "ыэ",
        "uk": "їє",
        "fr": "éèç",
        "es": "ñ¿",
        "cs": "ěřů",
    }
    written: defaultdict[str, str] = defaultdict(str)
    for row in inquiries():
        written[row["language"]] += row["message"]

    assert set(written) == {"en", *letters}
    assert {language for language, signs in letters.items() if not set(signs) <= set(written[language])} == set()


def test_customers_come_back_over_other_channels() -> None:
    channels: defaultdict[str, list[str]] = defaultdict(list)
    for row in inquiries():
        channels[row["email"] or row["phone"] or row["name"]].append(row["channel"])
    regulars = [used for used in channels.values() if len(used) >= 3]

    assert len(regulars) >= 35
    assert sum(len(set(used)) > 1 for used in regulars) >= 20


def test_every_channel_is_used() -> None:
    assert {row["channel"] for row in inquiries()} == CHANNELS


def test_a_thread_continues_an_earlier_inquiry_of_the_same_customer() -> None:
    earlier: dict[str, str] = {}
    for row in inquiries():
        assert not row["thread"] or earlier[row["thread"]] == row["name"]
        earlier[row["ref"]] = row["name"]

    assert sum(bool(row["thread"]) for row in inquiries()) >= 45


def test_the_year_has_a_winter_peak_and_a_quiet_summer() -> None:
    moments = [received(row) for row in inquiries()]
    months = Counter(moment.month for moment in moments)

    assert moments == sorted(moments)
    assert [str(moment.date()) for moment in (moments[0], moments[-1])] == ["2025-11-20", "2026-11-20"]
    assert months[11] + months[12] + months[1] > 3 * (months[7] + months[8])


def test_moments_carry_the_offset_of_berlin() -> None:
    berlin = ZoneInfo("Europe/Berlin")

    for row in inquiries():
        assert received(row).astimezone(berlin).isoformat() == row["received"]


def test_most_customers_keep_office_hours() -> None:
    moments = [received(row) for row in inquiries()]
    in_hours = sum(moment.weekday() < 5 and 8 <= moment.hour < 18 for moment in moments)

    assert 0.7 <= in_hours / len(moments) <= 0.9


def test_no_address_or_number_can_be_anybodys() -> None:
    nobodys_mail = re.compile(r".+@(example\.(com|net|org)|[\w.-]+\.example)|")
    nobodys_phone = re.compile(
        r"\+49 1555 \d{7}|\+44 7700 900\d{3}|\+48 500 000 \d{3}|\+371 2000 \d{4}|\+33 6 39 98 \d\d \d\d"
        r"|01632 960\d{3}|030 23125 \d{3}|"
    )

    assert [row["email"] for row in inquiries() if not nobodys_mail.fullmatch(row["email"])] == []
    assert [row["phone"] for row in inquiries() if not nobodys_phone.fullmatch(row["phone"])] == []


def test_hostile_text_is_among_the_good_rows() -> None:
    text = "".join(row["subject"] + row["message"] for row in inquiries())

    assert all(sign in text for sign in ("\x1b[31m", "\x1b]8;;", "\u202e", "[bold", "=HYPERLINK("))
