"""Topic: what a command tells the shell."""

from supportq.commands.section import Section
from supportq.errors import ExitCode

MEANINGS = {
    ExitCode.DONE: "Done. An empty list is done too.",
    ExitCode.FAILED: "Failed: no queue file, a file that is none, a newer one; a check that found faults; a mail server that won't.",
    ExitCode.USAGE: "Words that can't be understood, or a question that nobody was there to answer.",
    ExitCode.NOT_FOUND: "A ticket, customer or other thing that was named isn't there, and nothing was changed; "
    "next had nothing to give.",
    ExitCode.DECLINED: "You said no, or wrote nothing; nothing was changed.",
    ExitCode.AT_RISK: "Something is at risk (breaches --fail-on at-risk).",
    ExitCode.LATE: "Something is late (breaches).",
    ExitCode.REJECTED: "Some rows of an import, or mails of a fetch, were not taken; the others are in.",
    ExitCode.TRY_AGAIN: "The queue was busy or its disk full; nothing was changed. Try again.",
    ExitCode.INTERRUPTED: "Interrupted by Ctrl-C.",
    ExitCode.CLOSED_PIPE: "Nobody wanted to read on, as in supportq list | head -1.",
}

PAGE = (
    Section(rows=tuple((str(code.value), meaning) for code, meaning in MEANINGS.items())),
    Section("Example", lines=("supportq breaches -q || page-someone",)),
)
