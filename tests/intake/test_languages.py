"""The language of a text: told where its words tell it, and never wrongly."""

import csv
from collections import Counter
from importlib.resources import files

from supportq.intake.languages import language_of
from supportq.intake.words import LANGUAGES, parse_language


def test_the_inquiries_of_a_year_in_nine_languages_are_known_or_left_in_doubt_and_none_is_mistaken() -> None:
    table = files("supportq").joinpath("samples/inquiries.csv").read_text("utf-8").splitlines(keepends=True)
    said = [
        (parse_language(row["language"]), language_of(f"{row['subject']}\n{row['message']}"))
        for row in csv.DictReader(table, restval="")
        if row["language"] in LANGUAGES
    ]
    verdicts = Counter("right" if told == meant else "mistaken" if told else "in doubt" for meant, told in said)

    assert verdicts["mistaken"] == 0
    assert verdicts["right"] > 20 * verdicts["in doubt"]


def test_names_numbers_and_a_few_foreign_words_are_no_language() -> None:
    for text in ("", "4711", "Łukasz Żółć, ul. Długa 5, Łódź", "merci", "Invoice A-17 / Rechnung A-17", "ok", "de la"):
        assert language_of(text) == "", text
