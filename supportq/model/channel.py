"""The ways in which a customer and the desk talk."""

from enum import StrEnum


class Channel(StrEnum):
    """Where a message was said."""

    EMAIL = "email"
    PHONE = "phone"
    SMS = "sms"
    CHAT = "chat"
    COUNTER = "counter"
    FORM = "form"
    LETTER = "letter"
    FACEBOOK = "facebook"
    MESSENGER = "messenger"
    INSTAGRAM = "instagram"
    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"
    X = "x"
    REVIEW = "review"
    SELF_SERVICE = "self_service"
    OTHER = "other"

    @property
    def is_public(self) -> bool:
        """Tell whether everybody can read what is said there."""
        return self in _PUBLIC

    @property
    def is_answered_by_mail(self) -> bool:
        """Tell whether who writes there expects a mail."""
        return self in _ANSWERED_BY_MAIL


_ANSWERED_BY_MAIL = frozenset({Channel.EMAIL, Channel.FORM})
_PUBLIC = frozenset({Channel.FACEBOOK, Channel.INSTAGRAM, Channel.X, Channel.REVIEW})
