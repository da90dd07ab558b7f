"""The metadata packet of a PDF (XMP): title, author, and that the file is PDF/A-3a and PDF/UA-1 at once."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

# The identifier of PDF/UA beside that of PDF/A, with the schema that PDF/A wants for every property it does not know.
UA_SCHEMA = (
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


def packet(info: Mapping[str, str], language: str) -> bytes:
    """The packet that says what the document information (`Title`, `Author`, …) says."""
    told = {key: escape(str(value)) for key, value in info.items()}
    texts = {"title": told.get("Title", ""), "description": told.get("Subject", "")}
    said = "".join(
        f'<dc:{name}><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></dc:{name}>' for name, text in texts.items() if text
    )
    author = told.get("Author", "")
    creator = f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>" if author else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" '
        'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
        f'{UA_SCHEMA}<rdf:Description rdf:about=""><pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>'
        f"<pdfuaid:part>1</pdfuaid:part><pdf:Producer>{told.get('Producer', '')}</pdf:Producer>{said}{creator}"
        f"<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language></rdf:Description>"
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode()
