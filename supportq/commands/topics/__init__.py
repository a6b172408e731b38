"""What `supportq help TOPIC` explains: one module for each topic, each with a PAGE of sections."""

from importlib import import_module

from supportq.commands.section import Rows, Section
from supportq.errors import UnknownWord

TITLES = {
    "filters": "How to choose tickets.",
    "dates": "How to write moments, spans and ranges.",
    "formats": "How answers can be written.",
    "exit-codes": "What a command tells the shell.",
    "environment": "What the environment says to supportq.",
    "cron": "How to run supportq without anybody watching.",
    "mail": "How a desk gets its mail, and answers it.",
    "import": "How files become tickets.",
    "export": "What leaves a queue, in which forms, and how it comes back.",
    "options": "The options that commands share.",
}

_MODULES = {"exit-codes": "exit_codes", "import": "import_"}


def titles() -> Rows:
    """Return every topic with what it is about."""
    return tuple(TITLES.items())


def page(topic: str) -> tuple[Section, ...]:
    """Return the sections of a topic; raise UnknownWord."""
    if topic not in TITLES:
        raise UnknownWord("topic", topic, TITLES)
    module = import_module(f"{__name__}.{_MODULES.get(topic, topic)}")
    return (Section(words=TITLES[topic]), *module.PAGE)
