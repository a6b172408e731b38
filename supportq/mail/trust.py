"""Whom we believe to be a mail server: those whose certificate somebody vouches for that this machine trusts."""

import ssl

from supportq.errors import SupportqError


def trusting(ca_file: str = "") -> ssl.SSLContext:
    """Return what checks the certificates of servers; `ca_file` names further ones that are trusted."""
    context = ssl.create_default_context()
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError) as error:
            raise SupportqError(
                f"the certificates in {ca_file} can't be read: {error.strerror or error}",
                "name another file: supportq preferences set ca_file FILE",
            ) from error
    return context
