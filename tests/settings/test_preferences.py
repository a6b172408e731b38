"""What a person prefers, and which choice counts."""

from pathlib import Path

import pytest

from supportq.settings.choices import Choices, Origin, find_project
from supportq.settings.faults import SettingsFaults
from supportq.settings.preferences import Preferences, load_preferences, parse_preferences, preferences_file


def test_preferences_are_kept_in_the_config_folder() -> None:
    assert preferences_file({"XDG_CONFIG_HOME": "/x", "HOME": "/h"}) == Path("/x/supportq/preferences.toml")
    assert preferences_file({"XDG_CONFIG_HOME": "rel", "HOME": "/h"}) == Path("/h/.config/supportq/preferences.toml")
    assert preferences_file({"HOME": "/h"}) == Path("/h/.config/supportq/preferences.toml")


def test_an_empty_environment_is_no_fault() -> None:
    load_preferences(preferences_file({}))

    assert load_preferences(None) == (Preferences(), ())


def test_nothing_is_preferred_without_a_file(tmp_path: Path) -> None:
    assert load_preferences(tmp_path / "preferences.toml") == (Preferences(), ())


def test_what_is_right_counts_and_what_is_wrong_is_named(tmp_path: Path) -> None:
    file = tmp_path / "preferences.toml"
    file.write_text('agent = "ann"\neditr = "vi"\ncolor = "nevr"\npager = 3\n[aliases]\nmine = "list agent:me"\n')

    preferences, faults = load_preferences(file)

    assert preferences == Preferences(agent="ann", aliases={"mine": "list agent:me"})
    assert [str(fault).partition(" one of")[0] for fault in faults] == [
        "line 2: editr: no such key (did you mean editor?",
        'line 3: color: no color "nevr" (did you mean never?',
        "line 4: pager: must be text in quotes",
    ]


def test_a_text_that_is_no_toml_prefers_nothing() -> None:
    preferences, faults = parse_preferences("agent = ann")

    assert preferences == Preferences()
    assert [fault.line for fault in faults] == [1]


def test_the_nearest_place_chooses_the_queue(tmp_path: Path) -> None:
    (tmp_path / ".supportq.toml").write_text('queue = "team.db"\n')
    folder = tmp_path / "a" / "b"
    everything = Choices({"SUPPORTQ_QUEUE": "env.db"}, folder, Preferences(queue="mine.db"))

    assert everything.queue("flag.db") == Origin("flag.db", "--queue")
    assert everything.queue() == Origin("env.db", "SUPPORTQ_QUEUE")
    assert Choices({}, folder, Preferences(queue="mine.db")).queue() == Origin(
        str(tmp_path / "team.db"), str(tmp_path / ".supportq.toml")
    )
    assert Choices({}, Path("/"), Preferences(queue="mine.db")).queue() == Origin("mine.db", "preferences")
    assert Choices({}, Path("/"), Preferences()).queue() == Origin("supportq.db", "default")


def test_a_project_file_names_the_queue_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".supportq.toml").write_text('queue = "a.db"\neditor = "rm -rf"\n')

    with pytest.raises(SettingsFaults) as refused:
        find_project(tmp_path)

    assert refused.value.cures == (
        f"{tmp_path}/.supportq.toml: line 2: editor: no such key (only queue can stand here)",
    )


def test_what_was_preferred_for_this_program_beats_what_all_programs_share() -> None:
    shared = {"VISUAL": "code", "EDITOR": "nano", "PAGER": "more"}
    preferred = Preferences(editor="vim", pager="most")

    assert Choices(shared, Path("/"), preferred).editor() == Origin("vim", "preferences")
    assert Choices(shared, Path("/"), Preferences()).editor() == Origin("code", "VISUAL")
    assert Choices(shared | {"SUPPORTQ_PAGER": ""}, Path("/"), preferred).pager() == Origin("", "SUPPORTQ_PAGER")
    assert Choices(shared | {"SUPPORTQ_PAGER": "bat"}, Path("/"), preferred).pager() == Origin("bat", "SUPPORTQ_PAGER")


def test_the_login_is_who_acts_where_nothing_else_says_so() -> None:
    choices = Choices({}, Path("/"), Preferences())

    assert choices.all(login="ann")["agent"] == Origin("ann", "login")
    assert choices.all()["color"] == Origin("auto", "default")
