"""A person's own choices."""

from pathlib import Path

import pytest
from queues import new_queue
from running import run

from supportq.errors import ExitCode


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    return new_queue(tmp_path / "desk.db")


def choices(queue: Path, environment: dict[str, str] | None = None) -> dict[str, list[str]]:
    rows = run("preferences", "show", queue=queue, environment=environment).out.splitlines()[1:]
    return {choice: rest for choice, *rest in (row.split("\t") for row in rows)}


def test_each_choice_says_where_it_was_made(queue: Path) -> None:
    run("preferences", "set", "editor", "nano -w", queue=queue)

    found = choices(queue, {"PAGER": "most"})

    assert found["editor"] == ["nano -w", "preferences"]
    assert found["pager"] == ["most", "PAGER"]
    assert found["queue"] == [str(queue), "SUPPORTQ_QUEUE"]
    assert found["color"] == ["auto", "default"]


def test_a_name_that_is_no_agent_of_the_queue_is_said_to_be_none(queue: Path) -> None:
    known = run("preferences", "show", queue=queue)
    stranger = run("preferences", "show", queue=queue, agent="zoe")

    assert known.err == ""
    assert f"zoe is no agent of {queue} (yet)" in stranger.err


def test_somebody_who_calls_themselves_by_a_name_that_is_no_agents_is_told(queue: Path) -> None:
    known = run("preferences", "set", "agent", "ann", queue=queue)
    stranger = run("preferences", "set", "agent", "zoe", queue=queue)

    assert "no agent" not in known.err
    assert f"zoe is no agent of {queue} (yet)" in stranger.err


def test_what_is_not_right_is_refused_and_nothing_is_written(queue: Path) -> None:
    refused = run("preferences", "set", "color", "red", queue=queue)

    assert refused.code == ExitCode.FAILED
    assert "one of: always never auto" in refused.err
    assert not (queue.parent / "config").exists()


def test_an_alias_that_was_set_is_a_command_from_then_on(queue: Path) -> None:
    run("preferences", "set", "aliases.hist", "config history -c version", queue=queue)

    assert run("hist", "--no-header", queue=queue).out == "1\n"


def test_preferences_are_edited_with_advice_and_checked(queue: Path) -> None:
    script = queue.parent / "editor.py"
    script.write_text(
        "import sys, pathlib\nf = pathlib.Path(sys.argv[1])\nf.write_text(f.read_text() + 'colour = 1')\n"
    )
    editor = {"SUPPORTQ_EDITOR": f"python3 {script}"}

    left = run("preferences", "edit", queue=queue, environment=editor, stdin="q\n", terminal=True)

    assert left.code == ExitCode.DECLINED
    assert "did you mean color?" in left.err
    assert "supportq preferences edit --recover" in left.err
    draft = (queue.parent / "state/supportq/drafts/preferences.toml").read_text(encoding="utf-8")
    assert draft.startswith("# Your own choices")


def test_a_queue_is_not_needed_to_say_what_one_prefers(tmp_path: Path) -> None:
    assert run("preferences", "set", "agent", "ann", queue=tmp_path / "none.db").code == 0
    assert run("preferences", "show", queue=tmp_path / "none.db").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("search", "loom"),
        ("show", "1"),
        ("next",),
        ("sla", "why", "1"),
        ("rule", "test"),
        ("export", "1"),
        ("canned", "render", "thanks", "1"),
        (),
    ],
    ids=" ".join,
)
def test_whoever_reads_need_be_no_agent(friday: Path, words: tuple[str, ...]) -> None:
    assert run(*words, queue=friday, agent="zed", terminal=True).code == 0


@pytest.mark.parametrize("words", [("note", "1", "-m", "x"), ("next", "--take"), ("show", "@"), ("list", "agent:me")])
def test_whoever_writes_or_speaks_of_themselves_is_an_agent(friday: Path, words: tuple[str, ...]) -> None:
    assert run(*words, queue=friday, agent="zed").code == 2


def test_a_password_is_where_it_was_said_last_and_can_be_forgotten(queue: Path) -> None:
    run("preferences", "set", "secrets.desk.env", "DESK", queue=queue)
    moved = run("preferences", "set", "secrets.desk.command", "pass show desk", queue=queue)

    assert moved.code == ExitCode.DONE
    assert choices(queue)["secret desk"] == ["pass show desk", "preferences"]

    run("preferences", "unset", "secrets.desk.command", queue=queue)

    assert "secret desk" not in choices(queue)


def test_what_was_never_preferred_can_not_be_taken_back(queue: Path) -> None:
    refused = run("preferences", "unset", "pager", queue=queue)

    assert refused.code == ExitCode.USAGE
    assert "your preferences say nothing of pager" in refused.err


def test_a_file_without_certificates_is_not_preferred(queue: Path) -> None:
    refused = run("preferences", "set", "ca_file", str(queue), queue=queue)

    assert (refused.code, f"the certificates in {queue} can't be read" in refused.err) == (ExitCode.FAILED, True)
