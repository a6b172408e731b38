"""Make a stranger's text harmless to the terminal that shows it."""

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_SEQUENCE = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor, screen
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\n\x07\x1b\x90\x98\x9b-\x9f]*(?:\x07|\x1b\\|\x9c)"  # OSC, DCS and kin
    r"|\x1b[ -/]*[0-~]"  # ESC and a letter: reset, character sets
)
_BREAK = r"\r\n|[\r\n\v\f\x85\u2028\u2029]"
_HIDDEN = "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
_CONTROL = r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]"


def clean(text: str, *, multiline: bool = False) -> str:
    """Return text without control sequences, direction overrides and hidden characters; line ends stay if multiline.

    What a terminal would swallow whole is removed, a single control becomes a visible replacement character.
    """
    if text.isprintable():
        return text
    text = re.sub(_SEQUENCE, "", text)
    text = re.sub(_BREAK, "\n", text) if multiline else re.sub(_BREAK, " ", text).replace("\t", " ")
    return re.sub(_CONTROL, REPLACEMENT, re.sub(_HIDDEN, "", text))
