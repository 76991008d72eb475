"""What is stored, and the querysets that read it.

A foreign key has no index of its own (`db_index=False`) where another index begins with it.
"""

from annotations.models.annotations import (
    CLAIM_LABELS,
    Annotation,
    Evidence,
    Label,
    read_own,
    with_findings,
)
from annotations.models.api_keys import ApiKey
from annotations.models.articles import Article, Revision, Source
from annotations.models.audit_events import AuditEvent
from annotations.models.claimants import Claimant
from annotations.models.comments import Comment
from annotations.models.desks import Desk, Membership
from annotations.models.exports import Export
from annotations.models.extraction_runs import ExtractionRun, Worker
from annotations.models.idempotent_requests import IdempotentRequest
from annotations.models.imports import Import, ImportFault, ImportPiece, ImportRow
from annotations.models.people import User
from annotations.models.publications import Publication
from annotations.models.saved_views import SavedView
from annotations.models.search import SearchEntry
from annotations.models.sentences import Candidate, Sentence
from annotations.models.verdicts import Verdict
from annotations.models.webhooks import WebhookDelivery, WebhookEndpoint, WebhookEvent

__all__ = [
    "CLAIM_LABELS",
    "Annotation",
    "ApiKey",
    "Article",
    "AuditEvent",
    "Candidate",
    "Claimant",
    "Comment",
    "Desk",
    "Evidence",
    "Export",
    "ExtractionRun",
    "IdempotentRequest",
    "Import",
    "ImportFault",
    "ImportPiece",
    "ImportRow",
    "Label",
    "Membership",
    "Publication",
    "Revision",
    "SavedView",
    "SearchEntry",
    "Sentence",
    "Source",
    "User",
    "Verdict",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookEvent",
    "Worker",
    "read_own",
    "with_findings",
]
