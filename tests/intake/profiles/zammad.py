"""The spreadsheet of a report of Zammad.

`lib/excel_sheet.rb` writes a title, an empty row, the header and at the end a line with the time zone;
`lib/excel_sheet/ticket.rb` names the columns. Quirks: true moments in cells, names without addresses, numbers as text.
"""

from spreadsheets import MOMENT, xlsx

NAME = "tickets.xlsx"
_TICKET = ["#", "Title", "State", "Priority", "Group", "Owner", "Customer", "Organization"]
_TIMES = ["Created At", "Updated At", "Closed At", "First Response At", "First Response In Min"]
DATA = xlsx(
    ["2026-11"],
    [],
    [*_TICKET, "Create Channel", "Sender", "Tags", "Time Units Total", *_TIMES, "Article Count"],
    [
        *(
            "0031001",
            "Loom creaks",
            "pending reminder",
            "3 high",
            "Sales & Orders",
            "Ann Lee",
            "Ida Berg",
            "Berg & Sons",
        ),
        *("email", "Customer", "loom,wool", 1.5, MOMENT(46328.384977), MOMENT(46328.416667), "", MOMENT(46328.402778)),
        *(26, 3),
    ],
    [],
    ["Timezone: Europe/Berlin"],
)
SEEN = """\
0031001 2026-11-02T08:14:22Z email in Ida Berg of Berg & Sons: Loom creaks
  status=pending priority=high team=sales assignee=ann tags=loom wool
  answered_at=2026-11-02T08:40:00Z
  + Sender=Customer | Time Units Total=1.5 | First Response In Min=26 | Article Count=3
"""
