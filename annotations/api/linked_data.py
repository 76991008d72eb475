"""One publication as linked data: a Web Annotation, or a ClaimReview by its profile."""

from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.conditions import kept_by, tag, unless_known
from annotations.api.documents import setting_of
from annotations.api.problems import problem
from annotations.api.renderers import Json
from annotations.exports import DOCUMENTS, Document, Setting, record_of
from annotations.exports.documents import cases, errors_of
from annotations.exports.meanings import MEANINGS
from annotations.models import Publication

LINKED = "application/ld+json"
SCHEMA_ORG = "schema.org"
MEDIA_TYPES = (
    DOCUMENTS["webannotation"].media_type,
    f'{LINKED}; profile="https://{SCHEMA_ORG}"',
)
_LINK = '<http://www.w3.org/ns/ldp#Resource>; rel="type"'


class LinkedJson(Json):
    """JSON for the one who asks for linked data; which kind, the profile says."""

    media_type = LINKED
    format = "ld+json"


def wants_linked_data(request: Request) -> bool:
    return isinstance(request.accepted_renderer, LinkedJson)


def linked(request: Request, publication: Publication) -> Response:
    """Answer with the one item, or say which rules it breaks."""
    is_review = SCHEMA_ORG in request.accepted_media_type
    document = DOCUMENTS["claimreview" if is_review else "webannotation"]
    media_type = MEDIA_TYPES[is_review]
    if publication.kind == Publication.Kind.RETRACTION:
        return problem(410, "retracted", _("This was published and then retracted."))
    setting = setting_of(request, [publication.desk])
    etag = tag(media_type, publication.verdict_id, publication.version, setting.publishers)
    response = unless_known(
        request, etag, lambda: _shown(setting, document, publication), keep=kept_by(request)
    )
    response["Link"] = _LINK
    patch_vary_headers(response, ["Accept"])
    if response.status_code == 200:
        response.content_type = media_type
    return response


def _shown(setting: Setting, document: Document, publication: Publication) -> Response:
    [case] = cases(document, [record_of(publication)], setting)
    errors = errors_of(document, case)
    if errors:
        told = [{"code": rule, "detail": str(MEANINGS[rule])} for rule in errors]
        return problem(
            409, "not_conformant", _("It does not meet the rules of that format."), errors=told
        )
    return Response(case.item)
