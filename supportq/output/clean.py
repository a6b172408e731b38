"""Make a stranger's text harmless to the terminal that shows it."""

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor, screen
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\n\x07\x1b\x90\x98\x9b-\x9f]*(?:\x07|\x1b\\|\x9c)"  # OSC, DCS and kin
    r"|\x1b[ -/]*[0-~]"  # ESC and a letter: reset, character sets
)
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str, *, multiline: bool = False) -> str:
    """Return text without control sequences, direction overrides and hidden characters; line ends stay if multiline.

    What a terminal would swallow whole is removed, a single control becomes a visible replacement character.
    """
    if text.isprintable():
        return text
    text = _SEQUENCE.sub("", text)
    text = _BREAK.sub("\n", text) if multiline else _BREAK.sub(" ", text).replace("\t", " ")
    return _CONTROL.sub(REPLACEMENT, _HIDDEN.sub("", text))
