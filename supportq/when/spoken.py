"""A moment in a customer's own words: Tuesday 11:00 CET, Dienstag 11:00 CET; by its date where it is far away."""

from datetime import datetime, timedelta, tzinfo

WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "cs": "pondělí úterý středa čtvrtek pátek sobota neděle",
    "da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "fi": "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "no": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "pl": "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
}
"""The days of the week from Monday on; whoever speaks another language is told the date alone."""

_MINUTE = timedelta(minutes=1)


def format_spoken(moment: datetime, zone: tzinfo, now: datetime, language: str) -> str:
    """Write a moment so that it is clear whenever it is read; a minute that has begun counts as a whole one."""
    local = (moment + (_MINUTE - timedelta(0, 1)) if moment.second else moment).astimezone(zone)
    days = WEEKDAYS.get(language.lower()[:2], "").split()
    is_near = (local.date() - now.astimezone(zone).date()).days < len(days)
    named = days[local.weekday()] if days else ""
    date = "" if is_near else f"{local:%Y-%m-%d}"
    offset = local.tzname() or ""
    return " ".join(filter(None, (named, date, f"{local:%H:%M}", offset if offset[:1].isalpha() else f"UTC{offset}")))
