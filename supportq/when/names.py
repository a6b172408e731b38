"""The English names of days and months, whatever the locale."""

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
