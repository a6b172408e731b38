"""How a team writes: from which account, under which name, with which signature."""

from typing import TYPE_CHECKING

from supportq.settings.values import Settings
from supportq.values import dataclass

if TYPE_CHECKING:
    from supportq.mail.account import Account


@dataclass(frozen=True, slots=True)
class Style:
    """How mails of a team look; without an account none are sent, and an empty sender is the agent's name."""

    account: "Account | None"
    sender: str
    signature: str


def style_of(settings: Settings, team: str | None) -> Style:
    """Return how a team writes, or whoever has none."""
    found = settings.teams.get(team or "")
    name = (found and found.account) or settings.default_account
    house = found or settings
    return Style(settings.accounts[name] if name else None, house.sender, house.signature)
