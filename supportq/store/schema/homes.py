"""In which file each mail was put into the outbox: a copy of that file must not send it, too."""

SCRIPT = "alter table outbox add column home text not null default '';\n"
