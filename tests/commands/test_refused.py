"""Words of a command that can't be understood: each is refused as all our errors are."""

from pathlib import Path

import pytest
from queues import new_queue
from running import run

from supportq.errors import ExitCode


@pytest.mark.parametrize(
    ("words", "cause", "cure"),
    [
        ("list -L ten", '--limit takes a whole number, not "ten"', "-L, --limit N  At most so many rows; 0 for all."),
        ("escalate 1 --line 7", '--line takes a whole number from 0 to 3, not "7"', "--line N  To which line"),
        ("escalate 1 --line x", '--line takes a whole number from 0 to 3, not "x"', "--line N  To which line"),
        ("undo 0", 'CHANGE takes a whole number of at least 1, not "0"', "[CHANGE]  Which change"),
        ("list --color no", '--color takes auto, always or never, not "no"', "--color auto|always|never  When"),
        ("list --sort", "--sort needs a value", "-s, --sort KEY[:desc]  Sort by a column."),
        ("list --json=x", "--json takes no value", "--json  The same as -f json."),
        ("list --json -f csv", "--json writes json, not csv", "leave out --json or -f"),
        ("spam 1 -f ids --json", "--json writes json, not ids", "leave out --json or -f"),
        ("list --colour no", 'no option "--colour"', "did you mean --color?"),
        ("config --vrebose show", 'no option "--vrebose"', "did you mean --verbose?"),
        ("sla why", "sla why needs TICKET", "TICKET  Which ticket"),
        ("hours between office", "hours between needs NAME START END", "START  From when"),
        ("report volumes", 'no report "volumes"', "did you mean volume?"),
        ("init a.db b.db", "more words than init takes: b.db", "see: supportq init --help"),
    ],
)
def test_words_that_a_command_does_not_take_are_told_with_what_it_takes(
    words: str, cause: str, cure: str, tmp_path: Path
) -> None:
    refused = run(*words.split(), queue=tmp_path / "none.db")

    cured = refused.err.splitlines()
    assert (refused.code, refused.out, cured[0]) == (ExitCode.USAGE, "", f"supportq: {cause}")
    assert cured[1].startswith(f"  {cure}")


@pytest.mark.parametrize(
    "words",
    [
        "log {}",
        "log A -c {}",
        "log A -c Ann -m {}",
        "log A -c Ann -t {}",
        "log A -c Ann --field order={}",
        "set 1 subject={}",
        "resolve 1 --reason {}",
        "customer {}",
        "list {}",
        "search {}",
        "count subject:{}",
        "list -T {}",
        "list --as {}",
        "--as {} list",
        "sql {}",
        "config set name {}",
        "preferences set editor {}",
    ],
)
def test_words_that_are_not_text_are_refused_before_anything_is_done(tmp_path: Path, words: str) -> None:
    refused = run(*words.format("caf\udce9").split(), queue=new_queue(tmp_path / "desk.db"))

    assert (refused.code, refused.out) == (ExitCode.USAGE, "")
    assert 'caf\N{REPLACEMENT CHARACTER}" is not text in UTF-8' in refused.err


def test_the_name_of_a_file_may_hold_any_bytes(tmp_path: Path) -> None:
    name = tmp_path / "caf\udce9.csv"
    name.write_text("subject,customer\nLoom,ann@example.com\n", encoding="utf-8")

    assert run("import", str(name), queue=new_queue(tmp_path / "desk.db")).code == ExitCode.DONE


@pytest.mark.parametrize("verb", ["list", "show", "count", "resolve", "sla why"])
def test_a_number_of_any_length_is_a_ticket_that_is_not_there(tmp_path: Path, verb: str) -> None:
    refused = run(*verb.split(), "9" * 24, queue=new_queue(tmp_path / "desk.db"))

    assert (refused.code, refused.out) == (ExitCode.NOT_FOUND, "")
    assert f"no ticket {'9' * 24}" in refused.err


def test_a_range_may_end_anywhere(tmp_path: Path) -> None:
    assert run("list", f"1-{'9' * 5000}", queue=new_queue(tmp_path / "desk.db")).code == ExitCode.DONE


@pytest.mark.parametrize("words", ["list -L", "undo", "config show", "export --follow --after"])
def test_a_number_that_no_queue_can_count_to_is_refused(tmp_path: Path, words: str) -> None:
    refused = run(*words.split(), "9" * 24, queue=new_queue(tmp_path / "desk.db"))

    assert (refused.code, refused.out) == (ExitCode.USAGE, "")
    assert "a number is larger than any in a queue" in refused.err


def test_an_option_that_is_hidden_is_not_offered(friday: Path) -> None:
    assert "did you mean" not in run("reply", "1", "--nov", queue=friday).err


def test_a_value_that_begins_with_a_minus_is_shown_its_place(friday: Path) -> None:
    assert "behind a bare --" in run("config", "set", "reopen_days", "-4", queue=friday).err
