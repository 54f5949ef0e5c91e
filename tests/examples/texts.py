"""What all examples of artefacts have: texts that are hard to write, annotations, links."""

from icstip.artefacts.base import Annotation, Link

DRAFT = "1.0.0-draft"
STABLE = "1.2.0"

HARD = {
    "en": ' Ann\'s "rates" & <shares>, two spaces:  ; a line\nand another ',
    "fr": "L'été « dernier » & l'hiver",
    "ar": "الضحايا 'كلهم' & \"غيرهم\"",
}
"""A text with everything that XML and JSON must escape, spaces at its ends and a line break."""


def annotations() -> tuple[Annotation, ...]:
    """Return annotations that use every field."""
    return (
        Annotation(type="SOURCE", title="M49 & ISO"),
        Annotation(id="A1", type="NOTE", title="<note>", urls={"": "https://example.org/a?b=1&c=2"}, text=HARD),
        Annotation(urls={"": "https://example.org/", "fr": "https://example.org/fr"}, text={"": "No language"}),
        Annotation(type="VALUE", value=" 42 <&> "),
    )


def links() -> tuple[Link, ...]:
    """Return links that use every field."""
    urn = "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=TEST:CL_AREA(1.0.0-draft)"
    return (
        Link(rel="about", url="https://example.org/about?a=1&b=2", urn=urn, type="text/html"),
        Link(rel="more", url="https://example.org/more"),
    )
