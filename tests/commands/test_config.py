"""Settings changed from the command line: checked, foreseen, asked about, kept."""

import sqlite3
from pathlib import Path

import pytest
from queues import NOW, SETTINGS, a_queue, ago, new_queue
from running import run

from supportq.errors import ExitCode
from supportq.store.opening import open_queue

STRICTER = SETTINGS.replace('first_response = { normal = "2h"', 'first_response = { normal = "20m"')


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    """A queue with an hour-old inquiry that nobody answered."""
    with a_queue(tmp_path) as bench:
        bench.ask("Order 12 not here", ago(hours=1))
        return bench.queue.path


def given(folder: Path, text: str) -> str:
    file = folder / "given.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def an_editor(folder: Path, *steps: str) -> dict[str, str]:
    """Return an environment whose editor takes one Python statement about `text` each time it is opened."""
    count, script = folder / "opened", folder / "editor.py"
    script.write_text(
        "import pathlib, sys\n"
        f"count = pathlib.Path({str(count)!r})\n"
        "place = int(count.read_text()) if count.exists() else 0\n"
        "count.write_text(str(place + 1))\n"
        "file = pathlib.Path(sys.argv[1])\n"
        "text = file.read_text()\n"
        f"exec({list(steps)!r}[place])\n"
        "file.write_text(text)\n"
    )
    return {"SUPPORTQ_EDITOR": f"python3 {script}"}


def test_a_change_that_makes_promises_late_says_so_and_wants_a_yes(queue: Path) -> None:
    stricter = given(queue.parent, STRICTER)

    refused = run("config", "apply", stricter, queue=queue)
    applied = run("config", "apply", stricter, "--yes", queue=queue)

    assert refused.code == ExitCode.USAGE
    assert "this would move the clocks of 1 ticket, 1 of which would be late at once" in refused.err
    assert "--yes" in refused.err
    assert applied.err == (
        "Version 2 is in force; it moved the clocks of 1 ticket, 1 of which are late at once. Undo: supportq undo\n"
    )


def test_a_yes_at_a_terminal_applies_what_was_foreseen(queue: Path) -> None:
    run("config", "apply", given(queue.parent, STRICTER), queue=queue, stdin="y\n", terminal=True)

    assert run("config", "show", queue=queue).out == STRICTER


def test_alarms_that_begin_are_counted_and_want_a_yes(tmp_path: Path) -> None:
    with a_queue(tmp_path, SETTINGS.replace("[sla]", "[sla]\nenforce_from = 2026-11-20T14:30:00Z")) as bench:
        bench.ask("Order 12 not here", ago(hours=3))
        queue = bench.queue.path

    refused = run("config", "apply", given(tmp_path, SETTINGS), queue=queue)

    assert refused.code == ExitCode.USAGE
    switched = "this would move no clock, and switch the alarms of 1 ticket, 1 of which would be late at once"
    assert switched in refused.err


@pytest.mark.parametrize("text", ["", 'name = "Loom support"'])
def test_settings_without_agents_are_never_applied_and_a_check_says_so(queue: Path, text: str) -> None:
    checked = run("config", "check", "-", queue=queue, stdin=text)
    refused = run("config", "apply", "-", "--yes", queue=queue, stdin=text)

    assert checked == refused
    assert refused.code == ExitCode.FAILED
    assert "settings without agents" in refused.err
    assert run("config", "show", queue=queue).out == SETTINGS


def test_who_would_be_no_agent_any_more_is_asked_and_told_the_way_back(queue: Path) -> None:
    without_ann = given(queue.parent, SETTINGS.replace("[agents.ann]", "[agents.eva]").replace('logins = ["ann"]', ""))

    refused = run("config", "apply", without_ann, queue=queue)
    applied = run("config", "apply", without_ann, "--yes", queue=queue)

    assert refused.code == ExitCode.USAGE
    assert "ann would be no agent any more" in refused.err
    assert "ann is no agent any more; back: supportq config show 1 | supportq config apply -" in applied.err
    assert run("take", "1", queue=queue).code == ExitCode.USAGE


def test_tickets_of_a_team_that_is_gone_are_told_before_it_goes(queue: Path) -> None:
    run("set", "1", "team=technical", queue=queue)
    without = given(queue.parent, SETTINGS.replace("technical", "tech"))

    foreseen = run("config", "apply", without, "--dry-run", queue=queue)
    refused = run("config", "apply", without, queue=queue)

    assert "tickets would be left with team technical (1 ticket), and this would" in foreseen.err
    assert (refused.code, "left with team technical" in refused.err) == (ExitCode.USAGE, True)


def test_somebody_whom_the_settings_lost_can_put_them_right(queue: Path) -> None:
    without_ann = given(queue.parent, SETTINGS.replace("[agents.ann]", "[agents.eva]").replace('logins = ["ann"]', ""))
    run("config", "apply", without_ann, "--yes", queue=queue)

    back = run("config", "apply", "-", queue=queue, stdin=SETTINGS)
    undone = run("undo", "4", queue=queue)

    assert "Since ann was no agent here, history says: by system. Undo: supportq undo 4" in back.err
    assert undone.code == 0, undone.err


def test_somebody_at_a_terminal_is_asked_and_may_decline(queue: Path) -> None:
    declined = run("config", "apply", given(queue.parent, STRICTER), queue=queue, stdin="n\n", terminal=True)

    assert declined.code == ExitCode.DECLINED
    assert "go on? [y/N]" in declined.err
    assert "\n2 " not in run("config", "history", queue=queue).out


def test_a_dry_run_shows_the_difference_and_applies_nothing(queue: Path) -> None:
    foreseen = run("config", "apply", given(queue.parent, STRICTER), "--dry-run", queue=queue)

    assert '+first_response = { normal = "20m"' in foreseen.out
    assert "dry run" in foreseen.err
    assert run("config", "show", queue=queue).out == SETTINGS


def test_settings_with_faults_never_count_and_every_fault_is_told(queue: Path) -> None:
    wrong = SETTINGS.replace('hours = "always"', 'hours = "allways"').replace("reopen", "")

    refused = run("config", "apply", given(queue.parent, wrong), queue=queue)

    assert refused.code == ExitCode.FAILED
    assert refused.err.count("did you mean always?") == 2
    assert run("config", "show", queue=queue).out == SETTINGS


def test_the_text_in_force_is_not_applied_again(queue: Path) -> None:
    again = run("config", "apply", "-", queue=queue, stdin=SETTINGS)

    assert (again.code, again.err) == (0, "Nothing to do: this is version 1, which is in force.\n")


def test_a_text_that_an_older_version_read_otherwise_is_applied_again(queue: Path) -> None:
    with sqlite3.connect(queue) as connection:
        connection.execute("update settings_version set checked = replace(checked, '[0.5,0.9]', '[0.5]')")
    connection.close()

    ill = run("doctor", queue=queue)
    applied = run("config", "apply", "-", queue=queue, stdin=SETTINGS)

    assert "supportq config show | supportq config apply -" in ill.out
    assert applied.err.startswith("Version 2 is in force")
    assert run("doctor", queue=queue).out == ""


def test_set_changes_one_value_and_keeps_comments(tmp_path: Path) -> None:
    queue = new_queue(tmp_path / "desk.db", "# our desk\n" + SETTINGS)

    run("config", "set", "teams.sales.hours", "office", queue=queue)

    text = run("config", "show", queue=queue).out
    assert text.startswith("# our desk\n")
    assert text.replace('"office"', '"always"', 1) != text
    assert "-hours = " in run("config", "diff", queue=queue).out


def test_history_says_who_and_why_and_earlier_versions_stay(queue: Path) -> None:
    run("config", "set", "reopen_days", "30", "--reason", "long shipping", queue=queue)

    history = run("config", "history", queue=queue).out.splitlines()

    assert history[1].split("\t")[:4] == ["2", "2026-11-20T15:00:00Z", "ann", "long shipping"]
    assert run("config", "show", "1", queue=queue).out == SETTINGS
    assert run("config", "show", "9", queue=queue).code == ExitCode.NOT_FOUND


def test_history_says_what_changed_and_by_which_command(queue: Path) -> None:
    run("config", "set", "reopen_days", "9", queue=queue)
    run("undo", queue=queue)

    told = run("config", "history", "-T", "{version} {verb}: {keys}", queue=queue).out

    assert told.splitlines()[:2] == ["3 undo: reopen_days", "2 config set: reopen_days"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("teams.sales.name", "Sales"),
        ("teams.sales", 'name = "Sales"'),
        ("categories", '["question", "problem", "order"]'),
    ],
)
def test_one_value_of_the_settings_can_be_shown(queue: Path, key: str, value: str) -> None:
    assert run("config", "show", key, queue=queue).out.splitlines()[0] == value


def test_a_value_that_is_not_written_is_missed(queue: Path) -> None:
    missed = run("config", "show", "teams.sales.nam", queue=queue)

    assert (missed.code, "did you mean teams.sales.name?" in missed.err) == (ExitCode.USAGE, True)


def test_what_a_change_of_settings_did_can_be_undone(queue: Path) -> None:
    run("config", "set", "reopen_days", "30", queue=queue)

    undone = run("undo", queue=queue)

    assert undone.code == 0, undone.err
    assert run("config", "show", queue=queue).out == SETTINGS


def test_a_check_names_policies_that_count_for_no_ticket(tmp_path: Path) -> None:
    last = '\n[[sla.policies]]\nname = "last"\nwhen = "team:sales"\nfirst_response = "1h"\nnext_response = "1h"\n'

    checked = run("config", "check", given(tmp_path, SETTINGS + last), queue=tmp_path / "none.db")

    assert 'policy "last" never counts: one before it has no filter.' in checked.err


def test_check_needs_no_queue(tmp_path: Path) -> None:
    right = run("config", "check", given(tmp_path, SETTINGS), queue=tmp_path / "none.db")
    wrong = run("config", "check", "-", queue=tmp_path / "none.db", stdin="nme = 1")

    assert (right.code, right.out) == (0, "")
    assert wrong.code == ExitCode.FAILED
    assert "line 1: nme: no such key" in wrong.err


def test_a_file_that_is_not_there_is_refused_with_what_the_command_takes(tmp_path: Path) -> None:
    refused = run("config", "check", str(tmp_path / "nope.toml"), queue=tmp_path / "none.db")

    assert "name another file, or - for standard input" in refused.err
    assert "-F" not in refused.err


@pytest.mark.parametrize("bytes_", [b"\xff\xfe", "name = 'ł'".encode("cp1250")])
def test_a_file_that_is_not_utf_8_names_the_byte(tmp_path: Path, bytes_: bytes) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(bytes_)

    refused = run("config", "check", str(file), queue=tmp_path / "none.db")

    assert refused.code == ExitCode.USAGE
    assert "is not UTF-8: byte" in refused.err


def test_an_edit_counts_when_it_is_right(queue: Path) -> None:
    editor = an_editor(queue.parent, "text = text.replace('Loom support', 'Yarn support')")

    edited = run("config", "edit", queue=queue, environment=editor)

    assert edited.err == "Version 2 is in force; it moved no clock. Undo: supportq undo\n"
    assert 'name = "Yarn support"' in run("config", "show", queue=queue).out


def test_an_edit_with_faults_is_edited_again_where_somebody_can_answer(queue: Path) -> None:
    editor = an_editor(
        queue.parent, "text = text.replace('name = ', 'nmae = ', 1)", "text = text.replace('nmae', 'name')+'\\n'"
    )

    edited = run("config", "edit", queue=queue, environment=editor, stdin="e\n", terminal=True)

    assert "did you mean name?" in edited.err
    assert "Version 2 is in force" in edited.err


def test_an_edit_that_is_left_with_faults_is_kept_and_can_be_gone_on_with(queue: Path) -> None:
    editor = an_editor(
        queue.parent, "text = text.replace('name = ', 'nmae = ', 1)", "text = text.replace('nmae', 'name')+'#'"
    )

    left = run("config", "edit", queue=queue, environment=editor, stdin="q\n", terminal=True)
    refused = run("config", "edit", queue=queue, environment=editor)
    resumed = run("config", "edit", "--recover", queue=queue, environment=editor)

    assert (left.code, refused.code) == (ExitCode.DECLINED, ExitCode.USAGE)
    assert "supportq config edit --recover" in left.err
    assert "Version 2 is in force" in resumed.err
    assert run("config", "show", queue=queue).out.endswith("#")


def test_an_edit_that_changes_nothing_declines(queue: Path) -> None:
    left = run("config", "edit", queue=queue, environment=an_editor(queue.parent, "pass"))

    assert left.code == ExitCode.DECLINED
    assert (
        run("config", "edit", queue=queue, environment=an_editor(queue.parent, "pass", "pass")).code
        == ExitCode.DECLINED
    )


def test_settings_that_somebody_else_applied_meanwhile_are_not_overwritten(queue: Path) -> None:
    other = f"import subprocess; subprocess.run([sys.executable, {str(queue.parent / 'other.py')!r}], check=True)"
    (queue.parent / "other.py").write_text(
        f"import sys; sys.path[:0] = {[str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]!r}\n"
        "from pathlib import Path\nfrom running import run\n"
        f"assert run('config', 'set', 'reopen_days', '30', queue=Path({str(queue)!r})).code == 0\n"
    )
    editor = an_editor(queue.parent, f"{other}; text += '#'")
    editor = {"SUPPORTQ_EDITOR": editor["SUPPORTQ_EDITOR"].replace("python3", _python())}

    refused = run("config", "edit", queue=queue, environment=editor)

    assert refused.code == ExitCode.FAILED
    assert "version 2 of the settings was applied while you changed version 1" in refused.err
    assert "your text is kept" in refused.err
    assert "reopen_days = 30" in run("config", "show", queue=queue).out


def _python() -> str:
    import sys

    return sys.executable


def test_a_stricter_promise_leaves_what_is_over_as_it_was(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Yarn", ago(days=2))
        bench.reply(number, ago(days=2) + (NOW - ago(minutes=30)))
        path = bench.queue.path

    run("config", "apply", given(tmp_path, STRICTER), "--yes", queue=path)

    queue = open_queue(path, write=False)
    standing = queue.connection.execute("select standing from clock where kind = 'first_response'").fetchone()[0]
    queue.close()
    assert standing == "met"


@pytest.mark.parametrize("verb", ["check", "apply"])
def test_faults_of_a_file_are_told_with_its_name(verb: str, queue: Path) -> None:
    faulty = given(queue.parent, SETTINGS + "\nnonsense")
    line = SETTINGS.count("\n") + 2

    refused = run("config", verb, faulty, queue=queue)

    assert refused.err.startswith(f"supportq: {faulty}: 1 fault\n  {faulty}: line {line}: no TOML")


def test_faults_of_standard_input_are_told_as_those_of_settings(queue: Path) -> None:
    assert "\n  settings: line 1: nam: no such key" in run("config", "check", "-", queue=queue, stdin='nam = "x"').err
