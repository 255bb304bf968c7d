"""One sound file of each format, with the words that were put into it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.parsing import odt_writer
from tests.parsing.docx_writer import make_docx, paragraph
from tests.parsing.epub_writer import make_epub
from tests.parsing.mail_writer import make_mail, make_multipart, make_part
from tests.parsing.notebook_writer import code, make_notebook, markdown, stream
from tests.parsing.pdf_writer import PdfPage, TextLine, make_pdf
from tests.parsing.pptx_writer import Slide, make_pptx
from tests.parsing.xlsx_writer import make_xlsx


@dataclass(frozen=True)
class Sample:
    name: str
    content: bytes
    words: str
    """Every word that a reader should find, in order; those that the format itself adds as well."""


_HEADING, _SENTENCE = "The Harbour", "Eleven ferries crossed in 1931, and Œdipe was played aboard."
_WORDS = f"{_HEADING} {_SENTENCE}"

SAMPLES = (
    Sample("notes.txt", f"{_HEADING}\n\n{_SENTENCE}\n".encode(), _WORDS),
    Sample("notes.md", f"# {_HEADING}\n\n{_SENTENCE}\n".encode(), _WORDS),
    Sample("page.html", f"<h1>{_HEADING}</h1><p>{_SENTENCE}</p><script>no</script>".encode(), _WORDS),
    Sample("paper.pdf", make_pdf([PdfPage([TextLine("The Harbour, 1931."), TextLine("Eleven ferries.", y=700)])]),
           "The Harbour, 1931. Eleven ferries."),
    Sample("fares.csv", b'Quay;Fare\r\n"Bell; Quay";4\r\n', "Quay Fare Bell Quay 4"),
    Sample("fares.xlsx", make_xlsx({"Fares": [["Quay", "Fare"], ["Bell Quay", 4]]}), "Quay Fare Bell Quay 4"),
    Sample("talk.pptx", make_pptx(Slide(_HEADING, boxes=[_SENTENCE])), _WORDS),
    Sample("letter.docx", make_docx(paragraph(_HEADING, "Title") + paragraph(_SENTENCE)), _WORDS),
    Sample("book.epub", make_epub({"one.xhtml": f"<h2>{_HEADING}</h2><p>{_SENTENCE}</p>"}), _WORDS),
    Sample("text.odt", odt_writer.make_odt(odt_writer.heading(_HEADING) + odt_writer.paragraph(_SENTENCE)), _WORDS),
    Sample("mail.eml", make_mail(_SENTENCE, head=f"From: Ana\r\nSubject: {_HEADING}\r\n"),
           f"Subject: {_HEADING} From: Ana {_SENTENCE}"),
    Sample("text.rtf", rb"{\rtf1\ansi {\info{\title no}}\b The Harbour\b0\par Eleven ferries crossed in 1931, and "
           rb"\u338?dipe was played aboard.\par}", _WORDS),
    Sample("mails.mbox", b"From a Fri May 31 10:00:00 2024\n" + make_mail(_SENTENCE, head=f"Subject: {_HEADING}\r\n"),
           f"Subject: {_WORDS}"),
    Sample("saved.mhtml", make_multipart([make_part(f"<h1>{_HEADING}</h1>{_SENTENCE}", "text/html")]), _WORDS),
    Sample("talk.srt", f"1\n00:00:01,000 --> 00:00:02,500\n{_SENTENCE}\n".encode(),
           f"1 00:00:01,000 00:00:02,500 {_SENTENCE}"),
    Sample("talk.vtt", f"WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n{_SENTENCE}\n".encode(),
           f"WEBVTT 00:00:01.000 00:00:02.500 {_SENTENCE}"),
    Sample("fares.tsv", b"Quay\tFare\r\nBell Quay\t4\r\n", "Quay Fare Bell Quay 4"),
    Sample("flat.fodt", odt_writer.flat(odt_writer.heading(_HEADING) + odt_writer.paragraph(_SENTENCE)), _WORDS),
    Sample("tides.ipynb", make_notebook(markdown(f"# {_HEADING}"), code("x = 1", stream(_SENTENCE))),
           f"{_HEADING} x 1 {_SENTENCE}"),
)  # fmt: skip
