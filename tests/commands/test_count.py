from pathlib import Path

from running import run


def test_a_count_is_a_number(friday: Path) -> None:
    assert run("count", "team:sales", queue=friday).out == "3\n"
    assert run("count", "team:sales", "-f", "jsonl", queue=friday).out == '{"tickets": 3}\n'


def test_counts_by_a_key_add_up(friday: Path) -> None:
    assert run("count", "--by", "team", queue=friday).out == "team\ttickets\nsales\t3\n\t1\ntechnical\t1\n"
    assert run("count", "--by", "tam", queue=friday).code == 2
