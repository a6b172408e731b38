"""Canned replies looked at and tried out."""

from pathlib import Path

import pytest
from queues import SETTINGS, a_queue, ago
from running import run

from supportq.errors import ExitCode

POLISH = """
[canned.thanks.translations]
pl = "Dziękujemy, {{ customer.name }}."
"""


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    with a_queue(tmp_path, SETTINGS) as bench:
        bench.ask("Order 12 not here", ago(hours=1), who="Ann Berg <ann@example.com>")
        return bench.queue.path


def test_canned_replies_are_listed(queue: Path) -> None:
    assert run("canned", "list", queue=queue).out == "name\ttitle\tlanguages\nthanks\tThanks\t\n"


def test_the_text_is_shown_as_it_is_and_rendered_for_a_ticket(queue: Path) -> None:
    assert run("canned", "show", "thanks", queue=queue).out == "Thank you, {{ customer.name }}.\n"
    assert run("canned", "render", "thanks", "1", queue=queue).out == "Thank you, Ann Berg.\n"


def test_somebody_who_is_no_agent_sees_a_reply_under_their_own_name(queue: Path) -> None:
    signed = SETTINGS.replace("{{ customer.name }}.", "{{ customer.name }}. {{ agent.name }}")
    run("config", "apply", "-", queue=queue, stdin=signed)

    rendered = run("canned", "render", "thanks", "1", queue=queue, agent="", environment={"LOGNAME": "zoe"})

    assert rendered.out == "Thank you, Ann Berg. zoe\n"


@pytest.mark.parametrize("words", [("show", "thank"), ("render", "thanks", "9")])
def test_what_is_not_there_is_said(queue: Path, words: tuple[str, ...]) -> None:
    assert run("canned", *words, queue=queue).code == ExitCode.NOT_FOUND
