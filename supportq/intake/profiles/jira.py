"""Jira Service Management: the CSV of a search; a comment is a cell of moment, account and text."""

from collections.abc import Iterable

from supportq.intake.conversation import TOLD, Said, continued, ended_last
from supportq.intake.profile import Cells, Profile
from supportq.intake.record import Record
from supportq.model.ticket import Status

_CATEGORIES = {
    **dict.fromkeys(("To Do", "Por hacer", "Zu erledigen", "À faire"), "new"),
    **dict.fromkeys(("In Progress", "En curso", "In Arbeit", "En cours"), "open"),
    **dict.fromkeys(("Done", "Listo", "Fertig", "Terminé"), "resolved"),
}
_STATUSES = {
    "to do": "new",
    "waiting for support": "open",
    "work in progress": "open",
    "in review": "open",
    "escalated": "open",
    "waiting for customer": "pending",
    "waiting for approval": "on_hold",
    "canceled": "closed",
    "cancelled": "closed",
    "declined": "closed",
    "done": "resolved",
}
_ANSWERED = "Custom field ([CHART] Date of First Response)"
_TRANSLATIONS = {
    "Summary": "Resumen, Zusammenfassung, Résumé, Resumo",
    "Issue key": "Clave de incidencia, Vorgangsschlüssel, Clé de ticket, Chave da item, Chave do item",
    "Issue id": "ID de la incidencia, Vorgangs-ID, ID de ticket, ID da item",
    "Issue Type": "Tipo de incidencia, Vorgangstyp, Type de ticket, Tipo de item",
    "Status": "Estado, État",
    "Status Category": "Categoría de estado, Statuskategorie, Catégorie d'état",
    "Priority": "Prioridad, Priorität, Priorité, Prioridade",
    "Resolution": "Resolución, Lösung, Résolution, Resolução",
    "Assignee": "Persona asignada, Zugewiesene Person, Bearbeiter, Responsable, Responsável",
    "Reporter": "Informador, Autor, Rapporteur, Relator",
    "Reporter ID": "ID de informador, Autor-ID, ID de rapporteur, ID do relator",
    "Created": "Creada, Erstellt, Création, Criado",
    "Updated": "Actualizada, Aktualisiert, Mise à jour, Atualizado(a)",
    "Resolved": "Resuelta, Erledigt, Résolu, Resolvido",
    "Labels": "Etiquetas, Stichwörter, Étiquettes",
    "Description": "Descripción, Beschreibung",
    "Comment": "Comentario, Kommentar, Commentaire",
    "Satisfaction rating": "Valoración de satisfacción, Zufriedenheitsbewertung, Évaluation de la satisfaction",
    "Custom field ": "Campo personalizado, Benutzerdefiniertes Feld, Champ personnalisé, Champs personnalisés",
}
_COLUMNS = {
    **TOLD,
    "Issue key": "key",
    "Created": "at",
    "Reporter": "name",
    "Custom field (Organizations)": "organisation",
    "Summary": "subject",
    "Description": "body",
    "Labels": "tags",
    "Priority": "priority",
    "our status": "status",
    "Custom field (Request Type)": "category",
    "Assignee": "assignee",
    _ANSWERED: "answered_at",
    "Resolved": "resolved_at",
    "Satisfaction rating": "rating",
    "Custom field (Satisfaction date)": "rated_at",
}


def _unfold(issue: Record) -> Iterable[Cells]:
    """Return the issue, then its comments: the file tells of none whether the customer saw it, nor who is an agent.

    So nobody knows which of those that its reporter did not write are answers. The moment of the first response tells
    that of those up to it; without that, how the issue ended belongs to its own row.
    """
    ticket = issue.cells("Comment") | {"our status": _status(issue)}
    comments = [_said(place, text, issue) for place, text in enumerate(issue.texts("Comment"), 1)]
    answered_at = issue.text(_ANSWERED)
    if not answered_at:
        return [ticket, *continued(_COLUMNS, ticket, comments)]
    first = next((place for place, said in enumerate(comments) if said.at == answered_at), len(comments))
    settled = [
        said._replace(direction="note") if said.direction == "unknown" else said for said in comments[: first + 1]
    ]
    return ended_last(_COLUMNS, [ticket, *continued(_COLUMNS, ticket, [*settled, *comments[first + 1 :]])])


def _status(issue: Record) -> str:
    """Return the status where it is a word of ours or Jira's own, else what the project says it amounts to."""
    status = issue.text("Status")
    is_known = status.casefold() in _STATUSES or status.casefold() in set(Status)
    return status if is_known else _CATEGORIES.get(issue.text("Status Category"), status)


def _said(place: int, comment: str, issue: Record) -> Said:
    at, author, text = (*comment.split(";", 2), "", "")[:3]
    if not text:
        return Said(f"comment {place}", "", "unknown", comment)
    if author == issue.text("Reporter ID", "Reporter"):
        return Said(f"comment {place}", at, "in", text, issue.text("Reporter"))
    return Said(f"comment {place}", at, "unknown", text, author)


PROFILE = Profile(
    title="Jira Service Management, CSV of a search",
    source="jira",
    signature=("Summary", "Issue key", "Issue Type", "Status", "Reporter", "Created"),
    telling=(
        "Issue key",
        "Issue id",
        "Issue Type",
        "Status Category",
        "Reporter ID",
        "Assignee ID",
        "Custom field (Request Type)",
        "Custom field (Time to first response)",
        "Custom field (Time to resolution)",
        _ANSWERED,
    ),
    columns=_COLUMNS,
    statuses=_STATUSES,
    priorities={"média": "normal", "baixa": "low"},
    translations=_TRANSLATIONS,
    unfold=_unfold,
)
