"""A settings text while it is read: its tables, their lines, and the faults found so far."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from supportq.errors import SupportqError
from supportq.settings.faults import Fault, Path, hint, written
from supportq.settings.lines import key_lines, line_of
from supportq.settings.toml import parse_toml


class Table(BaseModel):
    """A TOML table with known keys and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


T = TypeVar("T", bound=Table)

_RESERVED = frozenset({"me", "none", "any", "auto", "system"})


class Draft:
    """The tables of a settings text; whatever is wrong with them is noted with its line, and reading goes on."""

    def __init__(self, text: str, name: str) -> None:
        self.data = parse_toml(text, name)
        self.faults: list[Fault] = []
        self._lines = key_lines(text)

    def line(self, path: Path) -> int:
        """Return the line on which a path stands."""
        return line_of(path, self._lines)

    def fault(self, path: Path, problem: str, cure: str = "") -> None:
        """Note that something is wrong."""
        self.faults.append(Fault(self.line(path), written(path), problem, cure))

    def refuse(self, path: Path, error: SupportqError) -> None:
        """Note what another room found wrong."""
        self.fault(path, error.cause, "; ".join(map(_cure, error.cures)))

    def knows(self, path: Path, what: str, word: str, known: Iterable[str]) -> bool:
        """Tell whether a word is known, and note it if not."""
        names = list(known)
        if word not in names:
            self.fault(path, f'no {what} "{word}"', hint(word, names))
        return word in names

    def at(self, *path: str) -> Any:
        """Return what stands at a path, or None."""
        found: Any = self.data
        for part in path:
            found = found.get(part) if isinstance(found, dict) else None
        return found

    def tables(self, *path: str) -> dict[str, dict[str, Any]]:
        """Return the named tables of a section; what is no table there was noted with its section."""
        section = self.at(*path)
        named = section.items() if isinstance(section, dict) else ()
        return {name: entry for name, entry in named if isinstance(entry, dict)}

    def entries(self, *path: str) -> list[tuple[Path, dict[str, Any]]]:
        """Return the tables of an array of tables with their paths."""
        section = self.at(*path)
        found = enumerate(section) if isinstance(section, list) else ()
        return [((*path, index), entry) for index, entry in found if isinstance(entry, dict)]

    def distinct(self, what: str, *section: str) -> None:
        """Note the entries of an array of tables that are called like an earlier one."""
        seen: set[str] = set()
        for path, entry in self.entries(*section):
            name = str(entry.get("name", path))
            if name in seen:
                self.fault((*path, "name"), f'another {what} is called "{name}"', "names tell them apart in history")
            seen.add(name)

    def names(self, *path: str) -> tuple[str, ...]:
        """Return the names declared in a section, whether or not their tables are right."""
        section = self.at(*path)
        return tuple(section) if isinstance(section, dict) else ()

    def check_names(self, *section: str) -> None:
        """Note the names declared in a section that can't be typed as one word, or mean something else."""
        for name in self.names(*section):
            if not re.fullmatch(r"[^\W_][\w.-]*", name) or name in _RESERVED:
                cure = "letters and digits, - . _ inside; not me or none"
                self.fault((*section, name), f'"{name}" is no good name', cure)

    def single(self, shape: type[T], *path: str) -> T:
        """Read a table that there is once; what is not said, or not right, is as by default."""
        raw = self.at(*path)
        return self.table(shape, raw if isinstance(raw, dict) else {}, path)

    def table(self, shape: type[T], raw: Mapping[str, Any], path: Path = ()) -> T:
        """Read a table and note all its faults; something empty stands in for what is needed and not right."""
        try:
            return shape.model_validate(raw)
        except ValidationError as error:
            faults = error.errors(include_url=False)
        for fault in faults:
            self.fault((*path, *_place(fault["loc"])), *_in_words(dict(fault), shape))
        wrong = {fault["loc"][0] for fault in faults}
        right = {key: value for key, value in raw.items() if key not in wrong}
        return shape.model_validate(_stand_ins(shape) | right)


def _cure(cure: str) -> str:
    listed = re.fullmatch(r"one of: (.*) \(did you mean (.*)\?\)", cure)
    return hint(listed[2], listed[1].split(" ")) if listed else cure


def _place(location: tuple[int | str, ...]) -> Path:
    return tuple(part for part in location if part != "[key]")


_WORDS = {
    "missing": "is missing",
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list in brackets",
    "list_type": "must be a list of [[tables]]",
    "dict_type": "must be a table",
    "model_type": "must be a table",
}


def _in_words(fault: dict[str, Any], shape: type[Table]) -> tuple[str, str]:
    context = fault.get("ctx", {})
    match fault["type"]:
        case "extra_forbidden":
            return "no such key", hint(str(fault["loc"][-1]), _keys(shape))
        case "enum" | "literal_error":
            return f'no such word "{fault["input"]}"', hint(
                str(fault["input"]), re.findall(r"'(.*?)'", context["expected"])
            )
        case "value_error":
            return str(context["error"]), ""
    return _WORDS.get(fault["type"], fault["msg"].replace("Input should be", "must be")), ""


def _stand_ins(shape: type[Table]) -> dict[str, Any]:
    needed = {name: field.annotation for name, field in shape.model_fields.items() if field.is_required()}
    return {name: "" if annotation is str else {} for name, annotation in needed.items()}


def _keys(shape: type[Table]) -> list[str]:
    return [str(field.validation_alias or name) for name, field in shape.model_fields.items()]
