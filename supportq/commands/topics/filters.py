"""Topic: how to choose tickets."""

from supportq.commands.section import Section

NUMBERS = (
    ("12", "One ticket."),
    ("12,15", "Several tickets."),
    ("12-20", "All tickets from 12 to 20."),
    ("@", "The last ticket that you touched."),
    ("-", "The numbers on standard input, as `supportq list -f ids` prints them."),
)

TERMS = (
    ("status:open,pending", "A comma means or: new open pending on_hold resolved closed spam active any."),
    ("priority:high..", "At least high: low normal high urgent. Also ..normal and low..high."),
    ("team:sales", "The team, or none."),
    ("agent:me", "Whose ticket it is: an agent, me, or none."),
    ("channel:phone,sms", "How it came in."),
    ("line:2..", "The line of support, 0 to 3."),
    ("customer:ann@example.com", "An address of the customer, or how a word of the name begins: customer:ho."),
    ("organisation:acme", "How a word of the organisation's name begins, or none."),
    ("category:return", "The category, or none."),
    ("language:de", "The language, or none."),
    ("tag:parcel-lost", "One of its tags, or none."),
    ("subject:invoice", "A word of the subject."),
    ('text:"money back"', "Words of the subject, a message or a note; a star stands for any ending."),
    ("created:last-week", "When it came in; see supportq help dates."),
    ("updated:today", "When something last happened."),
    ("due:..tomorrow", "When the next answer or solution is due, or none."),
    ("age:2d..", "At least two days old; ..2d is at most."),
    ("idle:3d..", "Nothing has happened for three days."),
    ("sla:late,at-risk", "How it stands with its promises: late at-risk ok none."),
    ("rating:..2", "What the customer gave it, 1 to 5, or none."),
    ("has:unanswered", "What it has; supportq list has:help names all that can be asked."),
    ("source:zendesk", "What it was read from: mail, a form or another desk; or none."),
    ("key:501", "How it, or a message of it, is called there."),
    ("view:mine", "A filter that the settings have given a name."),
    ("field.order:A-17", "A custom field, or none."),
    ("id:100..200", "The number, among other terms."),
    ("not:tag:spam", "The opposite of a term."),
)

PAGE = (
    Section("By number", rows=NUMBERS),
    Section("By what they are: all terms must hold", rows=TERMS),
    Section(
        "Good to know",
        "A list leaves out what is resolved, closed or spam unless a status is named, or ratings are asked for.\n"
        "Commands that only look take bare words too and search for them: supportq list refund carrier. Commands that "
        "change something want a number or a term, and ask before they touch more than three tickets; breaches and "
        "watch want them too, so that no slip finds nothing and says that all is well.\n"
        "No character here needs quoting in a shell, but for blanks and a star.",
    ),
    Section(
        "Examples",
        lines=(
            "supportq list team:sales sla:late,at-risk not:agent:me",
            'supportq list "text:carrier lost" created:last-month status:any',
            "supportq list tag:spam -f ids | supportq spam - --yes",
        ),
    ),
)
