"""What the doors take in, by hand: python tests/benchmark/doors.py [10000 100000 1000000].

Rows and mails a second and peak memory of imports, each beside others' work on the same file: sqlite-utils, a bare
`executemany` of the same rows, and the standard library's reading of the same mailbox, which stores nothing: as bytes,
and with headers and text decoded.
"""

import csv
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from inquiries import write_inquiries
from speed import BIN, PYTHON, found, on, say
from stopwatch import peak_mib

from supportq.mail.mbox import entry
from supportq.when import parse_stamp

BARE_ROWS = """
import csv, json, sqlite3, sys
rows = open(sys.argv[1], newline="", encoding="utf-8")
is_csv = sys.argv[1].endswith(".csv")
read = csv.reader(rows) if is_csv else (tuple(json.loads(line).values()) for line in rows)
first = next(read)
database = sqlite3.connect(sys.argv[2])
database.execute(f"create table inquiry ({', '.join(f'c{n} text' for n in range(len(first)))})")
statement = f"insert into inquiry values ({', '.join('?' * len(first))})"
with database:
    database.executemany(statement, read)
"""

BARE_MAILS = """
import mailbox, sys
for mail in mailbox.mbox(sys.argv[1]):
    mail["Subject"], mail["From"], mail.get_payload(decode=True)
"""

READ_MAILS = """
import email, mailbox, sys
from email.policy import default
read = lambda file: email.message_from_binary_file(file, policy=default)
for mail in mailbox.mbox(sys.argv[1], factory=read):
    mail["Subject"], mail["From"], mail["To"], mail["Date"], mail.get_body(("plain", "html")).get_content()
"""


def read_rows(rows: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV."""
    with rows.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def write_lines(rows: Path) -> Path:
    """Write the same rows as JSON lines."""
    path = rows.with_suffix(".jsonl")
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in read_rows(rows))
    return path


def write_mails(rows: Path) -> Path:
    """Write the same rows as mails, of which every fourth answers the one before."""
    path, sender = rows.with_suffix(".mbox"), ""
    with path.open("wb") as file:
        for number, row in enumerate(read_rows(rows)):
            at = parse_stamp(row["received"])
            mail = EmailMessage()
            sender = sender if number % 4 == 3 else f"{row['name']} <{row['email']}>"
            mail["From"], mail["To"] = sender, "desk@example.org"
            mail["Subject"], mail["Date"] = row["subject"], format_datetime(at)
            mail["Message-ID"] = f"<{number}@example.com>"
            if number % 4 == 3:
                mail["In-Reply-To"] = f"<{number - 1}@example.com>"
            mail.set_content(row["message"])
            file.write(entry(mail.as_bytes(), at))
    return path


def measure(file: Path, count: int, others: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Import a file into an empty queue, then let others work on it, and print each in one line."""
    queue = found(file.with_suffix(f"{file.suffix}.db"))
    took, memory = peak_mib(on(queue, "import", str(file)))
    say(f"import of {count:,} {file.suffix[1:]}", "", f"{count / took:,.0f} a second, {memory:.0f} MiB")
    for name, command in others:
        by_others, held = peak_mib(command)
        say(f"  {name}", f"{by_others / took:.2f} x", f"{count / by_others:,.0f} a second, {held:.0f} MiB")


def main() -> None:
    """Measure every door at every size."""
    for count in [int(word) for word in sys.argv[1:]] or [10_000, 100_000]:
        with tempfile.TemporaryDirectory() as name:
            rows = write_inquiries(Path(name) / "rows.csv", count)
            utils = str(BIN / "sqlite-utils")
            for file, flag in ((rows, "--csv"), (write_lines(rows), "--nl")):
                other = (utils, "insert", str(file.with_suffix(f"{file.suffix}.utils")), "rows", str(file), flag)
                bare = (PYTHON, "-c", BARE_ROWS, str(file), str(file.with_suffix(f"{file.suffix}.bare")))
                measure(file, count, (("sqlite-utils insert", other), ("executemany", bare)))
            mails = write_mails(rows)
            readers = (("mailbox, reading alone", BARE_MAILS), ("mailbox, decoded with policy.default", READ_MAILS))
            measure(mails, count, [(who, (PYTHON, "-c", script, str(mails))) for who, script in readers])


if __name__ == "__main__":
    main()
