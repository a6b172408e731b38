"""A name that is no agent's at the desk."""

from collections.abc import Iterator

from supportq.desk import Desk
from supportq.errors import SupportqError


def not_known(desk: Desk, name: str | None = None) -> Iterator[str]:
    """Yield what is to be said of a name, or of whoever runs this, that is no agent's; nothing without a queue."""
    try:
        agents, name = desk.settings.agents, name or desk.known or desk.named.value
    except SupportqError:
        return
    if name not in agents:
        yield f"{name or 'nobody'} is no agent of {desk.path} (yet); its agents: {' '.join(agents)}"
        yield "  be one of them: supportq preferences set agent NAME      or add yourself: supportq config edit"
