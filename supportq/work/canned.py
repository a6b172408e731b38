"""Canned replies, filled in for one ticket: a sandbox in which a word that is missing is an error, never a gap."""

import re
from typing import Any

from supportq.errors import NoSuchName, NotFound, SupportqError, UnknownWord
from supportq.model.customer import Customer
from supportq.model.filter.lexicon import resolve
from supportq.model.ticket import Ticket
from supportq.settings.values import Agent, Canned, Settings
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a canned reply may speak of: one ticket, its customer, and who answers, or until when somebody will.

    Where it goes to `many`, somebody without a name is called by address; where `nobody_looks` before it goes out, that
    too, and what else is missing is left out.
    """

    settings: Settings
    ticket: Ticket
    subject: str
    customer: Customer | None
    agent: Agent
    answer_by: str = ""
    nobody_looks: bool = False
    many: bool = False

    @property
    def language(self) -> str:
        """Return the language to answer in: the ticket's, else the customer's, else the desk's."""
        spoken = self.customer.language if self.customer else None
        return self.ticket.language or spoken or self.settings.default_language


class MissingWord(SupportqError):
    """A template says something that its ticket doesn't know."""


_NAMES = frozenset({"name", "first_name"})
_ANY_WORD = "customer.name"
_IS_TEMPLATE = re.compile(r"\{[{%#]")


def find_canned(settings: Settings, name: str) -> Canned:
    """Return the canned reply of that name; raise NotFound, with the nearest one where there are any."""
    if not settings.canned:
        raise NotFound(f'no canned reply "{name}": this desk has none', "add one: supportq config edit")
    try:
        return settings.canned[resolve("canned reply", name, settings.canned)]
    except UnknownWord as error:
        raise NoSuchName("canned reply", name, settings.canned) from error


def render(canned: Canned, occasion: Occasion) -> str:
    """Return a canned reply in the ticket's language, filled in; raise MissingWord where it can't be."""
    cure = f"see its text: supportq canned show {canned.name}      write your own words: -m, -e"
    return fill(canned.in_language(occasion.language), occasion, f'the canned reply "{canned.name}"', cure)


def fill(template: str, occasion: Occasion, what: str, cure: str) -> str:
    """Return a template filled in; raise MissingWord, which says what can't be and what to do, where it can't be."""
    if not _IS_TEMPLATE.search(template):
        return template.strip()
    from jinja2 import TemplateError, Undefined
    from jinja2.sandbox import SandboxedEnvironment

    calls_by_address = occasion.many or occasion.nobody_looks

    class Missing(Undefined):
        """May be asked about (`{% if ticket.fields.order %}`), and said only as far as the occasion allows."""

        __iter__ = __len__ = Undefined._fail_with_undefined_error  # noqa: SLF001 - how jinja2 does it

        def __str__(self) -> str:
            if calls_by_address and occasion.customer and self._undefined_name in _NAMES:
                return occasion.customer.label
            if not occasion.nobody_looks:
                self._fail_with_undefined_error()
            return ""

    try:
        return SandboxedEnvironment(undefined=Missing).from_string(template).render(words(occasion)).strip()
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise MissingWord(
            f"{what} can't be filled in for {occasion.ticket.id}: {_in_our_words(error)}",
            cure,
            f'or say there what stands in its place: {{{{ {_culprit(template, error)} | default("customer") }}}}',
        ) from error


def words(occasion: Occasion) -> dict[str, dict[str, Any]]:
    """Return the words of an occasion; what is not known is not among them."""
    ticket, customer, agent = occasion.ticket, occasion.customer, occasion.agent
    team = occasion.settings.teams.get(ticket.team or "")
    name = customer.name if customer else ""
    said: dict[str, dict[str, Any]] = {
        "ticket": {
            "id": ticket.id,
            "subject": occasion.subject,
            "status": ticket.status.value,
            "priority": ticket.priority.value,
            "category": ticket.category,
            "channel": ticket.channel.value,
            "team": ticket.team,
            "fields": dict(ticket.fields),
            "answer_by": occasion.answer_by,
        },
        "customer": {
            "name": name,
            "first_name": _first(name),
            "organisation": customer.organisation if customer else "",
            "language": occasion.language,
        },
        "agent": {
            "name": agent.name,
            "first_name": _first(agent.name),
            "email": agent.email,
            "phone": agent.phone,
        },
        "team": {"name": team.name if team else occasion.settings.name},
        "desk": {"name": occasion.settings.name},
    }
    return {noun: {key: word for key, word in known.items() if word not in (None, "")} for noun, known in said.items()}


def _first(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.split() else ""


def _in_our_words(error: Exception) -> str:
    return str(error).replace("'dict object'", "it").replace("attribute ", "").rstrip(".")


def _culprit(template: str, error: Exception) -> str:
    """Return the word of a template that is missing, as it stands there."""
    named = re.search(r"'(\w+)'$", str(error))
    found = named and re.search(rf"[\w.]+\.{named[1]}\b", template)
    return found[0] if found else _ANY_WORD
