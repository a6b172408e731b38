"""The words that other desks use, and what they are called here."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from shlex import quote
from typing import TypeVar

from supportq.errors import UnknownWord
from supportq.intake.fields import fold
from supportq.intake.lexicon import Lexicon, NamedAgent, NamedTeam
from supportq.intake.profile import Profile
from supportq.intake.ways import Way
from supportq.model.channel import Channel
from supportq.model.ticket import Priority, Status
from supportq.values import dataclass

_STATUSES = {
    Status.NEW: "new, neu, nowy, nowe, nuevo, nueva, nouveau, unread",
    Status.OPEN: (
        "open, opened, reopened, active, in progress, assigned, escalated, waiting for support, "
        "waiting on us, offen, otwarty, otwarte, abierto, abierta, en curso, "
        "ouvert, en cours"
    ),
    Status.PENDING: (
        "pending, pending reply, pending reminder, awaiting reply, waiting for customer, waiting on customer, "
        "pending customer response, "
        "awaiting customer, awaiting customer response, waiting for customer response, awaiting requester, "
        "wartend, oczekujący, pendiente, en attente"
    ),
    Status.ON_HOLD: "on hold, hold, onhold, stalled, paused, waiting on third party, waiting for third party",
    Status.RESOLVED: (
        "resolved, solved, done, fixed, completed, gelöst, erledigt, rozwiązany, rozwiązane, resuelto, resuelta, résolu"
    ),
    Status.CLOSED: "closed, archived, cancelled, canceled, geschlossen, zamknięty, zamknięte, cerrado, cerrada, fermé",
    Status.SPAM: "spam, junk",
}
_PRIORITIES = {
    Priority.LOW: "low, lowest, minor, trivial, niedrig, niedrigste, niski, baja, más baja, basse, faible",
    Priority.NORMAL: "normal, medium, moderate, standard, default, mittel, średni, normalny, media, moyenne",
    Priority.HIGH: "high, major, important, hoch, wysoki, alta, haute, élevée",
    Priority.URGENT: "urgent, critical, highest, blocker, emergency, dringend, höchste, pilny, más alta, urgente",
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
    Channel.OTHER: "other, social media",
}
_WAYS = {
    Way.IN: "in, inbound, incoming, customer, requester, end user, participant, user, lead, contact",
    Way.OUT: "out, outbound, outgoing, agent, reply, admin, staff",
    Way.NOTE: "note, internal, private, internal note, private note",
    Way.AUTOMATIC: "automatic, bot, system, auto reply, autoreply, autoresponder",
    Way.UNKNOWN: "unknown",
}
_RATINGS = {rating: f"{rating}, {rating} 0" for rating in range(1, 6)}
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
_UNRATED = {"offered", "unoffered", "not offered", "not rated"}
_NOTHING = {"-", "--", "–", "—", "nobody", "unassigned", "not set"}
_PUBLICITY = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_NAMED_ADDRESS = re.compile(r"(.+?) <([^<>]+)>")
_SETTABLE = {"status", "priority"}
_LANGUAGE_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9_-]+)?", re.IGNORECASE)


T = TypeVar("T")


def is_nothing(text: str) -> bool:
    """Tell whether a cell says that there is no value: it is empty, a dash, or says that it is nobody."""
    return not text or text.casefold() in _NOTHING


class Words(dict[str, T]):
    """The spellings of a closed set of words: one that is met for the first time is folded, looked up and kept.

    `empty` is what is meant where nothing is written, or a dash, and with `lenient` also by a word that nobody knows.
    """

    def __init__(
        self,
        what: str,
        known: Iterable[str],
        meanings: Iterable[tuple[str, T]],
        *,
        empty: T,
        lenient: bool = False,
    ) -> None:
        super().__init__({"": empty})
        self.is_lenient = lenient
        self._what = what
        self._known = tuple(known)
        self._meanings = {fold(spelling): meaning for spelling, meaning in meanings}

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the words that were asked for and mean nothing here."""
        return tuple(text for text in self if not is_nothing(text) and self.find(text) is None)

    def find(self, text: str) -> T | None:
        """Return what a word means, if anything; it is not taken for one that should have meant something."""
        return self._meanings.get(fold(text))

    def __missing__(self, text: str) -> T:
        found = self.find(text)
        if found is not None:
            self[text] = found
        elif self.is_lenient or is_nothing(text):
            self[text] = self[""]
        else:
            raise self._fault(text)
        return self[text]

    def _fault(self, text: str) -> UnknownWord:
        fault = UnknownWord(self._what, text, self._known)
        if self._what in _SETTABLE:
            word = json.dumps(text, ensure_ascii=False)
            key = quote(f"import.words.{self._what}.{word}")
            fault.cures += (f"or say what it means, such as: supportq config set {key} {self._nearest(text)}",)
        return fault

    def _nearest(self, text: str) -> str:
        """Return the meaning of the known word that begins this text or stands in it, else the first word there is."""
        folded = f" {fold(text)} "
        found = (str(meaning) for spelling, meaning in self._meanings.items() if f" {spelling} " in folded)
        return next(found, next(iter(self._known), ""))


class Agents(Words[str | None]):
    """The agents of a desk by name or mail address; one of both is enough where a file gives them together."""

    def find(self, text: str) -> str | None:
        """Return the agent whom a text names, if any."""
        both = _NAMED_ADDRESS.fullmatch(text)
        return super().find(text) or (both and (super().find(both[2]) or super().find(both[1]))) or None


class Ratings(Words[int | None]):
    """The ratings of a desk; who was asked for one and gave none said no word that should have meant one."""

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the words that were asked for and may mean a rating, but not here."""
        return tuple(text for text in super().unknown if fold(text) not in _UNRATED)


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
    ratings: Words[int | None]
    ways: Words[Way]
    publicity: Words[bool]
    authors: Words[str | None]


def vocabulary(lexicon: Lexicon, profile: Profile) -> Vocabulary:
    """Return the words of other desks, those of the desk that wrote the file, and those of this one, which weigh most.

    Teams, agents and ratings of any file are taken over where this desk calls them the same, and else left to the
    facts; so are channels, lines and categories of another desk. Of statuses and priorities none is guessed.
    """
    foreign = profile.is_foreign
    statuses = chain(_spelled(_STATUSES), _meant(Status, profile.statuses, lexicon.status_words))
    priorities = chain(_spelled(_PRIORITIES), _meant(Priority, profile.priorities, lexicon.priority_words))
    channels = chain(_spelled(_CHANNELS), _meant(Channel, profile.channels))
    ratings = chain(_spelled(_RATINGS), _meant(int, profile.ratings))
    agents = [*_named(lexicon.agents), *_addressed(lexicon.agents)]
    categories = ((code, code) for code in lexicon.categories)
    return Vocabulary(
        channels=Words("channel", Channel, channels, empty=Channel.OTHER, lenient=foreign),
        statuses=Words("status", Status, statuses, empty=None),
        priorities=Words("priority", Priority, priorities, empty=None),
        teams=Words("team", lexicon.teams, _named(lexicon.teams), empty=None, lenient=True),
        agents=Agents("agent", lexicon.agents, agents, empty=None, lenient=True),
        categories=Words("category", lexicon.categories, categories, empty=None, lenient=foreign),
        lines=Words("line", "0123", ((str(line), line) for line in range(4)), empty=None, lenient=foreign),
        ratings=Ratings("rating", "12345", ratings, empty=None, lenient=True),
        ways=Words("direction", Way, _spelled(_WAYS), empty=Way.IN),
        publicity=Words("answer", ("yes", "no"), _PUBLICITY.items(), empty=True),
        authors=Agents("agent", lexicon.agents, agents, empty=None, lenient=True),
    )


@lru_cache(maxsize=256)
def parse_language(text: str) -> str:
    """Read `en`, `en-GB` or `English` as the code of a language; raise UnknownWord for anything else."""
    code = _LANGUAGE_CODE.fullmatch(text)
    return code[1].lower() if code else _LANGUAGE_WORDS[text]


def _spelled(table: Mapping[T, str]) -> Iterator[tuple[str, T]]:
    return ((spelling, meaning) for meaning, spellings in table.items() for spelling in spellings.split(", "))


def _meant(kind: Callable[[str], T], *tables: Mapping[str, str]) -> Iterator[tuple[str, T]]:
    """Yield each word of these tables with what it means."""
    return ((word, kind(meaning)) for table in tables for word, meaning in table.items())


def _named(things: Mapping[str, NamedTeam]) -> Iterator[tuple[str, str]]:
    names = ((thing.name, code) for code, thing in things.items() if thing.name)
    return chain(names, ((code, code) for code in things))


def _addressed(agents: Mapping[str, NamedAgent]) -> Iterator[tuple[str, str]]:
    return ((agent.email, code) for code, agent in agents.items() if agent.email)


_LANGUAGE_WORDS = Words("language", LANGUAGES, _spelled(LANGUAGES), empty="")
