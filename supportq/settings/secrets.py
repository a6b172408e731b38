"""Passwords that the settings name and this machine knows: asked for when they are needed, never stored."""

import shlex
from collections.abc import Mapping

from supportq.errors import SupportqError
from supportq.settings.preferences import Preferences, Secret
from supportq.values import dataclass

PATIENCE_S = 20
"""How long a command may take, which somebody may have to type a passphrase for."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a person's preferences and environment know of passwords."""

    preferences: Preferences
    environment: Mapping[str, str]

    def get(self, name: str) -> str:
        """Return a password, which may start a program; raise NoSecret."""
        secret = self.preferences.secrets.get(name)
        if secret is None:
            raise NoSecret(name, f'this machine does not know the password "{name}"')
        found = self._variable(name, secret) if secret.env else _printed(name, secret)
        if not found:
            raise NoSecret(name, f'the password "{name}" is empty', tried=secret.command)
        return found

    def _variable(self, name: str, secret: Secret) -> str:
        if secret.env not in self.environment:
            raise NoSecret(name, f'the password "{name}" should be in {secret.env}, which is not set')
        return self.environment[secret.env]


class NoSecret(SupportqError):
    """A password that can't be found here."""

    def __init__(self, name: str, cause: str, *, tried: str = "") -> None:
        where = f'say where it is: supportq preferences set secrets.{name}.command "pass show {name}"'
        variable = f"or: supportq preferences set secrets.{name}.env VARIABLE"
        super().__init__(cause, *((f"try it by hand: {tried}",) if tried else (where, variable)))


def _printed(name: str, secret: Secret) -> str:
    """Return the first line that a command prints; it is started as it is, by no shell."""
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603 - a program of the person's own choice
            shlex.split(secret.command), capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )
    except subprocess.TimeoutExpired as error:
        why = f'the command of the password "{name}" said nothing for {PATIENCE_S} s'
        raise NoSecret(name, why, tried=secret.command) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise NoSecret(name, f'the command of the password "{name}" can\'t be run: {secret.command}: {why}') from error
    if done.returncode:
        said = done.stderr.strip().partition("\n")[0]
        why = f'the command of the password "{name}" failed ({done.returncode}){said and f": {said}"}'
        raise NoSecret(name, why, tried=secret.command)
    return done.stdout.partition("\n")[0].rstrip("\r")
