"""The API described for programs: OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html)."""

from __future__ import annotations

from typing import Any

from admin.api.tokens import Scope
from admin.tables.long import COLUMNS
from admin.tables.tiers import Tier

USUAL_CONVERSATIONS = 100
MOST_CONVERSATIONS = 500

Schema = dict[str, Any]


def make_document() -> Schema:
    """Describe every address, what it takes and what it gives."""
    slug = _in_path("slug", {"type": "string", "minLength": 1}, "Name of the consultation.")
    number = _in_path("number", {"type": "integer", "minimum": 0}, "Number of the revision.")
    tier = _in_query(
        "tier",
        {"type": "string", "enum": [tier.value for tier in Tier]},
        "For whom; by default the one that shows most of those the token may read.",
    )
    answers = [
        tier,
        _in_query("cursor", {"type": "string"}, "`next` of the page before."),
        _in_query(
            "limit",
            {
                "type": "integer",
                "minimum": 1,
                "maximum": MOST_CONVERSATIONS,
                "default": USUAL_CONVERSATIONS,
            },
            "At most how many conversations' answers.",
        ),
    ]
    one = "/consultations/{slug}"
    read = Scope.CONSULTATIONS.value
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Puente",
            "version": "1",
            "description": "Reads consultations. Times are ISO 8601 with their offset.",
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": {
            "/consultations": _get("All published consultations.", read, "Consultations"),
            one: _get("A consultation.", read, "Consultation", slug),
            f"{one}/revisions": _get("Its revisions, newest first.", read, "Revisions", slug),
            f"{one}/revisions/{{number}}": _get(
                "A revision with its script and questions.", read, "Revision", slug, number
            ),
            f"{one}/answers": _get(
                "Answers, conversation by conversation, in the order these began. Each page is "
                "written to the audit.",
                "one of the `answers:` scopes",
                "Answers",
                slug,
                *answers,
                is_checked=True,
            ),
            f"{one}/aggregates": _get(
                "How many people answered what, at most five minutes ago. In the tier "
                "`publico` no count stands for fewer than ten people; what was put together has "
                "the value null.",
                Scope.AGGREGATES.value,
                "Aggregates",
                slug,
                tier,
                is_checked=True,
            ),
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _make_schemas(),
        },
    }


def _get(
    summary: str, scope: str, schema: str, *parameters: Schema, is_checked: bool = False
) -> Schema:
    """Describe an address; `is_checked` where it refuses what is no such parameter."""
    found = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    errors = {"401": "No token that holds.", "403": "Not with this token.", "429": "Too often."}
    if parameters:
        errors["404"] = "There is none."
    if is_checked:
        errors["400"] = "A parameter is not what it should be."
    problem = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {
        "get": {
            "summary": summary,
            "description": f"Scope: {scope}.",
            "parameters": list(parameters),
            "responses": {
                "200": {"description": summary, "content": {"application/json": found}},
                **{
                    status: {"description": why, "content": problem}
                    for status, why in sorted(errors.items())
                },
            },
        }
    }


def _in_path(name: str, schema: Schema, description: str) -> Schema:
    described = {"schema": schema, "description": description}
    return {"name": name, "in": "path", "required": True, **described}


def _in_query(name: str, schema: Schema, description: str) -> Schema:
    return {"name": name, "in": "query", "schema": schema, "description": description}


def _make_schemas() -> Schema:
    text, number, flag = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
    time = {"type": "string", "format": "date-time"}
    maybe_time = {"type": ["string", "null"], "format": "date-time"}
    maybe_text, maybe_number = {"type": ["string", "null"]}, {"type": ["integer", "null"]}
    consultation = {
        "slug": text,
        "title": text,
        "is_open": flag,
        "opened_at": maybe_time,
        "closed_at": maybe_time,
    }
    revision = {
        "number": number,
        "edition": number,
        "note": text,
        "published_at": time,
        "is_live": flag,
    }
    question = {"id": text, "kind": text, "text": text, "axis": text}
    options = {"type": "object", "additionalProperties": text}
    value = _object({"value": maybe_text, "label": text, "people": number})
    standing = _object({"standing": maybe_text, "conversations": number})
    asked = _object({**question, "options": options})
    counted = _object({**question, "people": maybe_number, "values": _list(value)})
    answer = _object({column.name: text for column in COLUMNS})
    return {
        "Error": _object({"error": text}),
        "Consultation": _object(consultation),
        "Consultations": _object({"items": _list(_object(consultation))}),
        "Revisions": _object({"items": _list(_object(revision))}),
        "Revision": _object({**revision, "script": text, "questions": _list(asked)}),
        "Answers": _object({"tier": text, "items": _list(answer), "next": maybe_text}),
        "Aggregates": _object(
            {
                "consultation": text,
                "tier": text,
                "at": time,
                "conversations": maybe_number,
                "by_standing": _list(standing),
                "questions": _list(counted),
            }
        ),
    }


def _object(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}
