"""Creating a queue: the file, who made it, and the folder that names it from then on."""

from pathlib import Path

from running import Run, run

from supportq.errors import ExitCode


def init(place: Path, *words: str, **environment: str) -> Run:
    return run("init", str(place / "team.db"), *words, queue=place / "team.db", environment=environment)


def test_a_queue_is_created_for_the_person_who_runs_it(tmp_path: Path) -> None:
    done = init(tmp_path, LOGNAME="ann")

    assert done.code == 0
    assert "you are the agent ann" in done.err
    assert (tmp_path / ".supportq.toml").read_text(encoding="utf-8") == 'queue = "team.db"\n'
    assert (tmp_path / "team.db").stat().st_mode & 0o777 == 0o600
    assert run("log", "Order", "-c", "Ida", queue=tmp_path / "team.db").code == 0


def test_who_is_named_is_not_called_what_the_machine_calls_the_login(tmp_path: Path) -> None:
    done = init(tmp_path, "--as", "ann-lee", LOGNAME="root")

    assert "Customers know you as Ann Lee; another name: supportq config set agents.ann-lee.name" in done.err


def test_nothing_that_is_there_is_touched(tmp_path: Path) -> None:
    (tmp_path / "team.db").write_text("mine", encoding="utf-8")

    done = init(tmp_path)

    assert done.code == ExitCode.FAILED
    assert (tmp_path / "team.db").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / ".supportq.toml").exists()


def test_a_folder_that_names_another_queue_keeps_naming_it(tmp_path: Path) -> None:
    (tmp_path / ".supportq.toml").write_text('queue = "old.db"\n', encoding="utf-8")

    done = init(tmp_path)

    assert "names another queue" in done.err
    assert (tmp_path / ".supportq.toml").read_text(encoding="utf-8") == 'queue = "old.db"\n'


def test_teams_of_ones_own_can_be_named(tmp_path: Path) -> None:
    assert "team front-desk" in init(tmp_path, "--team", "Front desk").err


def test_an_unknown_preset_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    assert init(tmp_path, "--preset", "smal").code == ExitCode.USAGE
    assert list(tmp_path.glob("*.db")) == []


def test_what_was_imported_from_before_the_queue_raises_no_alarm(tmp_path: Path) -> None:
    init(tmp_path, "--preset", "liveagent")
    rows = tmp_path / "rows.csv"
    rows.write_text("email,subject,received\nida@example.com,Loom,2026-01-01T09:00:00Z\n", encoding="utf-8")

    run("import", str(rows), queue=tmp_path / "team.db")

    assert run("breaches", queue=tmp_path / "team.db").code == 0
