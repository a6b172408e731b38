"""Exports in the language of whoever made them: Jira writes its headers, months and words so.

The Spanish and Portuguese headers are those that public readers of such files look for (`Clave de incidencia`, `Persona
asignada`; `Chave da item`, `Relator`, `Atualizado(a)`).
"""

import pytest
from imports import inquiries, reading

ENGLISH = "Summary,Issue key,Issue Type,Status,Status Category,Priority,Reporter,Created,Custom field (Request Type)"
SPANISH = (
    "Resumen,Clave de incidencia,Tipo de Incidencia,Estado,Categoría de estado,Prioridad,Informador,Creada,"
    "Campo personalizado (Request Type)"
)
GERMAN = (
    "Zusammenfassung,Vorgangsschlüssel,Vorgangstyp,Status,Statuskategorie,Priorität,Autor,Erstellt,"
    "Benutzerdefiniertes Feld (Request Type)"
)
FRENCH = (
    "Résumé,Clé de ticket,Type de ticket,État,Catégorie d'état,Priorité,Rapporteur,Création,"
    "Champs personnalisés (Request Type)"
)
PORTUGUESE = (
    "Resumo,Chave da item,Tipo de item,Status,Status Category,Prioridade,Relator,Criado,"
    "Campo personalizado (Request Type)"
)
ROW = "Loom creaks,DESK-7,Bug,In the workshop,{category},{priority},Ida Berg,02/{month}/26 9:14 AM,Repair"


@pytest.mark.parametrize(
    ("header", "category", "priority", "month"),
    [
        (SPANISH, "En curso", "Alta", "ene"),
        (GERMAN, "In Arbeit", "Hoch", "Jan"),
        (FRENCH, "En cours", "Haute", "janv"),
        (PORTUGUESE, "In Progress", "Alta", "jan"),
    ],
)
def test_an_export_is_read_alike_in_every_language(header: str, category: str, priority: str, month: str) -> None:
    english = f"{ENGLISH}\n{ROW.format(category='In Progress', priority='High', month='Jan')}\n"
    foreign = f"{header}\n{ROW.format(category=category, priority=priority, month=month)}\n"

    (expected,), (found,) = inquiries(english, "Jira.csv"), inquiries(foreign, "Jira.csv")

    assert reading(foreign, "Jira.csv").recognised.name == "jira"
    facts = {name: value for name, value in found.facts if name != "Status Category"}
    assert facts == {name: value for name, value in expected.facts if name != "Status Category"}
    assert (found.key, found.at, found.status, found.priority, found.person) == (
        expected.key,
        expected.at,
        expected.status,
        expected.priority,
        expected.person,
    )
