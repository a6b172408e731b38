import json
from pathlib import Path

from desks import same_screen
from running import run


def test_hits_show_the_words_around_what_was_found(friday: Path) -> None:
    same_screen("search", run("search", "hook", queue=friday, terminal=True).out)


def test_accents_do_not_matter_and_notes_are_searched_too(friday: Path) -> None:
    assert run("search", "ecran", "-f", "ids", queue=friday).out == "2\n"
    assert run("search", "out of memory", "-f", "ids", queue=friday).out == "2\n"


def test_terms_narrow_a_search(friday: Path) -> None:
    assert run("search", "monday", "team:technical", "-f", "ids", queue=friday).out == ""
    assert run("search", "monday", "team:sales", "-L", "1", "-f", "ids", queue=friday).out == "1\n"


def test_a_hit_has_these_keys(friday: Path) -> None:
    (hit,) = json.loads(run("search", "shafts", "--json", queue=friday).out)

    assert list(hit) == ["id", "at", "subject", "snippet", "status", "direction", "message"]


def test_nothing_found_is_no_error_and_no_words_are(friday: Path) -> None:
    assert run("search", "zebra", queue=friday, terminal=True).out == "Nothing was found.\n"
    assert run("search", "status:open", queue=friday).code == 2


def test_a_search_without_hits_names_the_customer_and_the_words_apart(friday: Path) -> None:
    found = run("search", "ida@example.com", queue=friday, terminal=True)
    apart = run("search", "hook reed", "team:sales", queue=friday, terminal=True)

    assert found.err == "1 customer matches: supportq customer ida@example.com\n"
    assert apart.err == "The words may stand apart: supportq search hook reed team:sales\n"


def test_more_hits_than_a_screen_are_announced(friday: Path) -> None:
    shown = run("search", "hook", "-L", "1", queue=friday, terminal=True).out

    assert shown.endswith("the 1 newest hits; -L 0 shows all\n")
