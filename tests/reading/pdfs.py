"""A small PDF, written by hand: one line of words a page."""

from __future__ import annotations


def pdf(pages: list[str]) -> bytes:
    """The file, with its table of where everything stands."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    things = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, words in enumerate(pages):
        things += [_page(5 + 2 * at), _content(words)]
    made, places = b"%PDF-1.4\n", []
    for number, thing in enumerate(things, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{thing}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(things) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return made + f"{end}startxref\n{len(made)}\n%%EOF\n".encode("cp1252")


def _page(content: int) -> str:
    fonts = "<< /Font << /F1 3 0 R >> >>"
    holds = f"/Resources {fonts} /Contents {content} 0 R"
    box = "[0 0 612 792]"
    return f"<< /Type /Page /Parent 2 0 R /MediaBox {box} {holds} >>"


def _content(words: str) -> str:
    lines = " T* ".join(f"({line}) Tj" for line in words.split("\n"))
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {lines} ET"
    return f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"
