"""Topic: how a desk gets its mail, and answers it."""

from supportq.commands.section import Section

PAGE = (
    Section(
        "An account",
        "It is described in the settings (supportq config edit), for all who share the queue. TLS is implicit unless "
        'tls = "starttls" is said; a port is needed only where it is unusual.',
        lines=(
            "[mail.accounts.desk]",
            'address = "support@example.com"',
            'password = "desk-mail"    # a name: no password is in the queue',
            'smtp = { host = "smtp.example.com", user = "support" }',
            'imap = { host = "imap.example.com", user = "support" }',
        ),
    ),
    Section(
        "Its password",
        "Each machine that fetches or sends says where it is, then tries whether all of it works:",
        lines=(
            'supportq preferences set secrets.desk-mail.command "pass show desk"',
            "supportq preferences set secrets.desk-mail.env DESK_PASSWORD",
            "supportq preferences set ca_file /etc/ssl/our-own.pem",
            "supportq mail test",
        ),
    ),
    Section(
        "In",
        "fetch takes mail from IMAP servers, deliver from a mail server that hands it over, import from files. Each "
        "mail comes in once, whichever way it takes, and joins the ticket that it answers, or opens one; show "
        "--why-thread says why. undo takes back what came in by its number alone, and redo brings it again.",
        lines=("supportq fetch -n", "supportq fetch", "supportq fetch --watch", "supportq deliver < mail.eml"),
    ),
    Section(
        "An answer at once",
        "mail.acknowledgement names a canned reply that tells who opens a ticket its number and by when somebody "
        "answers, in the customer's language: as a rule or their record says, else as their words, the header of the "
        "mail or their earlier mails tell; in doubt in the desk's own. deliver -n shows the words.",
        lines=('supportq config set mail.acknowledgement "received"', "supportq deliver -n < mail.eml"),
    ),
    Section(
        "Out",
        "A reply waits in the outbox until send sends it, and undo takes it back until then; its clock stops when it "
        "is sent. What can't be sent now is tried again, for two days, a copy for whoever has none. What may have been sent is never sent again "
        "by itself: outbox confirm or outbox retry settles it. It goes to where the customer wrote from; to an unknown "
        "Reply-To only with --to, since anybody can write one. list has:failed-reply finds "
        "what was not delivered, until outbox retry or outbox cancel settles it.",
        lines=(
            'supportq reply 17 -m "It is on its way." --cc bo@example.com',
            "supportq outbox list",
            "supportq send -n",
            "supportq send",
            "supportq mail status",
        ),
    ),
    Section(
        "A copy of the queue",
        "What waited when it was made is sent by the original alone, and so is mail fetched: the copy only looks. Where "
        "it is to go on in place of the original, stop that one's cron first.",
        lines=("supportq fetch -n", "supportq fetch --here", "supportq outbox retry --in-doubt"),
    ),
    Section(
        "Without anybody watching",
        "See supportq help cron; a failed reply opens its ticket again, and next brings it up.",
        lines=("* * * * *   supportq send -q", "*/2 * * * * supportq fetch -q"),
    ),
)
