"""Answering from a shell: where the words come from, what is kept of them, and what came in meanwhile."""

import os
import sys
from contextlib import closing
from email import message_from_string
from pathlib import Path

import pexpect  # type: ignore[import-untyped]
import pytest
from queues import SETTINGS, Bench, a_queue, ago
from running import NOW, Run, run

from supportq.errors import ExitCode
from supportq.model.message import Message
from supportq.store.messages import messages_of
from supportq.store.opening import open_queue

WITH_MAIL = SETTINGS.replace('name = "Ann Lee"', 'name = "Ann Lee"\nemail = "ann@loom.example"')
MAIN = "from supportq.app import main; main()"


class Desk:
    """A queue with one ticket, an editor that is a shell script, and the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.queue = folder / "desk.db"
        self.sheet = folder / "sheet.txt"
        with a_queue(folder, WITH_MAIL) as bench:
            self.number = bench.ask("Loom", ago(hours=2), body="It is broken.\x1b[2J")

    def editor(self, script: str) -> dict[str, str]:
        """Return the environment with an editor that does this to the file `$1`."""
        program = self.folder / "editor"
        program.write_text(f'#!/bin/sh\ncp "$1" {self.sheet}\n{script}\n')
        program.chmod(0o700)
        return {"SUPPORTQ_EDITOR": str(program)}

    def run(self, *words: str, stdin: str = "", editor: str = "exit 9", agent: str = "ann") -> Run:
        return run(*words, queue=self.queue, stdin=stdin, agent=agent, environment=self.editor(editor))

    @property
    def messages(self) -> list[Message]:
        with closing(open_queue(self.queue, write=False)) as queue:
            return messages_of(queue, self.number)

    @property
    def drafts(self) -> list[Path]:
        return sorted((self.folder / "state").glob("supportq/drafts/*/*"))

    def ben_notes(self, body: str) -> None:
        """Let somebody else find something out."""
        assert self.run("note", "1", "-m", body, agent="ben").code == 0


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def prepend(text: str) -> str:
    return f'{{ printf "{text}\\n"; cat "$1"; }} > "$1.new" && mv "$1.new" "$1"'


def test_the_words_come_from_the_line_a_file_or_stdin(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "answer.txt").write_bytes("\ufeffGrüße\n\n".encode())

    desk.run("reply", "1", "-m", "One")
    desk.run("reply", "1", "-F", str(tmp_path / "answer.txt"))
    desk.run("reply", "1", "-F", "-", stdin="\nThree\n")
    desk.run("reply", "1", "--canned", "thanks")

    assert [message.body for message in desk.messages[1:]] == ["One", "Grüße", "Three", "Thank you, Ida Berg."]


def test_a_file_that_is_not_utf_8_names_the_byte(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "answer.txt").write_bytes(b"caf\xe9")

    answer = desk.run("reply", "1", "-F", str(tmp_path / "answer.txt"))

    assert answer.code == 2
    assert "byte 3 is 0xe9" in answer.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("-m", " \n"), 2),
        ((), 2),
        (("-m", "a", "--canned", "thanks"), 2),
        (("-m", "a\0b"), 2),
        (("--canned", "nope"), 3),
        (("-F", "/nowhere"), 1),
        (("-m", "a", "--attach", "/nowhere"), 1),
        (("--recover",), 3),
        (("-e", "--no-input"), 2),
    ],
)
def test_without_words_nothing_is_written(desk: Desk, words: tuple[str, ...], code: int) -> None:
    answer = desk.run("reply", "1", *words)

    assert answer.code == code
    assert answer.err.startswith("supportq: ")
    assert len(desk.messages) == 1


def test_stdin_holds_the_tickets_or_the_words(desk: Desk) -> None:
    assert desk.run("note", "-", "-F", "-", stdin="1\n").code == 2
    assert desk.run("note", "-", "-m", "Rang", stdin="1\n").code == 0


def test_a_large_file_is_refused(desk: Desk, tmp_path: Path) -> None:
    with (tmp_path / "film").open("wb") as file:
        file.truncate(25 * 1024 * 1024 + 1)

    assert "at most 25 MB" in desk.run("note", "1", "-m", "See", "--attach", str(tmp_path / "film")).err


def test_the_editor_shows_the_conversation_and_what_is_above_the_cut_is_sent(desk: Desk) -> None:
    answer = desk.run("reply", "1", "-e", editor=prepend("Dear Ida,\\n# not a comment"))

    assert answer.code == 0
    assert desk.messages[-1].body == "Dear Ida,\n# not a comment"
    assert "# > It is broken.\n" in desk.sheet.read_text()
    assert desk.drafts == []


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        (("Loom 6",), "Log: Loom 6, from ida@example.com"),
        ((), "Log: a new inquiry, from ida@example.com"),
        (("Loom 6", "--outgoing"), "Log: Loom 6, to ida@example.com"),
    ],
)
def test_the_editor_says_what_a_new_ticket_is_about(desk: Desk, words: tuple[str, ...], heading: str) -> None:
    desk.run("log", *words, "-c", "ida@example.com", "-e", editor=prepend("It is broken."))

    assert f"# {heading}\n" in desk.sheet.read_text()


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        (("log", "Loom", "-c", "Ida", "-e"), "-m TEXT, -F FILE"),
        (("reply", "1", "-e"), "-m TEXT, -F FILE"),
        (("config", "edit"), "supportq config apply FILE"),
        (("preferences", "edit"), "supportq preferences set KEY VALUE"),
    ],
)
def test_an_editor_that_nobody_chose_needs_a_terminal(desk: Desk, words: tuple[str, ...], instead: str) -> None:
    refused = run(*words, queue=desk.queue)

    assert refused.code == ExitCode.USAGE
    assert instead in refused.err
    assert desk.drafts == []


def test_a_canned_reply_can_be_changed_before_it_is_sent(desk: Desk) -> None:
    desk.run("reply", "1", "--canned", "thanks", "-e", editor=prepend("Hello!"))

    assert desk.messages[-1].body == "Hello!\nThank you, Ida Berg."


def test_an_empty_text_in_the_editor_is_a_no(desk: Desk) -> None:
    answer = desk.run("note", "1", "-e", editor="true")

    assert (answer.code, desk.drafts) == (4, [])


def test_what_was_written_when_it_failed_is_kept_and_taken_up_again(desk: Desk) -> None:
    failed = desk.run("reply", "1", "-e", editor=prepend("Dear Ida,") + "; exit 1")
    again = desk.run("reply", "1", "-e", editor="true")
    recovered = desk.run("reply", "1", "--recover", editor="true")

    assert (failed.code, again.code, recovered.code) == (1, 2, 0)
    assert "supportq reply 1 --recover" in failed.err
    assert "supportq reply 1 --recover" in again.err
    assert desk.messages[-1].body == "Dear Ida,"
    assert desk.drafts == []


@pytest.mark.parametrize(("answer", "body"), [("\n", "Dear Bo,\nDear Ida,"), ("d\n", "Dear Bo,")])
def test_somebody_at_a_terminal_chooses_what_becomes_of_an_older_draft(desk: Desk, answer: str, body: str) -> None:
    desk.run("reply", "1", "-e", editor=prepend("Dear Ida,") + "; exit 1")

    again = run(
        *("reply", "1", "-e"),
        queue=desk.queue,
        stdin=answer,
        terminal=True,
        environment=desk.editor(prepend("Dear Bo,")),
    )

    assert (again.code, desk.messages[-1].body, desk.drafts) == (0, body, [])


def test_an_editor_that_is_missing_leaves_no_draft_behind(desk: Desk) -> None:
    answer = run("reply", "1", "-e", queue=desk.queue, environment={"SUPPORTQ_EDITOR": "/nowhere/vi"})

    assert (answer.code, desk.drafts) == (1, [])


def test_what_a_pipe_said_is_kept_too_when_the_ticket_refuses_it(desk: Desk) -> None:
    desk.run("close", "1")

    refused = desk.run("reply", "1", "-F", "-", stdin="A long answer")
    desk.run("reopen", "1")
    desk.run("reply", "1", "--recover", editor="true")

    assert "what you wrote is kept" in refused.err
    assert desk.messages[-1].body == "A long answer"


def test_a_draft_is_never_lost_to_a_later_one(desk: Desk) -> None:
    desk.run("reply", "1", "-e", editor=prepend("Dear Ida,") + "; exit 1")

    desk.run("reply", "1", "-F", "-", stdin="Meanwhile")
    desk.run("close", "1")
    desk.run("reply", "1", "-F", "-", stdin="Too late")

    assert [draft.read_text().splitlines()[:3] for draft in desk.drafts] == [["Too late", "", "Dear Ida,"]]


def test_the_queue_is_free_while_somebody_writes(desk: Desk) -> None:
    note = f"SUPPORTQ_BUSY=0 {sys.executable} -c '{MAIN}' note 1 -m meanwhile --as ben --queue {desk.queue} --now {NOW}"

    desk.run("note", "1", "-e", editor=f"{note} && {prepend('Mine')}")

    assert [message.body for message in desk.messages[1:]] == ["meanwhile", "Mine"]


def test_who_looked_is_told_what_came_in_and_nothing_is_sent_without_a_yes(desk: Desk) -> None:
    desk.run("next")
    desk.ben_notes("Found it!")

    refused = desk.run("reply", "1", "-m", "Sorry")
    sent = desk.run("reply", "1", "-m", "Sorry", "--yes")
    after = desk.run("reply", "1", "-m", "And thanks")

    assert (refused.code, sent.code, after.code) == (2, 0, 0)
    assert "--yes" in refused.err
    assert "ben: " in refused.err
    assert "> Found it!" in refused.err
    assert "nothing was recorded" in refused.err


def test_who_never_looked_is_not_warned(desk: Desk) -> None:
    desk.ben_notes("Found it!")

    assert desk.run("reply", "1", "-m", "Sorry").code == 0


@pytest.mark.parametrize(("key", "code", "count"), [("y", 0, 3), ("n", 4, 2)])
def test_at_a_terminal_what_came_in_is_shown_and_asked_about(desk: Desk, key: str, code: int, count: int) -> None:
    desk.run("next")
    desk.ben_notes("Found it!")
    told = {"SUPPORTQ_QUEUE": str(desk.queue), "SUPPORTQ_AGENT": "ann", "SUPPORTQ_NOW": NOW, "TERM": "xterm"}
    told |= {"XDG_STATE_HOME": str(desk.folder / "state"), "XDG_CONFIG_HOME": str(desk.folder / "config")}

    terminal = pexpect.spawn(
        sys.executable,
        ["-c", MAIN, "reply", "1", "-m", "Sorry"],
        env={**os.environ, **told},
        timeout=20,
        encoding="utf-8",
    )
    terminal.expect("Since you looked at 1:.*> Found it!.*go on")
    terminal.sendline(key)
    terminal.expect(pexpect.EOF)
    terminal.close()

    assert terminal.exitstatus == code
    assert len(desk.messages) == count


def test_a_reply_can_be_written_as_a_mail(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "answer.eml"

    first = desk.run("reply", "1", "-m", "Sorry", "--eml", str(file))
    second = desk.run("reply", "1", "-m", "Sorry", "--eml", str(file))
    mail = message_from_string(file.read_text())

    assert (first.code, second.code) == (0, 2)
    assert (mail["To"], mail["Subject"]) == ("Ida Berg <ida@example.com>", "Loom [#1]")
    assert len(desk.messages) == 2


def test_a_mail_needs_an_address_and_without_one_nothing_is_recorded(desk: Desk) -> None:
    desk.run("set", "1", "customer=Ida")
    nobody = desk.run("reply", "1", "-m", "Sorry", "--eml", "-")
    desk.run("set", "1", "customer=k\u00e4the@example.com")
    unwritable = desk.run("reply", "1", "-m", "Sorry", "--eml", "-")

    assert (nobody.code, unwritable.code) == (1, 1)
    assert len(desk.messages) == 1


def test_a_reply_goes_to_one_ticket_unless_all_are_meant(desk: Desk) -> None:
    with closing(open_queue(desk.queue, write=True)) as queue:
        Bench(queue).ask("Yarn", ago(hours=1))

    refused = desk.run("reply", "1,2", "-m", "Sorry")
    sent = desk.run("reply", "1,2", "--canned", "thanks", "--all")

    assert (refused.code, sent.code) == (2, 0)
    assert sent.err == "2 tickets answered. Undo: supportq undo\n"


def test_a_copy_goes_to_an_address(desk: Desk) -> None:
    refused = desk.run("reply", "1", "-m", "On its way", "--cc", "foo")

    assert (refused.code, '"foo" is no address' in refused.err) == (ExitCode.USAGE, True)


def test_a_reply_to_several_names_all_that_it_takes_at_once(desk: Desk) -> None:
    for _ in range(3):
        desk.run("log", "Loom", "-c", "ann@example.com")

    assert "add --all --yes" in desk.run("reply", "1-4", "-m", "On its way").err
    assert desk.run("reply", "1-4", "-m", "On its way", "--all", "--yes").code == ExitCode.DONE
