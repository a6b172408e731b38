"""Mail accounts: the addresses that the desk writes from, their servers, and how what it sends is signed."""

import re
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from typing import Annotated, Any

from pydantic import Field

from supportq.errors import SupportqError
from supportq.mail.account import Account, Auth, Fetching, Server, Then, Tls
from supportq.mail.writing import spec_of
from supportq.settings.draft import Draft, Table
from supportq.settings.faults import Path
from supportq.settings.sections.replies import check_template
from supportq.settings.values import Team

PATH = ("mail", "accounts")
SMTP_PORTS = {Tls.IMPLICIT: 465, Tls.STARTTLS: 587, Tls.NONE: 25}
IMAP_PORTS = {Tls.IMPLICIT: 993, Tls.STARTTLS: 143, Tls.NONE: 143}


class MailTable(Table):
    """What a settings text says of all mail; teams may say otherwise."""

    account: str | None = None
    sender: str = ""
    signature: str = ""
    acknowledgement: str = ""
    notices_a_minute: Annotated[int, Field(strict=True, ge=1)] = 30
    accounts: dict[str, dict[str, Any]] = Field(default={})


class AccountTable(Table):
    """What a settings text says of an account; its servers are read on their own."""

    address: str
    password: str = ""
    plus: bool = False
    smtp: dict[str, Any] = Field(default={})
    imap: dict[str, Any] = Field(default={})


class ServerTable(Table):
    """What a settings text says of a server."""

    host: str
    port: Annotated[int | None, Field(strict=True, ge=1, le=65535)] = None
    tls: Tls = Tls.IMPLICIT
    user: str = ""
    password: str = ""
    auth: Auth = Auth.PASSWORD


class ImapTable(ServerTable):
    """What a settings text says of a server that mail is fetched from."""

    folder: str = "INBOX"
    then: Then = Then.FLAG
    moved_to: str = ""


def read_mail(draft: Draft) -> MailTable:
    """Read what holds for all mail."""
    mail = draft.single(MailTable, "mail")
    _check_templates(draft, ("mail",), mail.sender, mail.signature)
    if mail.acknowledgement:
        draft.knows(("mail", "acknowledgement"), "canned reply", mail.acknowledgement, draft.names("canned"))
    return mail


def read_accounts(draft: Draft) -> dict[str, Account]:
    """Read the mail accounts."""
    draft.check_names("mail", "accounts")
    accounts = {name: _account(draft, name, raw) for name, raw in draft.tables(*PATH).items()}
    _check_senders_differ(draft, [account for account in accounts.values() if account.smtp and account.address])
    return accounts


def read_default_account(draft: Draft, mail: MailTable, accounts: Mapping[str, Account]) -> str | None:
    """Return the account of whoever has none of their own: the one that is named, else the only one that sends."""
    sending = [name for name, account in accounts.items() if account.smtp]
    if mail.account is not None:
        _check_sends(draft, ("mail", "account"), mail.account, sending)
        return mail.account
    if len(sending) > 1:
        draft.fault(("mail",), "several accounts send", f'say which one usually does: account = "{sending[0]}"')
    return next(iter(sending), None)


def check_teams(draft: Draft, teams: Mapping[str, Team], accounts: Mapping[str, Account]) -> None:
    """Note the teams whose account can't send, or whose words are no templates."""
    sending = [name for name, account in accounts.items() if account.smtp]
    for team in teams.values():
        if team.account is not None:
            _check_sends(draft, ("teams", team.code, "account"), team.account, sending)
        _check_templates(draft, ("teams", team.code), team.sender, team.signature)


def _account(draft: Draft, name: str, raw: Mapping[str, Any]) -> Account:
    path: Path = (*PATH, name)
    table = draft.table(AccountTable, raw, path)
    if not (table.smtp or table.imap):
        draft.fault(path, "neither sends nor fetches", 'such as smtp = { host = "smtp.example.com", user = "desk" }')
    return Account(
        name,
        _spec(draft, (*path, "address"), table.address),
        _smtp(draft, path, table) if table.smtp else None,
        _imap(draft, path, table) if table.imap else None,
        table.plus,
    )


def _smtp(draft: Draft, path: Path, account: AccountTable) -> Server:
    table = draft.table(ServerTable, account.smtp, (*path, "smtp"))
    return _server(draft, (*path, "smtp"), table, account, SMTP_PORTS)


def _imap(draft: Draft, path: Path, account: AccountTable) -> Fetching:
    path = (*path, "imap")
    table = draft.table(ImapTable, account.imap, path)
    if (table.then is Then.MOVE) != bool(table.moved_to):
        draft.fault(path, "what is moved goes somewhere", 'then = "move" and moved_to = "Desk" go together')
    server = _server(draft, path, table, account, IMAP_PORTS)
    return Fetching(server, table.folder, table.then, table.moved_to)


def _server(draft: Draft, path: Path, table: ServerTable, account: AccountTable, ports: Mapping[Tls, int]) -> Server:
    if re.search(r"[\s/@]", table.host):
        draft.fault((*path, "host"), f'"{table.host}" is no host', 'such as host = "mail.example.com"')
    password = (table.password or account.password) if table.user else ""
    if table.user and not password:
        draft.fault(path, f"{table.user} has no password", 'name a secret of the machine: password = "desk-mail"')
    if table.user and table.tls is Tls.NONE and not _is_near(table.host):
        draft.fault(path, "the password would go over the net for everybody to read", 'tls = "implicit" or "starttls"')
    return Server(table.host, table.port or ports[table.tls], table.tls, table.user, password, table.auth)


def _is_near(host: str) -> bool:
    """Tell whether a host is this very machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_senders_differ(draft: Draft, sending: Sequence[Account]) -> None:
    """Note the accounts that send from the address of another one; several may fetch for one."""
    first: dict[str, str] = {}
    for account in sending:
        other = first.setdefault(account.address.casefold(), account.name)
        if other != account.name:
            path = (*PATH, account.name, "address")
            draft.fault(path, f"{account.address} is the address of {other}", "let one of them send: leave out smtp")


def _check_sends(draft: Draft, path: Path, name: str, sending: list[str]) -> None:
    if name in draft.names(*PATH) and name not in sending:
        draft.fault(path, f"{name} can't send", f"give it a server: mail.accounts.{name}.smtp")
    else:
        draft.knows(path, "mail account", name, sending)


def _check_templates(draft: Draft, path: Path, sender: str, signature: str) -> None:
    check_template(draft, (*path, "sender"), sender)
    check_template(draft, (*path, "signature"), signature)


def _spec(draft: Draft, path: Path, address: str) -> str:
    """Return an address as mails carry it, note one that none can."""
    try:
        return spec_of(address) if address else ""
    except SupportqError as error:
        draft.refuse(path, error)
        return address
