"""A slip: what somebody notes down of an inquiry, asked for where it is missing, and what is said once it is logged."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from supportq.commands.body import Body, composed
from supportq.commands.task import Task
from supportq.desk import Desk
from supportq.errors import UsageError
from supportq.model.channel import Channel
from supportq.model.customer import Person, parse_person
from supportq.model.inquiry import Inquiry
from supportq.model.ticket import Status
from supportq.model.title import cut, one_line
from supportq.output.outcome import Outcome
from supportq.store.projected import read_tickets
from supportq.values import dataclass
from supportq.when import format_due, format_local
from supportq.work.habits import told
from supportq.work.log import Logged, Manner, log

_ECHOED = 60
_USUAL = frozenset({Status.NEW, Status.OPEN})


@dataclass(frozen=True, slots=True)
class Slip:
    """What the options say of an inquiry; `words` are fields with their values, such as team=sales."""

    subject: str | None
    customer: str | None
    to: int | None = None
    words: Sequence[str] = ()
    tags: Sequence[str] = ()
    fields: Sequence[str] = ()
    at: datetime | None = None
    key: str | None = None


def logged(desk: Desk, slip: Slip, body: Body, manner: Manner) -> Outcome:
    """Log what a slip says, and say under which number and when it is due."""
    _check_manner(manner)
    slip, body = _completed(desk, slip, body) if slip.to is None else _about(desk, slip, body, slip.to)
    fields = _fields(desk, slip)
    if slip.to is None and not _has_words(body):
        return _outcome(desk, slip, log(desk.writer, _inquiry(slip, "", fields), manner))
    with composed(desk, body, Task("log", (slip.to or 0,), _heading(slip, manner))) as texts:
        (text,) = texts.values()
        done = log(desk.writer, _inquiry(slip, text, fields), manner)
    return _outcome(desk, slip, done)


def _heading(slip: Slip, manner: Manner) -> str:
    """Return what a ticket that is not there yet is to be about, and whose it is; nothing for one that is."""
    if slip.to is not None:
        return ""
    whose = f"{'to' if manner.is_ours else 'from'} {slip.customer}"
    return f"{cut(one_line(slip.subject or 'a new inquiry'), _ECHOED)}, {whose}"


def _check_manner(manner: Manner) -> None:
    if manner.is_ours and manner.answer is not None:
        raise UsageError(
            "nobody answers a first word of ours in the same breath",
            "leave out --outgoing: the customer came to us      or --answered and --answer: we went to them",
        )


def _about(desk: Desk, slip: Slip, body: Body, number: int) -> tuple[Slip, Body]:
    """Return a slip about a ticket that is there: its subject stays, so that bare words are what was said.

    What the slip doesn't say of the channel, the ticket does.
    """
    if slip.tags or slip.fields or any(not word.startswith("channel=") for word in slip.words):
        raise UsageError("the fields of a ticket that is there are changed by set", f"supportq set {number} KEY=VALUE")
    if slip.subject is not None and _has_words(body):
        raise UsageError(
            f'{number} has a subject, and "{cut(one_line(slip.subject), _ECHOED)}" would be lost',
            f"say it all with -m      or change the subject: supportq set {number} subject=TEXT",
        )
    ticket = read_tickets(desk.queue, [number])[number]
    body = body if slip.subject is None else replace(body, message=slip.subject)
    return replace(slip, subject=None, words=slip.words or (f"channel={ticket.channel}",)), body


def _completed(desk: Desk, slip: Slip, body: Body) -> tuple[Slip, Body]:
    """Ask for what is missing where somebody is there to answer; raise UsageError elsewhere."""
    if body.canned:
        raise UsageError("a canned reply answers a ticket, and there is none yet", "log it, then: supportq reply @")
    is_bare = not (slip.subject or "").strip() and not _has_words(body)
    if is_bare:
        subject = _asked(desk, "Subject: ", "what is it about?", 'say it: supportq log "SUBJECT" -c WHO')
        slip = replace(slip, subject=subject)
    if not slip.customer:
        who = "Customer (mail address, phone number, @handle or name): "
        slip = replace(slip, customer=_asked(desk, who, "who is it from?", "say it: -c ann@example.com, or a name"))
    if is_bare and desk.can_ask:
        from supportq.output.ask import ask

        body = replace(body, message=ask(desk.streams, "What was said (Enter for no more): ").strip() or None)
        desk.resume()
    return slip, body


def _asked(desk: Desk, prompt: str, cause: str, cure: str) -> str:
    from supportq.output.ask import ask

    answer = ask(desk.streams, prompt).strip() if desk.can_ask else ""
    if not answer:
        raise UsageError(cause, cure)
    desk.resume()
    return answer


def _has_words(body: Body) -> bool:
    return bool(body.sources or body.edit)


def _fields(desk: Desk, slip: Slip) -> dict[str, Any]:
    """Return what the slip says of a ticket's fields, in the words of the desk."""
    words = [*slip.words]
    words += [f"tag+={tag}" for tag in slip.tags]
    words += [f"field.{word.removeprefix('field.')}" for word in slip.fields]
    if not words:
        return {}
    from supportq.commands.edited import edits_of

    edits = edits_of(desk, words)
    channel = Channel(edits.pop("channel", Channel.OTHER))
    tags = tuple(edits.pop("tags_added", ()))
    return edits | {"channel": channel, "tags": tags, "fields": tuple(edits.get("fields", {}).items())}


def _inquiry(slip: Slip, body: str, fields: dict[str, Any]) -> Inquiry:
    subject = one_line((slip.subject or "").strip())
    return Inquiry(_person(slip.customer), body, subject, at=slip.at, key=slip.key, **fields)


def _person(text: str | None) -> Person:
    if text is None:
        return Person()
    try:
        return parse_person(text)
    except ValueError as error:
        raise UsageError(f"customer: {error}", "such as: -c ann@example.com, -c 'Ann Lee'") from error


def _outcome(desk: Desk, slip: Slip, done: Logged) -> Outcome:
    if done.is_known:
        return Outcome(notes=(f"{done.ticket} has that key already; nothing was changed.",), touched=())
    state = ", ".join(_state(desk, slip, done))
    said = f"{_what(desk, slip, done)}{state and (f' ({state})' if done.is_new else f', {state}')}"
    more = [f"  {step.rule.name}: {', '.join(told(step.changes))}" for step in done.steps if step.changes]
    more += done.done.warnings
    if done.status is Status.SPAM:
        more.append(f"  it is spam, which nobody answers; if it is none: supportq reopen {done.ticket}")
    if desk.options.dry_run:
        from supportq.commands.written import difference_table

        notes = (f"Dry run: {said} would be logged; nothing was changed.", *more)
        return Outcome(table=difference_table(done.done), notes=notes, touched=done.done.touched)
    return Outcome(notes=(f"Logged {said}. Undo: supportq undo", *more), touched=done.done.touched)


def _state(desk: Desk, slip: Slip, done: Logged) -> Iterator[str]:
    """Yield when it was said, if not now, the status that a new ticket has already, and when the ticket is due."""
    if slip.at:
        yield f"at {format_local(slip.at, desk.zone, desk.now)}"
    for found in done.done.differences:
        if done.is_new and found.field == "status" and found.after not in _USUAL:
            yield found.after
    if done.due_at:
        yield f"due {format_local(done.due_at, desk.zone, desk.now)}"
        if done.due_at < desk.now:
            yield format_due(done.due_at, desk.now)


def _what(desk: Desk, slip: Slip, done: Logged) -> str:
    if not done.is_new:
        from supportq.commands.written import news_of

        news = ", ".join(news_of(desk, done.done, "logged"))
        return f"on {done.ticket}{news and f': {news}'}"
    follows = f", which follows {slip.to}, since that is closed" if slip.to is not None else ""
    return f"{done.ticket}: {cut(done.subject, _ECHOED)}{follows}"
