"""The interface for programs is written down, and the writing is true."""

from pathlib import Path

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

WRITTEN = Path(__file__).resolve().parents[2] / "docs/openapi.yaml"


def test_the_committed_schema_is_what_the_code_offers() -> None:
    """When this fails on purpose: `./dev manage spectacular --file docs/openapi.yaml`, and look at the difference."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(schema)
    offered = OpenApiYamlRenderer().render(schema, renderer_context={}).decode()
    assert offered.strip() == WRITTEN.read_text(encoding="utf-8").strip()
