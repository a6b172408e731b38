"""The words that other desks use, and what they are called here."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import TypeVar

from supportq.errors import UnknownWord
from supportq.intake.fields import fold
from supportq.intake.lexicon import Lexicon, NamedAgent, NamedTeam
from supportq.model.channel import Channel
from supportq.model.ticket import Priority, Status
from supportq.values import dataclass

_STATUSES = {
    Status.NEW: "new, neu, nowy, nowe, unread",
    Status.OPEN: "open, opened, reopened, active, in progress, assigned, offen, otwarty, otwarte",
    Status.PENDING: (
        "pending, pending reply, pending reminder, awaiting reply, waiting for customer, waiting on customer, "
        "wartend, oczekujący"
    ),
    Status.ON_HOLD: "on hold, hold, onhold, stalled, paused, waiting on third party, waiting for third party",
    Status.RESOLVED: "resolved, solved, done, fixed, completed, gelöst, erledigt, rozwiązany, rozwiązane",
    Status.CLOSED: "closed, archived, geschlossen, zamknięty, zamknięte",
    Status.SPAM: "spam, junk",
}
_PRIORITIES = {
    Priority.LOW: "low, lowest, minor, trivial, niedrig, niski",
    Priority.NORMAL: "normal, medium, moderate, standard, default, mittel, średni, normalny",
    Priority.HIGH: "high, major, important, hoch, wysoki",
    Priority.URGENT: "urgent, critical, highest, blocker, emergency, dringend, pilny",
}
_CHANNELS = {
    Channel.EMAIL: "email, e mail, mail",
    Channel.PHONE: "phone, phone call, call, telephone, telefon, voice, voicemail",
    Channel.SMS: "sms, text message",
    Channel.CHAT: "chat, live chat, livechat, webchat, web chat",
    Channel.COUNTER: "counter, in person, shop, store, walk in",
    Channel.FORM: "form, web form, webform, contact form, web, website",
    Channel.LETTER: "letter, post, brief, list",
    Channel.FACEBOOK: "facebook, facebook post, fb",
    Channel.MESSENGER: "messenger, facebook messenger",
    Channel.INSTAGRAM: "instagram",
    Channel.WHATSAPP: "whatsapp, whats app",
    Channel.TELEGRAM: "telegram",
    Channel.X: "x, twitter",
    Channel.REVIEW: "review, reviews, google review",
    Channel.SELF_SERVICE: "self service, selfservice, portal, customer portal, help center, help centre",
    Channel.OTHER: "other",
}
LANGUAGES = {
    "ar": "arabic",
    "bg": "bulgarian, български",
    "cs": "czech, čeština",
    "da": "danish, dansk",
    "de": "german, deutsch",
    "el": "greek",
    "en": "english",
    "es": "spanish, español",
    "et": "estonian, eesti",
    "fi": "finnish, suomi",
    "fr": "french, français",
    "he": "hebrew",
    "hr": "croatian, hrvatski",
    "hu": "hungarian, magyar",
    "it": "italian, italiano",
    "ja": "japanese",
    "ko": "korean",
    "lt": "lithuanian, lietuvių",
    "lv": "latvian, latviešu",
    "nl": "dutch, nederlands",
    "no": "norwegian, norsk",
    "pl": "polish, polski",
    "pt": "portuguese, português",
    "ro": "romanian, română",
    "ru": "russian, русский",
    "sk": "slovak, slovenčina",
    "sl": "slovenian, slovenščina",
    "sv": "swedish, svenska",
    "tr": "turkish, türkçe",
    "uk": "ukrainian, українська",
    "zh": "chinese",
}
_LANGUAGE_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9_-]+)?", re.IGNORECASE)


T = TypeVar("T")


class Words(dict[str, T]):
    """The spellings of a closed set of words: one that is met for the first time is folded, looked up and kept.

    `empty` is what is meant where nothing is written.
    """

    def __init__(self, what: str, known: Iterable[str], meanings: Iterable[tuple[str, T]], *, empty: T) -> None:
        super().__init__({"": empty})
        self._what = what
        self._known = tuple(known)
        self._meanings = {fold(spelling): meaning for spelling, meaning in meanings}

    def __missing__(self, text: str) -> T:
        folded = fold(text)
        if folded not in self._meanings:
            raise UnknownWord(self._what, text, self._known)
        self[text] = self._meanings[folded]
        return self[text]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every word that an import of one desk may use."""

    channels: Words[Channel]
    statuses: Words[Status | None]
    priorities: Words[Priority | None]
    teams: Words[str | None]
    agents: Words[str | None]
    categories: Words[str | None]
    lines: Words[int | None]


def vocabulary(lexicon: Lexicon) -> Vocabulary:
    """Return the words of other desks together with those of this one, its own taking precedence."""
    own_statuses = ((word, Status(status)) for word, status in lexicon.status_words.items())
    own_priorities = ((word, Priority(priority)) for word, priority in lexicon.priority_words.items())
    statuses = chain(_spelled(_STATUSES), own_statuses)
    priorities = chain(_spelled(_PRIORITIES), own_priorities)
    agents = chain(_named(lexicon.agents), _addressed(lexicon.agents))
    return Vocabulary(
        channels=Words("channel", Channel, _spelled(_CHANNELS), empty=Channel.OTHER),
        statuses=Words("status", Status, statuses, empty=None),
        priorities=Words("priority", Priority, priorities, empty=None),
        teams=Words("team", lexicon.teams, _named(lexicon.teams), empty=None),
        agents=Words("agent", lexicon.agents, agents, empty=None),
        categories=Words("category", lexicon.categories, ((code, code) for code in lexicon.categories), empty=None),
        lines=Words("line", "0123", ((str(line), line) for line in range(4)), empty=None),
    )


@lru_cache(maxsize=256)
def parse_language(text: str) -> str:
    """Read `en`, `en-GB` or `English` as the code of a language; raise UnknownWord for anything else."""
    code = _LANGUAGE_CODE.fullmatch(text)
    return code[1].lower() if code else _LANGUAGE_WORDS[text]


def _spelled(table: Mapping[T, str]) -> Iterator[tuple[str, T]]:
    return ((spelling, meaning) for meaning, spellings in table.items() for spelling in spellings.split(", "))


def _named(things: Mapping[str, NamedTeam]) -> Iterator[tuple[str, str]]:
    names = ((thing.name, code) for code, thing in things.items() if thing.name)
    return chain(names, ((code, code) for code in things))


def _addressed(agents: Mapping[str, NamedAgent]) -> Iterator[tuple[str, str]]:
    return ((agent.email, code) for code, agent in agents.items() if agent.email)


_LANGUAGE_WORDS = Words("language", LANGUAGES, _spelled(LANGUAGES), empty="")
