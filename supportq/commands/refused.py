"""What the reader of options refuses, in our own words."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import typer

from supportq.commands.pages import term_of
from supportq.errors import UsageError

_KINDS = {"int": "a whole number", "int range": "a whole number", "float": "a number", "float range": "a number"}

_BYTES = re.compile("[\udc80-\udcff]")
_NEGATIVE = re.compile(r"-[0-9.]+")
_NAMES_FILE = re.compile("FILE|FOLDER")
_FROM_ELSEWHERE = ("type it in a terminal that writes UTF-8", "or change a script of another encoding: iconv -t UTF-8")


def refused(error: typer.TyperException, context: Any) -> UsageError:
    """Return what is wrong with the words of a command, what would be right, and the page that explains it."""
    parameter = _parameter(error, context)
    told = [f"{term_of(parameter)}  {parameter.help}"] if parameter and parameter.help else []
    return UsageError(
        _cause(error, parameter, context), *told, *_meant(error, context), f"see: {context.command_path} --help"
    )


def check_text(context: Any, words: Sequence[str]) -> None:
    """Raise UsageError for a word of a command that is not text in UTF-8; the name of a file may hold any bytes."""
    given, _, _ = context.command.make_parser(context).parse_args(args=list(words))
    for parameter in context.command.params:
        values = given.get(parameter.name) or ()
        for value in (values,) if isinstance(values, str) else values:
            if isinstance(value, str) and _BYTES.search(value) and not _NAMES_FILE.search(term_of(parameter)):
                raise UsageError(f'"{value}" is not text in UTF-8', *_FROM_ELSEWHERE)


def _parameter(error: Any, context: Any) -> Any:
    """Return the option or argument that an error is about, None for words that belong to none."""
    flag = getattr(error, "option_name", "")
    named = (parameter for parameter in context.command.params if flag in parameter.opts + parameter.secondary_opts)
    return getattr(error, "param", None) or next(named, None)


def _cause(error: Any, parameter: Any, context: Any) -> str:
    if hasattr(error, "possibilities"):
        return f'no option "{error.option_name}"'
    if parameter is None:
        return f"more words than {_verb(context)} takes: {error.message.rpartition('(')[2].rstrip(')')}"
    if hasattr(error, "option_name"):
        return f"{error.option_name} {'takes no' if parameter.is_flag else 'needs a'} value"
    if not error.message:
        needed = (term_of(other) for other in context.command.params if other.required)
        return f"{_verb(context)} needs {' '.join(needed)}"
    value = error.message.partition(" is not ")[0].strip("'\"")
    return f'{_name(parameter)} takes {_kind(parameter.type)}, not "{value}"'


def _name(parameter: Any) -> str:
    longest: str = max(parameter.opts, key=len)
    return longest if longest.startswith("-") else term_of(parameter).strip("[].")


def _kind(kind: Any) -> str:
    choices = [str(choice) for choice in getattr(kind, "choices", ())]
    if choices:
        return f"{', '.join(choices[:-1])} or {choices[-1]}"
    return _KINDS.get(kind.name, "another value") + _bounds(getattr(kind, "min", None), getattr(kind, "max", None))


def _bounds(least: float | None, most: float | None) -> str:
    if least is not None and most is not None:
        return f" from {least} to {most}"
    if least is not None:
        return f" of at least {least}"
    return "" if most is None else f" of at most {most}"


def _meant(error: Any, context: Any) -> list[str]:
    """Return a question after the option that looks like one that is unknown, or how a negative number is written."""
    if not hasattr(error, "possibilities"):
        return []
    if _NEGATIVE.fullmatch(error.option_name):
        return ["a value that begins with - stands at the end, behind a bare --"]
    told = (parameter for parameter in context.command.params if not getattr(parameter, "hidden", False))
    flags = [flag for parameter in told for flag in (*parameter.opts, *parameter.secondary_opts)]
    return [f"did you mean {flag}?" for flag in get_close_matches(error.option_name, flags, n=1, cutoff=0.7)]


def _verb(context: Any) -> str:
    path: str = context.command_path
    return path.removeprefix("supportq ")
