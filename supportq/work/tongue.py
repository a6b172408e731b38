"""In which language to answer whom: where nobody has said it, as far as mails tell."""

from supportq.errors import UnknownWord
from supportq.intake.languages import language_of
from supportq.intake.words import parse_language
from supportq.mail.quoting import without_quotes
from supportq.model.customer import Customer
from supportq.model.inquiry import Inquiry
from supportq.model.mail import Mail
from supportq.store.change import Change
from supportq.store.customers import last_language


def likely_language(change: Change, inquiry: Inquiry, mail: Mail, customer: Customer | None) -> str | None:
    """Return the language of a mail: by its words where they tell, by its header, or as its sender wrote before.

    The words come first, since mail programs name the language that they are set to, whatever is written. Nothing is
    presumed of machines, nor of customers of whom somebody has said it.
    """
    if mail.automatic or mail.fault or customer is None or customer.language:
        return None
    told = language_of(f"{inquiry.subject}\n{without_quotes(inquiry.body)}") or _named(mail.language)
    return told or last_language(change.queue.connection, customer.id)


def _named(header: str) -> str:
    """Return what a Content-Language header says, empty where it names none that is known, or several."""
    try:
        return parse_language(header.strip()) if header.strip() else ""
    except UnknownWord:
        return ""
