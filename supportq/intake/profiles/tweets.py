"""Conversations on X as a table of posts, where an answer names the post that it answers and may stand before it."""

from collections.abc import Iterable

from supportq.intake.profile import Cells, Profile
from supportq.intake.record import Record


def _unfold(post: Record) -> Iterable[Cells]:
    way = {"true": "in", "false": "out"}.get(post.text("inbound").casefold(), "unknown")
    who = {"customer": f"@{post.text('author_id')}"} if way == "in" else {"author": post.text("author_id")}
    yield post.cells() | who | {"direction": way, "channel": "x"}


PROFILE = Profile(
    title="posts on X, each with what it answers",
    source="tweets",
    signature=("tweet_id", "author_id", "inbound", "created_at", "text", "in_response_to_tweet_id"),
    columns={
        "tweet_id": "key",
        "in_response_to_tweet_id": "thread",
        "created_at": "at",
        "customer": "customer",
        "author": "author",
        "direction": "direction",
        "channel": "channel",
        "text": "body",
    },
    unfold=_unfold,
    in_any_order=True,
)
