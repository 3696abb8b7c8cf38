"""The metadata by which readers of Factur-X know that a PDF carries an invoice's data.

Typst writes no metadata but its own. They are put behind the file as PDF has it for changes: the object anew, and a
table that says where it is.
"""

import re

URN = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
TOLD = {
    "DocumentType": ("INVOICE", "The type of the hybrid document"),
    "DocumentFileName": ("factur-x.xml", "The name of the embedded XML document"),
    "Version": ("1.0", "The version of the standard of the embedded XML document"),
    "ConformanceLevel": ("EN 16931", "The conformance level of the embedded XML document"),
}
SCHEMAS_END, END = b"</rdf:Bag></pdfaExtension:schemas>", b"</rdf:RDF>"


def with_factur_x(pdf: bytes) -> bytes:
    """The PDF with that metadata; raises ValueError for one that is not written as Typst does."""
    root = _number(rb"/Root (\d+) 0 R", pdf[pdf.rindex(b"trailer") :])
    place = _number(rb"/Metadata (\d+) 0 R", _object(pdf, root))
    _, _, body = _object(pdf, place).partition(b"stream\n")
    told = body.partition(b"\nendstream")[0]
    if told.count(SCHEMAS_END) != 1:
        raise ValueError("no extension schemas in the metadata")
    told = told.replace(SCHEMAS_END, _schema() + SCHEMAS_END).replace(END, _values() + END)
    head = f"{place} 0 obj\n<</Length {len(told)}/Type/Metadata/Subtype/XML>>\nstream\n".encode()
    base = pdf.rstrip(b"\n") + b"\n"
    body = head + told + b"\nendstream\nendobj\n"
    table = f"xref\n{place} 1\n{len(base):010} 00000 n \n".encode()
    trailer = pdf[pdf.rindex(b"trailer") : pdf.rindex(b">>", 0, pdf.rindex(b"startxref"))]
    end = f"/Prev {_tables(pdf)}>>\nstartxref\n{len(base) + len(body)}\n%%EOF\n".encode()
    return base + body + table + trailer + end


def _number(pattern: bytes, text: bytes) -> int:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"no {pattern.decode()}")
    return int(found[1])


def _tables(pdf: bytes) -> int:
    """Where its table of objects begins."""
    return _number(rb"startxref\s+(\d+)", pdf[pdf.rindex(b"startxref") :])


def _object(pdf: bytes, number: int) -> bytes:
    """From an object on. The table is `xref`, `0 SIZE`, and 20 bytes for each object."""
    table = re.compile(rb"xref\n0 \d+\n").match(pdf, _tables(pdf))
    if table is None:
        raise ValueError("no plain table of objects")
    entry = table.end() + number * 20
    return pdf[int(pdf[entry : entry + 10]) :]


def _schema() -> bytes:
    properties = "".join(
        '<rdf:li rdf:parseType="Resource"><pdfaProperty:category>external</pdfaProperty:category>'
        f"<pdfaProperty:description>{told}</pdfaProperty:description><pdfaProperty:name>{name}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>"
        for name, (_, told) in TOLD.items()
    )
    return (
        '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{URN}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
    ).encode()


def _values() -> bytes:
    values = "".join(f"<fx:{name}>{value}</fx:{name}>" for name, (value, _) in TOLD.items())
    return f'<rdf:Description rdf:about="" xmlns:fx="{URN}">{values}</rdf:Description>'.encode()
