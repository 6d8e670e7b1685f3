"""The metadata packet of a document: title, language and dates, and nothing about who made it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag>{languages}</rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
{claim}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_READ_ALOUD = "<pdfuaid:part>1</pdfuaid:part>"
_KEPT = (
    '<pdfaid:part xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">2</pdfaid:part>'
    '<pdfaid:conformance xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">B</pdfaid:conformance>'
)


def xmp_packet(*, title: str, languages: Sequence[str], producer: str, made: str) -> bytes:
    """Return the packet; ``made`` is an ISO 8601 instant, all values are escaped."""
    values = {"title": escape(title), "producer": escape(producer), "made": escape(made)}
    rows = "".join(f"<rdf:li>{escape(language)}</rdf:li>" for language in languages)
    return _PACKET.format(languages=rows, claim=_READ_ALOUD, **values).encode("utf-8")


def as_archived(packet: bytes) -> bytes:
    """Return a packet of ours that claims PDF/A-2b in place of PDF/UA-1."""
    return packet.replace(_READ_ALOUD.encode("ascii"), _KEPT.encode("ascii"))
