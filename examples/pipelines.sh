#!/bin/sh
# What a desk does in pipelines. SUPPORTQ_QUEUE names the queue; try it on a copy: supportq backup copy.db
set -eu

# Another program's inquiries come in on standard input, and the rules sort what is new. The same lines again change
# nothing.
printf '%s\n' \
    'number,received,mail,subject,text' \
    'W-1,2026-11-20T08:12:00Z,rosa.ek@example.com,Shuttle missing,"The box holds no shuttle, only its leaflet."' \
    'W-2,2026-11-20T08:40:00Z,paul.nok@example.com,Invoice twice,Order A-2211 was charged twice.' |
    supportq import - --from csv -f ids | supportq triage - --auto

# JSON lines work the same way.
supportq import "$(dirname "$0")/inquiries.jsonl" --triage

# Whatever the rules took for spam is marked as such, in one change that one undo takes back.
supportq list tag:suspicious -f ids > suspicious.ids
if test -s suspicious.ids; then
    supportq spam - --yes --reason "matched the spam rules" < suspicious.ids
fi

# The numbers and names of those who have waited for more than two hours, for a round of calls.
supportq list has:unanswered -f jsonl -L 0 | jq -r 'select(.age_s > 7200) | [.id, .customer] | @tsv' > calls.tsv

# Every ticket for a spreadsheet, which must not run what customers wrote as formulas.
supportq export -f csv --spreadsheet -o tickets.csv

# Arrivals by channel and week, and how they stood with their promises.
supportq report volume --by channel,week --since 12w -f csv > volume.csv
supportq report sla --since last-month -f md > sla.md

# All of it on one page for a browser, and in brief for a wiki.
supportq report page --since 2026-01-01 -o desk.html
supportq report digest --since 2026-10 --until 2026-10 -f md > digest.md

# Any question in SQL, on the views that `supportq sql --schema` documents.
supportq sql "select channel, count(*) as tickets from ticket_view group by channel order by tickets desc" -f csv \
    > channels.csv

# The file is plain SQLite, for any tool that reads it: datasette serve --immutable "$SUPPORTQ_QUEUE"
sqlite3 -readonly "$SUPPORTQ_QUEUE" \
    "select team, round(avg(business_s) / 3600.0, 1) from clock_view where kind = 'first_response' group by team" \
    > hours-to-first-response.txt

# Everything, without loss, and each customer's words alone. A queue comes back with supportq init FILE --from all.jsonl
supportq export -o all.jsonl
jq -r 'select(.record == "message" and .direction == "in") | .body' all.jsonl > words.txt

# The same for strangers, such as a report of a fault: nobody can be known in it, and every figure is as it was.
supportq export --anonymise | jq -c 'select(.record == "ticket")' > anonymous.jsonl

# The conversations of a day for a mail program.
supportq export created:2026-11-19 -f mbox > day.mbox

# New tickets as they come, each as a line of JSON. This one begins behind ticket 380 and has enough after two.
supportq export --follow --after 380 | head -2 | jq -r '[.id, .channel, .subject] | @tsv' > new.tsv
