"""Passwords: named in the settings, found on the machine, and never shown in what is said about them."""

import pytest

from supportq.settings.faults import Fault
from supportq.settings.preferences import Preferences, Secret, parse_preferences
from supportq.settings.secrets import NoSecret, Secrets


def secrets(secret: Secret, **environment: str) -> Secrets:
    return Secrets(Preferences(secrets={"desk": secret}), environment)


def test_a_password_comes_from_a_variable_or_is_the_first_line_that_a_command_prints() -> None:
    assert secrets(Secret(env="DESK"), DESK="s3 cret").get("desk") == "s3 cret"
    assert secrets(Secret(command="printf 's3 cret\\nuser: ann\\n'")).get("desk") == "s3 cret"


def test_no_shell_reads_a_command() -> None:
    assert secrets(Secret(command="echo $HOME;id")).get("desk") == "$HOME;id"


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        (Secret(env="DESK"), "should be in DESK, which is not set"),
        (Secret(command="no-such-program"), "can't be run: no-such-program: No such file"),
        (Secret(command="echo 'half"), "can't be run: echo 'half: No closing quotation"),
        (Secret(command="sh -c 'echo locked >&2; exit 3'"), r"failed \(3\): locked"),
        (Secret(command="true"), "is empty"),
        (Secret(command="sleep 60"), r"said nothing for 0.2 s"),
    ],
)
def test_a_password_that_is_not_found_is_said_to_be_missing_and_what_to_do(
    secret: Secret, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("supportq.settings.secrets.PATIENCE_S", 0.2)

    with pytest.raises(NoSecret, match=why) as refused:
        secrets(secret).get("desk")

    is_there = secret.command and "run" not in why
    expected = f"try it by hand: {secret.command}" if is_there else "supportq preferences set secrets.desk.command"
    assert expected in refused.value.cures[0]


def test_an_unknown_password_is_named() -> None:
    with pytest.raises(NoSecret, match='does not know the password "other"'):
        secrets(Secret(env="DESK")).get("other")


def test_preferences_say_in_one_way_where_a_password_is() -> None:
    right, _ = parse_preferences('[secrets]\ndesk = { command = "pass show desk" }\n')
    wrong, faults = parse_preferences('agent = "ann"\n[secrets.desk]\nenv = "A"\ncommand = "b"\n')

    assert right.secrets == {"desk": Secret(command="pass show desk")}
    assert (wrong, [(fault.line, fault.path) for fault in faults]) == (Preferences(agent="ann"), [(2, "secrets.desk")])
    assert isinstance(faults[0], Fault)
