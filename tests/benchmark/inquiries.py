"""Believable inquiries in any number, the same for the same number: five languages, few open, some threads."""

import csv
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

END = datetime(2026, 11, 20, 12, tzinfo=UTC)
OPEN_SHARE = 0.046
SUBJECTS = ("Order", "Invoice", "Zamówienie", "Rechnung", "Pasūtījums", "Счёт", "Login", "Password", "Refund", "Parcel")
WORDS = (
    *("please", "help", "where", "is", "my", "parcel", "since", "monday", "it", "says", "delivered", "but", "nothing"),
    *("the", "app", "shows", "an", "error", "after", "update", "paczka", "zaginęła", "proszę", "o", "zwrot"),
    *("das", "Paket", "fehlt", "seit", "Montag", "bitte", "um", "Antwort", "rēķins", "nav", "pareizs", "lūdzu"),
    *("посылка", "не", "пришла", "помогите", "пожалуйста", "счёт", "неверный", "thank", "you", "kind", "regards"),
)
CHANNELS = ("email", "phone", "chat", "form", "whatsapp", "counter")
HEADER = ("ref", "received", "channel", "name", "email", "subject", "message", "status", "priority", "tags")


def write_inquiries(path: Path, count: int, *, all_open: bool = False, open_count: int | None = None) -> Path:
    """Write a CSV of `count` inquiries over two years, the newest last; 4.6 % are open unless all or so many are."""
    chance = random.Random(count)  # noqa: S311 - the same numbers each time are wanted
    chosen = None if open_count is None else set(random.Random(count).sample(range(count), open_count))  # noqa: S311
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(count):
            at = END - timedelta(seconds=(count - number) * (2 * 365 * 86_400 // count))
            customer = chance.randrange(max(1, count // 4))
            is_open = all_open or chance.random() < OPEN_SHARE if chosen is None else number in chosen
            writer.writerow(
                (
                    f"B-{number}",
                    at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                    chance.choice(CHANNELS),
                    f"Customer {customer}",
                    f"c{customer}@example.com",
                    f"{chance.choice(SUBJECTS)} {number}",
                    " ".join(chance.choices(WORDS, k=30)),
                    "new" if is_open else "resolved",
                    chance.choice(("low", "normal", "normal", "high", "urgent")),
                    chance.choice(("", "", "vip", "parcel")),
                )
            )
    return path
