"""How far each mailbox was fetched, by the server's numbers, which hold for as long as their validity is the same.

And which mails there are unfinished: the server was not told yet that they were taken, or they were refused.
"""

SCRIPT = """
create table mail_fetch (
  mailbox text primary key,
  account text not null,
  validity integer not null,
  last_uid integer not null,
  fetched_at text check (length(fetched_at) = 20),
  failed_at text check (length(failed_at) = 20),
  failure text
) strict, without rowid;

create table mail_left (
  mailbox text not null references mail_fetch (mailbox),
  uid integer not null,
  refused text,
  primary key (mailbox, uid)
) strict, without rowid;
"""
