"""The tags that a desk knows: those its tickets have, and those its rules give."""

from collections.abc import Collection, Iterator
from functools import cached_property

from supportq.settings.values import Settings
from supportq.store.queue import Queue

TAGS = "select distinct tag from ticket_tag order by tag"


class KnownTags(Collection[str]):
    """Every known tag, looked up only when somebody asks about one."""

    def __init__(self, queue: Queue, settings: Settings) -> None:
        self._queue = queue
        self._settings = settings

    @cached_property
    def _tags(self) -> dict[str, None]:
        given = (value for rule in self._settings.rules for name, value in rule.actions if name == "tags")
        known = dict.fromkeys(row[0] for row in self._queue.connection.execute(TAGS))
        return known | dict.fromkeys(tag for tags in given if isinstance(tags, tuple) for tag in tags)

    def __contains__(self, tag: object) -> bool:
        return tag in self._tags

    def __iter__(self) -> Iterator[str]:
        return iter(self._tags)

    def __len__(self) -> int:
        return len(self._tags)
