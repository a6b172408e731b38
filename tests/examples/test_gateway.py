"""Channels that programs serve: the two examples join a gateway, and nothing is lost or doubled whatever it does."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from processes import SUPPORTQ, environment
from queues import SETTINGS, new_queue
from running import Run, run

from supportq.errors import ExitCode

CHANNELS = """
[channels.sms]
sender = "send-sms"
fetcher = "fetch-sms"
"""
EXAMPLES = Path(__file__).parents[2] / "examples" / "gateway"


@pytest.fixture
def gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GATEWAY", str(tmp_path))
    return Path(shutil.copytree(EXAMPLES, tmp_path, dirs_exist_ok=True))


@pytest.fixture
def desk(gateway: Path) -> Path:
    queue = new_queue(gateway / "desk.db", SETTINGS + CHANNELS)
    for name in ("send-sms", "fetch-sms"):
        knows(queue, name, str(gateway / name))
    return queue


def knows(queue: Path, name: str, command: str, timeout: str = "1m") -> None:
    run("preferences", "set", f"programs.{name}.command", command, queue=queue)
    done = run("preferences", "set", f"programs.{name}.timeout", timeout, queue=queue)
    assert done.code == ExitCode.DONE, done.err


def sent(gateway: Path) -> list[dict[str, Any]]:
    out = gateway / "outgoing.jsonl"
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] if out.exists() else []


def reply(queue: Path, *words: str) -> Run:
    return run("reply", "1", "-m", "It follows today.", *words, queue=queue)


def states(queue: Path) -> list[str]:
    return run("outbox", "list", "--all", "-f", "tsv", "--no-header", "-c", "state", queue=queue).out.split("\n")[:-1]


def test_what_a_program_fetches_becomes_tickets_once_and_goes_on_with_them(desk: Path, gateway: Path) -> None:
    expected = run("fetch", "-n", queue=desk)
    first, again = run("fetch", queue=desk), run("fetch", "sms", queue=desk)
    with (gateway / "incoming.jsonl").open("a", encoding="utf-8") as incoming:
        incoming.write('{"key": "in-4", "phone": "+4930998877", "text": "Hello?"}\nnonsense\n')
    later = run("fetch", queue=desk)

    assert expected.out.splitlines()[2] == "sms\t+48501234567\tOrder A-1802, by the way.\t1"
    assert first.err.splitlines()[0] == "3 messages: 2 new tickets, 1 added to an earlier one."
    assert again.err.splitlines() == ["3 messages: 3 known already."]
    assert later.err.splitlines()[0] == "5 messages: 1 added to an earlier one, 3 known already, 1 left out."
    assert (later.code, "sms: line 5 was left out" in later.err) == (ExitCode.REJECTED, True)
    listed = run("list", "-f", "csv", "--no-header", "-c", "id,channel,customer", "-s", "id", queue=desk)
    assert listed.out.splitlines() == ["1,sms,Zofia Mak", "2,sms,+4930998877"]


def test_who_watches_hears_of_other_channels_too(desk: Path, gateway: Path) -> None:
    told = environment(gateway, SUPPORTQ_QUEUE=str(desk), XDG_CONFIG_HOME=f"{gateway}/config", GATEWAY=str(gateway))
    words = [SUPPORTQ, "fetch", "--watch"]
    with subprocess.Popen(words, env=told, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as watching:
        assert watching.stderr
        assert watching.stderr.readline().endswith("sms: 3 messages: 2 new tickets, 1 added to an earlier one.\n")
        watching.terminate()

    assert watching.returncode == ExitCode.DONE


def test_a_program_that_fails_is_told_until_it_works_again(desk: Path, gateway: Path) -> None:
    words = ("mail", "status", "-c", "account,trouble", "--no-header")
    knows(desk, "fetch-sms", "sh -c 'echo no signal >&2; exit 1'")
    run("fetch", queue=desk)
    failed = run(*words, queue=desk).out
    screen = run("mail", "status", queue=desk, terminal=True).err
    knows(desk, "fetch-sms", str(gateway / "fetch-sms"))
    run("fetch", queue=desk)

    assert failed == 'channel:sms\tnot fetched: the program "fetch-sms" failed: no signal\n'
    assert "  once it is mended: supportq fetch sms\n" in screen
    assert run(*words, queue=desk).out == "channel:sms\t\n"


def test_a_reply_goes_to_the_program_and_stops_the_clock_when_that_has_taken_it(desk: Path, gateway: Path) -> None:
    run("fetch", queue=desk)

    waiting = reply(desk)
    assert "It waits in the outbox" in waiting.err
    assert not sent(gateway)
    assert run("send", queue=desk).err == "1 sent.\n"

    (message,) = sent(gateway)
    assert message.pop("key").startswith("<1.")
    assert message == {
        "channel": "sms",
        "to": "+48501234567",
        "name": "Zofia Mak",
        "text": "It follows today.",
        "ticket": 1,
    }
    stopped = run("sql", "select stopped_at from clock where kind = 'first_response' and ticket_id = 1", queue=desk).out
    assert "2026-11-20T15:00:00Z" in stopped
    assert reply(desk, "--send").code == ExitCode.DONE
    assert len({message["key"] for message in sent(gateway)}) == 2


@pytest.mark.parametrize(
    ("script", "state", "said"),
    [
        ("exit 75", "queued", "to be tried again"),
        ("echo '\x1b[31mno\x1b[0m credit' >&2; exit 1", "failed", "no"),
        ("kill -9 $$", "maybe sent", "killed by signal 9"),
        ("sleep 30", "maybe sent", "did not end within 1s"),
    ],
)
def test_how_a_program_ends_tells_what_became_of_a_message(
    script: str, state: str, said: str, desk: Path, gateway: Path
) -> None:
    (gateway / "send-sms").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    knows(desk, "send-sms", str(gateway / "send-sms"), timeout="1s")
    run("fetch", queue=desk)

    told = reply(desk, "--send")

    assert said in told.err
    assert "\x1b" not in told.err
    assert states(desk) == [state]


def test_a_gateway_that_is_closed_is_asked_again(desk: Path, gateway: Path) -> None:
    run("fetch", queue=desk)
    (gateway / "closed").touch()
    reply(desk, "--send")
    (gateway / "closed").unlink()
    run("send", queue=desk, now="2026-11-20T15:05:00Z")

    assert len(sent(gateway)) == 1


def test_a_machine_that_does_not_know_the_program_sends_nothing_and_loses_nothing(desk: Path) -> None:
    run("fetch", queue=desk)
    (desk.parent / "config" / "supportq" / "preferences.toml").unlink()

    assert 'this machine does not know the program "send-sms"' in reply(desk, "--send").err
    assert states(desk) == ["queued"]
    assert 'does not know the program "fetch-sms"' in run("fetch", queue=desk).err


def test_what_no_program_can_send_is_recorded_as_given_by_hand(desk: Path) -> None:
    run("fetch", queue=desk)

    assert reply(desk, "--by-hand").code == ExitCode.DONE
    assert states(desk) == []
    run("log", "Loom", "-c", "Jo", "--channel", "sms", "-m", "Hello", queue=desk)
    assert "nobody knows where 3 could be answered by sms" in run("reply", "3", "-m", "Hi", queue=desk).err
    run("log", "Loom", "-c", "Jo", "--channel", "chat", "-m", "Hello", queue=desk)
    assert run("reply", "4", "-m", "Hi", queue=desk).code == ExitCode.DONE
    assert states(desk) == []


def test_settings_name_programs_only_for_channels_without_mail(desk: Path) -> None:
    settings = run("config", "show", queue=desk).out + '\n[channels.email]\nsender = "sendmail"\n'

    assert "channels.email" in run("config", "check", "-", queue=desk, stdin=settings).err
