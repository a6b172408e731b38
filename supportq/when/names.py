"""The English names of days and months, whatever the locale; and how months begin in files of other languages."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def find_name(word: str, names: tuple[str, ...]) -> int | None:
    """Return where a name stands in its list: in full or cut short, but not under three letters."""
    if len(word) < 3:
        return None
    return next((place for place, name in enumerate(names) if name.startswith(word.lower())), None)


FOREIGN_MONTHS = {
    prefix: place
    for place, prefixes in enumerate(
        (
            "ene janv sty",
            "fév fev lut",
            "mär",
            "abr avr kwi",
            "mai may maj",
            "juin cze",
            "juil lip",
            "ago aoû sie",
            "wrz set",
            "okt out paź",
            "lis",
            "dic dez déc gru",
        )
    )
    for prefix in prefixes.split()
}
"""Spanish, French, German, Polish and Portuguese, as far as they begin unlike the English ones."""


def find_month(word: str) -> int | None:
    """Return the place of a month that is written in full or cut short, in English or another language of files."""
    folded = word.casefold()
    foreign = (place for prefix, place in FOREIGN_MONTHS.items() if folded.startswith(prefix))
    return place if (place := find_name(folded, MONTHS)) is not None else next(foreign, None)
