"""Canned replies: templates that compile and name only what there is."""

from collections.abc import Mapping
from typing import Any

from jinja2 import TemplateSyntaxError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from supportq.settings.draft import Draft, Table
from supportq.settings.faults import Path, hint
from supportq.settings.values import Canned

WORDS: Mapping[str, tuple[str, ...]] = {
    "ticket": ("id", "subject", "status", "priority", "category", "channel", "team", "fields", "answer_by"),
    "customer": ("name", "first_name", "organisation", "language"),
    "agent": ("name", "first_name", "email", "phone"),
    "team": ("name",),
    "desk": ("name",),
}
"""What a canned reply may name: `{{ customer.first_name }}`, and `{{ ticket.fields.order }}` for a custom field.

In an acknowledgement `{{ ticket.answer_by }}` is by when somebody will answer, if that can be said.
"""


class CannedTable(Table):
    """What a settings text says of a canned reply."""

    title: str = ""
    body: str


class TranslationTable(Table):
    """A canned reply in another language."""

    body: str


def read_canned(draft: Draft) -> dict[str, Canned]:
    """Read the canned replies; a table inside one is its translation, named after the language."""
    return {name: _reply(draft, name, raw) for name, raw in draft.tables("canned").items()}


def _reply(draft: Draft, name: str, raw: Mapping[str, Any]) -> Canned:
    path: Path = ("canned", name)
    own = {key: value for key, value in raw.items() if not isinstance(value, dict)}
    reply = draft.table(CannedTable, own, path)
    check_template(draft, (*path, "body"), reply.body)
    translations = {}
    for language in [key for key in raw if key not in own]:
        place = (*path, language)
        translations[language] = draft.table(TranslationTable, raw[language], place).body
        check_template(draft, (*place, "body"), translations[language])
    return Canned(name, reply.title or name, reply.body, translations)


def check_template(draft: Draft, path: Path, body: str) -> None:
    """Note what is wrong with a template, and the words in it that nobody knows."""
    templates = SandboxedEnvironment()
    try:
        template = templates.parse(body)
        templates.compile(template)
    except TemplateSyntaxError as error:
        draft.fault(path, f"in its line {error.lineno}: {error.message}")
        return
    vocabulary: dict[tuple[str, ...], tuple[str, ...]] = {(word,): parts for word, parts in WORDS.items()}
    vocabulary |= {(): tuple(WORDS), ("ticket", "fields"): draft.names("fields")}
    for used in _used(template):
        known = vocabulary.get(used[:-1])
        if known is not None and used[-1] not in known:
            draft.fault(path, f'no word "{".".join(used)}" for replies', hint(used[-1], known))


def _used(template: nodes.Template) -> list[tuple[str, ...]]:
    """List the dotted names that a template takes from outside."""
    given = meta.find_undeclared_variables(template)
    dotted = {_dotted(part) for part in template.find_all(nodes.Getattr)}
    return sorted({(name,) for name in given} | {names for names in dotted if names[:1] and names[0] in given})


def _dotted(part: nodes.Node) -> tuple[str, ...]:
    match part:
        case nodes.Name():
            return (part.name,)
        case nodes.Getattr():
            return (*_dotted(part.node), part.attr)
    return ("",)
