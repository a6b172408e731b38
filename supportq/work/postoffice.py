"""The ways to the servers and programs that send for the desk, each opened once and as late as can be."""

from contextlib import ExitStack
from typing import Self

from supportq.errors import SupportqError
from supportq.mail.sending import PATIENT, Patience, Post
from supportq.mail.trust import trusting
from supportq.settings.secrets import Secrets
from supportq.settings.values import Settings
from supportq.work.gateway import PREFIX, Courier


class PostOffice:
    """Knows where passwords are, and keeps the connections of one run."""

    def __init__(self, secrets: Secrets, patience: Patience = PATIENT) -> None:
        """Open nothing yet."""
        self._secrets, self._patience = secrets, patience
        self._ways: dict[str, Post | Courier] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def way(self, account: str, settings: Settings) -> Post | Courier:
        """Return the way for an account, connected or found; raise SupportqError where there is none now."""
        if account.startswith(PREFIX):
            return self._ways.setdefault(account, Courier.of(account, settings, self._secrets.preferences))
        post = self._ways.get(account)
        if not isinstance(post, Post):
            post = self._ways[account] = self._stack.enter_context(self._described(account, settings))
        post.connect()
        return post

    def _described(self, name: str, settings: Settings) -> Post:
        account = settings.accounts.get(name)
        if account is None or account.smtp is None:
            raise SupportqError(f'no mail account "{name}" sends any more', "describe it again: supportq config edit")
        password = self._secrets.get(account.smtp.password) if account.smtp.user else ""
        trust = trusting(self._secrets.preferences.ca_file or "")
        return Post(account.smtp, password, trust, account.domain, self._patience)
