"""What may stand in a settings text: every fault is named with its line, and all of them at once."""

from datetime import UTC, datetime

import pytest

from supportq.model.clock import ClockKind
from supportq.model.ticket import Priority, Status
from supportq.settings.check import check
from supportq.settings.faults import SettingsFaults
from supportq.settings.values import Settings

TEAM = '[teams.sales]\nname = "Sales"\n'
OFFICE = '[hours.office]\nmon-fri = "09:00-17:00"\n'
POLICY = '[[sla.policies]]\nname = "p"\nfirst_response = "4h"\nnext_response = "8h"\n'
RULE = '[[rules]]\nname = "r"\nwhen = "status:new"\n'
MAIL = '[mail.accounts.desk]\naddress = "desk@loom.example"\n'
SMTP = 'smtp = { host = "smtp.example" }\n'

FAULTS = {
    "no TOML": ('name = "a"\nzone = = 2', "line 2: no TOML: invalid value"),
    "an open text": ('name = "a', "line 1: no TOML"),
    "an unknown section": ("[team.sales]", "line 1: team: no such key (did you mean teams?"),
    "a number for a text": ("name = 3", "line 1: name: must be text in quotes"),
    "a text for a section": ('\nagents = "ann"', "line 2: agents: must be a table"),
    "an unknown zone": ('\nzone = "Europe/Berlim"', "line 2: zone: no time zone"),
    "an unknown default team": ('default_team = "sals"\n' + TEAM, 'default_team: no team "sals" (did you mean sales?'),
    "an agent without a name": ("[agents.ann]", "line 1: agents.ann.name: is missing"),
    "an agent called me": ('[agents.me]\nname = "Me"', 'line 1: agents.me: "me" is no good name'),
    "an agent's unknown team": (
        '[agents.ann]\nname = "Ann"\nteams = ["sals"]\n' + TEAM,
        'line 3: agents.ann.teams: no team "sals"',
    ),
    "a login twice": (
        '[agents.ann]\nname = "A"\nlogins = ["x"]\n[agents.bob]\nname = "B"\nlogins = ["x"]',
        'line 6: agents.bob.logins: "x" is a login of ann too',
    ),
    "a line of support that nobody has": ('[agents.ann]\nname = "A"\nline = 7', "line 3: agents.ann.line: must be"),
    "a team's unknown hours": (
        TEAM + 'hours = "offce"\n' + OFFICE,
        'line 3: teams.sales.hours: no hours "offce" (did you mean office? one of: always office)',
    ),
    "hours that never open": ("[hours.never]", "line 1: hours.never: these hours never open"),
    "hours that are there by themselves": (
        '[hours.always]\nmon = "9:00-10:00"',
        "line 1: hours.always: always is there",
    ),
    "intervals that overlap": (
        OFFICE + 'sat = ["09:00-12:00",\n  "11:00-13:00"]',
        "line 3: hours.office.sat: Saturday 09:00-12:00 overlaps Saturday 11:00-13:00",
    ),
    "nights that overlap the next morning": (
        '[hours.night]\nmon = "22:00-08:00"\ntue = "07:00-12:00"',
        "line 1: hours.night: Monday 22:00-08:00 overlaps Tuesday 07:00-12:00",
    ),
    "an interval of 25:00": ('[hours.x]\nmon = "09:00-25:00"', 'line 2: hours.x.mon: "09:00-25:00" is no interval'),
    "opening times that are a number": ("[hours.x]\nmon = 9", "line 2: hours.x.mon: must be opening times"),
    "an unknown weekday": (OFFICE + 'sunn = "9:00-10:00"', "line 3: hours.office.sunn: no such key (did you mean sun?"),
    "a day said twice": (OFFICE + 'thu-sat = "9:00-10:00"', "line 3: hours.office.thu-sat: says again"),
    "a holiday that is no date": (OFFICE + 'holidays = ["2026-02-30"]', 'line 3: hours.office.holidays: "2026-02-30"'),
    "an opening on no date": (
        OFFICE + '[hours.office.openings]\nsoon = "9:00-10:00"',
        'line 4: hours.office.openings.soon: "soon" is no date',
    ),
    "an account without an address": (
        '[mail.accounts.desk]\nsmtp = { host = "a" }',
        "line 1: mail.accounts.desk.address",
    ),
    "an account whose address is none": (
        MAIL.replace("desk@loom.example", "desk") + SMTP,
        'line 2: mail.accounts.desk.address: "desk" is no address',
    ),
    "an account without servers": (
        '[mail.accounts.desk]\naddress = "d@x.example"',
        "line 1: mail.accounts.desk: neither sends nor fetches",
    ),
    "a user without a password": (
        MAIL + 'smtp = { host = "smtp.example", user = "desk" }',
        "line 3: mail.accounts.desk.smtp: desk has no password",
    ),
    "a password that everybody could read": (
        MAIL + 'password = "p"\nsmtp = { host = "smtp.example", user = "desk", tls = "none" }',
        "line 4: mail.accounts.desk.smtp: the password would go over the net",
    ),
    "an unknown way of privacy": (
        MAIL + 'smtp = { host = "smtp.example", tls = "ssl" }',
        'line 3: mail.accounts.desk.smtp.tls: no such word "ssl"',
    ),
    "mail that is moved nowhere": (
        MAIL + 'imap = { host = "imap.example", then = "move" }',
        "line 3: mail.accounts.desk.imap: what is moved goes somewhere",
    ),
    "two accounts that could send": (
        MAIL + SMTP + MAIL.replace("desk", "other") + SMTP,
        'line 1: mail: several accounts send (say which one usually does: account = "desk")',
    ),
    "two accounts that send from one address": (
        '[mail]\naccount = "desk"\n' + MAIL + SMTP + MAIL.replace("accounts.desk", "accounts.other") + SMTP,
        "line 7: mail.accounts.other.address: desk@loom.example is the address of desk",
    ),
    "a host that is none": (
        MAIL + 'smtp = { host = "smtp loom" }',
        'line 3: mail.accounts.desk.smtp.host: "smtp loom" is no host',
    ),
    "a team's unknown account": (
        TEAM + 'account = "desc"\n' + MAIL + SMTP,
        'line 3: teams.sales.account: no mail account "desc" (did you mean desk?',
    ),
    "a team's account that only fetches": (
        TEAM + 'account = "desk"\n' + MAIL + 'imap = { host = "imap.example" }',
        "line 3: teams.sales.account: desk can't send",
    ),
    "a signature with an unknown word": (
        '[mail]\nsignature = "{{ agent.fone }}"',
        'line 2: mail.signature: no word "agent.fone" for replies (did you mean phone?',
    ),
    "hours in an unknown zone": (OFFICE + 'zone = "Moon"', 'line 3: hours.office.zone: no time zone "Moon"'),
    "alarms since no moment": ('[sla]\nenforce_from = "soon"', 'line 2: sla.enforce_from: "soon" is no moment'),
    "the name of the promise behind all policies": (
        POLICY.replace('"p"', '"soft"'),
        'sla.policies[1].name: "soft" is the promise behind all policies',
    ),
    "a target without a unit": (
        POLICY.replace("[[sla.policies]]", "[[sla.policies]]\nupdate = 4"),
        'line 2: sla.policies[1].update: a target names its unit, such as "4h"',
    ),
    "a target without a unit among others": (
        POLICY.replace("[[sla.policies]]", "[[sla.policies]]\nupdate = { normal = 4 }"),
        'line 2: sla.policies[1].update.normal: a target names its unit, such as "4h"',
    ),
    "a warning after the target": ("[sla]\nwarn_at = [0.5, 1.5]", "line 2: sla.warn_at[2]: must be less than 1"),
    "a policy without a promise": (
        '[[sla.policies]]\nname = "p"\nfirst_response = "4h"',
        "line 1: sla.policies[1].next_response: is missing",
    ),
    "a target that is not positive": (
        POLICY + 'resolution = "0h"',
        'line 5: sla.policies[1].resolution.normal: "0h" is no target',
    ),
    "a target of less than nothing": (
        POLICY + 'resolution = "-1h"',
        'line 5: sla.policies[1].resolution.normal: no length of time "-1h"',
    ),
    "a target that is no time": (POLICY + 'resolution = "soon"', "line 5: sla.policies[1].resolution.normal: no "),
    "a priority without target or fallback": (
        POLICY + 'resolution = { high = "4h" }',
        "line 5: sla.policies[1].resolution: normal has no target",
    ),
    "a target for an unknown priority": (
        POLICY + 'resolution = { normal = "4h", urgnt = "1h" }',
        'line 5: sla.policies[1].resolution.urgnt: no such word "urgnt" (did you mean urgent?',
    ),
    "a policy's unknown hours": (POLICY + 'hours = "offce"', 'line 5: sla.policies[1].hours: no hours "offce"'),
    "a policy's unknown agent": (POLICY + 'when = "agent:anne"', 'line 5: sla.policies[1].when: no agent "anne"'),
    "a policy by what was said": (
        POLICY + 'when = "text:urgent"',
        'line 5: sla.policies[1].when: promises do not follow "text" (they follow: id priority',
    ),
    "a policy by the status, in a view": (
        POLICY + 'when = "view:parked"\n[views]\nparked = "status:on_hold"',
        'line 5: sla.policies[1].when: promises do not follow "status"',
    ),
    "an update clock that rests when all is done": (
        POLICY + 'pause_on = { update = ["resolved"] }',
        "line 5: sla.policies[1].pause_on.update: resolved never pauses this clock",
    ),
    "a policy for whoever asks": (
        POLICY + 'when = "agent:me"',
        "line 5: sla.policies[1].when: nobody knows who you are",
    ),
    "a first response that pauses": (
        POLICY + 'pause_on = { first_response = ["pending"] }',
        "line 5: sla.policies[1].pause_on.first_response: pending never pauses this clock",
    ),
    "a next response that pauses on pending": (
        POLICY + 'pause_on = { next_response = ["pending"] }',
        "line 5: sla.policies[1].pause_on.next_response: pending never pauses this clock",
    ),
    "two policies of one name": (POLICY + POLICY, 'line 6: sla.policies[2].name: another policy is called "p"'),
    "two rules of one name": (
        RULE + "line = 2\n" + RULE + "line = 3",
        'line 6: rules[2].name: another rule is called "r"',
    ),
    "a rule that does nothing": (RULE, "line 1: rules[1]: does nothing"),
    "a rule's unknown action": (RULE + 'asign = "ann"', "line 4: rules[1].asign: no such key (did you mean assign?"),
    "a rule's filter that does not parse": (
        RULE.replace("status:new", "stauts:new") + "line = 2",
        'line 3: rules[1].when: no filter key "stauts" (did you mean status?',
    ),
    "a rule's unknown category": (RULE + 'category = "bug"', 'line 4: rules[1].category: no category "bug"'),
    "a rule's unknown field": (
        RULE.replace("status:new", "field.ordr:1") + "line = 2\n[fields.order]",
        "line 3: rules[1].when: no field",
    ),
    "a view that does not parse": ('[views]\nmine = "agnt:me"', 'line 2: views.mine: no filter key "agnt"'),
    "a view made of itself": ('[views]\nb = "view:b"', "line 2: views.b: the view b is made of itself"),
    "a reply that does not compile": (
        '[canned.x]\nbody = """\nHello\n{% if %}"""',
        "line 2: canned.x.body: in its line 2: Expected an expression",
    ),
    "a reply with an unknown filter": ('[canned.x]\nbody = "{{ ticket.id | shout }}"', "No filter named 'shout'"),
    "a reply that names nobody": (
        '[canned.x]\nbody = "{{ custmer.name }}"',
        'line 2: canned.x.body: no word "custmer" for replies (did you mean customer?',
    ),
    "a reply that names a field that is not there": (
        '[canned.x]\nbody = "{{ ticket.fields.ordr }}"\n[fields.order]',
        'line 2: canned.x.body: no word "ticket.fields.ordr" for replies (did you mean order?',
    ),
    "a translation that does not compile": (
        '[canned.x]\nbody = "a"\n[canned.x.pl]\nbody = "{{"',
        "line 4: canned.x.pl.body:",
    ),
    "a reply without a body": ('[canned.x]\ntitle = "x"', "line 1: canned.x.body: is missing"),
    "a field of an unknown type": ('[fields.x]\ntype = "txt"', 'line 2: fields.x.type: no such word "txt"'),
    "a choice without choices": ('[fields.x]\ntype = "choice"', "line 1: fields.x: choices and the type choice"),
    "an unknown standing": (
        '[organisations]\nAcme = "gld"\n[order.standing]\ngold = "4h"',
        'line 2: organisations.Acme: no standing "gld" (did you mean gold?',
    ),
    "an order by no time": ('[order]\nreopened = "soon"', "line 2: order.reopened: no length of time"),
    "a word for an unknown status": (
        '[import.words.status]\nsolved = "resolvd"',
        'line 2: import.words.status.solved: no such word "resolvd" (did you mean resolved?',
    ),
    "an import column for an unknown field": (
        '[import.profiles.shop]\n"E Mail" = "emial"',
        'line 2: import.profiles.shop.E Mail: no import field "emial" (did you mean email?',
    ),
    "a transition to an unknown status": (
        '[transitions]\nnew = ["opn"]',
        'line 2: transitions.new[1]: no such word "opn"',
    ),
    "a line that is none": ("[cost]\nhourly = { 4 = 30 }", 'no line "4"'),
    "work that costs less than nothing": ("[cost]\nhourly = { 1 = -1 }", "cost.hourly.1"),
    "a field that shows nothing": ('[retention]\nfield = "order"', 'no field "order"'),
}


@pytest.mark.parametrize(("text", "fault"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_named_with_its_line(text: str, fault: str) -> None:
    with pytest.raises(SettingsFaults) as refused:
        check(text)

    assert len(refused.value.faults) == 1
    assert fault in str(refused.value.faults[0])


def test_all_faults_are_named_at_once_in_the_order_of_their_lines() -> None:
    with pytest.raises(SettingsFaults) as refused:
        check(
            'nam = "x"\n[agents.ann]\nname = 3\nteams = ["sals"]\n'
            + TEAM
            + 'hours = "offce"\n'
            + RULE
            + 'team = "sals"'
        )

    assert refused.value.cause == "settings: 5 faults"
    assert [fault.line for fault in refused.value.faults] == [1, 3, 4, 7, 11]


def test_a_faulty_table_still_counts_as_declared() -> None:
    with pytest.raises(SettingsFaults) as refused:
        check("[hours.office]\nmon = 9\n" + TEAM + 'hours = "office"')

    assert [fault.path for fault in refused.value.faults] == ["hours.office.mon"]


def test_what_is_not_said_has_a_default() -> None:
    settings = _settings("")

    assert settings.hours["always"].never_closes
    assert settings.zone == "UTC"
    assert settings.categories[0] == "question"


def test_a_soft_promise_to_answer_stands_last() -> None:
    policies = _settings(POLICY + 'when = "priority:urgent"').policies

    assert [policy.name for policy in policies] == ["p", "soft"]
    assert set(policies[-1].targets.values()) == {7 * 86_400}
    assert {kind for kind, _ in policies[-1].targets} == {ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE}


def test_a_policy_for_every_ticket_needs_no_other_after_it() -> None:
    assert [policy.name for policy in _settings(POLICY).policies] == ["p"]


def test_a_priority_without_a_target_takes_that_of_the_next_lower_one() -> None:
    policy = _settings(POLICY + 'resolution = { normal = "3h", high = "2h" }').policies[0]

    hours = [policy.targets[ClockKind.RESOLUTION_TOTAL, priority] // 3600 for priority in Priority]
    assert hours == [3, 3, 2, 2]


def test_a_working_day_is_as_long_as_the_policys_hours_open() -> None:
    text = POLICY + 'hours = "half"\nresolution = "3 wd"\n[hours.half]\nmon-fri = ["09:00-12:30"]'

    assert _settings(text).policies[0].targets[ClockKind.RESOLUTION_FIRST, Priority.NORMAL] == 3 * 3.5 * 3600


def test_only_resolution_and_update_pause_unless_the_policy_says_more() -> None:
    text = POLICY + POLICY.replace('"p"', '"q"') + 'pause_on = { next_response = ["on_hold"] }'

    by_default, said = (policy.pause_on for policy in _settings(text).policies[:2])

    kinds = (ClockKind.RESOLUTION_FIRST, ClockKind.RESOLUTION_TOTAL, ClockKind.UPDATE)
    assert by_default == dict.fromkeys(kinds, frozenset({Status.PENDING}))
    assert said == {**by_default, ClockKind.NEXT_RESPONSE: {Status.ON_HOLD}}


def test_a_word_every_so_often_is_promised_where_the_policy_says_how_often() -> None:
    silent, told = _settings(POLICY + POLICY.replace('"p"', '"q"') + 'update = { normal = "3d", high = "1d" }').policies

    assert not [kind for kind, _ in silent.targets if kind is ClockKind.UPDATE]
    days = [told.targets[ClockKind.UPDATE, priority] // 86_400 for priority in Priority]
    assert days == [3, 3, 1, 1]


def test_warnings_come_in_the_order_of_time() -> None:
    assert _settings("[sla]\nwarn_at = [0.9, 0.5]").warn_at == (0.5, 0.9)


def test_a_single_day_beats_a_range_of_days() -> None:
    hours = _settings(OFFICE + 'fri = ["09:00-15:00"]\nsat-sun = []').hours["office"]

    assert hours.week == (((540, 1020),),) * 4 + (((540, 900),), (), ())


def test_a_range_of_days_may_run_over_the_weekend() -> None:
    hours = _settings('[hours.x]\nsat-mon = "10:00-11:00"').hours["x"]

    assert [bool(day) for day in hours.week] == [True, False, False, False, False, True, True]


def test_holidays_are_days_or_ranges_with_quotes_or_without() -> None:
    hours = _settings(OFFICE + 'holidays = [2026-04-03, "2026-12-24..2026-12-26"]').hours["office"]

    assert hours.holidays == (("2026-04-03", "2026-04-03"), ("2026-12-24", "2026-12-26"))


@pytest.mark.parametrize("moment", ['"2026-11-22"', "2026-11-22", "2026-11-21T23:00:00Z", '"2026-11-22 00:00+01:00"'])
def test_alarms_begin_at_a_moment_which_is_local_unless_it_says_otherwise(moment: str) -> None:
    settings = _settings(f'zone = "Europe/Berlin"\n[sla]\nenforce_from = {moment}')

    assert settings.enforce_from == datetime(2026, 11, 21, 23, tzinfo=UTC)


def test_a_reply_in_the_customers_language_is_taken_where_there_is_one() -> None:
    canned = _settings('[canned.x]\nbody = "Hello"\n[canned.x.pl]\nbody = "Dzień dobry"').canned["x"]

    assert [canned.in_language(language) for language in ("pl", "lv", None)] == ["Dzień dobry", "Hello", "Hello"]


def test_a_reply_may_have_words_of_its_own() -> None:
    assert _settings('[canned.x]\nbody = "{% set x = customer %}{{ x.anything }}"').canned


def _settings(text: str) -> Settings:
    return check(text).settings


def test_mail_has_the_ports_of_its_privacy_and_the_only_sender_sends_it() -> None:
    servers = 'smtp = { host = "a", tls = "starttls", user = "u" }\nimap = { host = "b", user = "u" }\n'

    settings = check(TEAM + 'sender = "Loom sales"\n' + MAIL + 'password = "p"\n' + servers).settings

    account = settings.accounts["desk"]
    assert settings.default_account == "desk"
    assert account.smtp
    assert account.imap
    assert (account.smtp.place, account.imap.server.place) == ("a:587", "b:993")
    assert (account.smtp.password, account.imap.server.password) == ("p", "p")
    assert (settings.sender, settings.teams["sales"].sender) == ("", "Loom sales")
