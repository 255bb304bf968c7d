from __future__ import annotations

import base64
from pathlib import Path

import pytest
from tests.parsing.checks import parse_bytes, shown, uncovered
from tests.parsing.mail_writer import HEAD, attached, make_mail, make_multipart, make_part

from quoth.citing import cite
from quoth.documents import read_document
from quoth.parsing import parse_file
from quoth.parsing.mail_text import read_typed
from quoth.parsing.stretches import StretchBuilder
from quoth.records import Locator, Parsed, Span, State
from quoth.segment import split_sentences

LINES = """Subject: Harbour dues
From: Anna Berg <anna@example.org>
To: Bo <bo@example.org>
Date: Fri, 31 May 2024 23:30:00 -0500"""
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def parse(folder: Path, content: bytes) -> Parsed:
    return parse_bytes(folder, "a.eml", content)


def body(parsed: Parsed) -> str:
    return parsed.text.partition("\n\n")[2]


def sentences(folder: Path, content: bytes) -> list[str]:
    (folder / "s.eml").write_bytes(content)
    reading = read_document(folder, "s.eml", parse_file)
    text = reading.document.text
    return [
        span.of(text)
        for block, spans in split_sentences(text, reading.blocks, furniture=reading.furniture)
        for span in spans
        if block.kind != "heading"
    ]


def test_the_head_comes_first_and_can_be_quoted(tmp_path: Path) -> None:
    parsed = parse(tmp_path, make_mail("The quay is closed.\n"))
    assert parsed.text == f"{LINES}\n\nThe quay is closed."
    assert shown(parsed)[:2] == [("h1", "Subject: Harbour dues"), ("list", "From: Anna Berg <anna@example.org>")]
    assert (parsed.title, parsed.author, parsed.date) == ("Harbour dues", "Anna Berg", "2024-05-31")
    assert parsed.state is State.READ


def test_a_citation_tells_sender_day_and_lines_of_the_mail(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(make_mail("The quay\nis closed.\n"))
    document = read_document(tmp_path, "a.eml", parse_file).document
    start = document.text.index("The quay")
    citation = cite(document, Span(start, len(document.text)))
    assert citation.label == "Harbour dues (Anna Berg, 2024-05-31), lines 6-7"


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?Q?Sch=C3=B6ne_Gr=C3=BC=C3=9Fe?=", "Schöne Grüße"),
        ("=?utf-8?B?U2Now7Y=?=\r\n =?utf-8?B?bmU=?= text", "Schöne text"),
        ("=?utf-8?Q?Sch=C3?= =?utf-8?Q?=B6ne?=", "Schöne"),
        ("=?iso-8859-1?q?caf=E9?= =?koi8-r?b?zcnS?=", "caféмир"),
        ("=?x-martian?Q?caf=C3=A9?=", "café"),
        ("=?utf-8?B?!!?=", "=?utf-8?B?!!?="),
        ("folded\r\n\tover lines", "folded over lines"),
        ("raw café", "raw café"),
    ],
)
def test_words_of_the_head_are_decoded(tmp_path: Path, subject: str, title: str) -> None:
    parsed = parse(tmp_path, make_mail("x", head=f"From: a@b.example\r\nSubject: {subject}\r\n"))
    assert parsed.title == title
    assert parsed.text.startswith(f"Subject: {title}\nFrom: a@b.example\n\n")


def test_a_name_may_hold_a_comma_and_a_mail_may_lack_a_head(tmp_path: Path) -> None:
    assert parse(tmp_path, make_mail("x", head="From: =?utf-8?Q?Berg,_Anna?= <a@b.example>\r\n")).author == "Berg, Anna"
    assert parse(tmp_path, make_mail("x", head="From: a@b.example\r\nDate: yesterday\r\n")).date == ""
    bare = parse(tmp_path, make_mail("The quay is closed.", head=""))
    assert (bare.text, bare.title, bare.outline) == ("The quay is closed.", None, ())


def test_what_was_typed_goes_before_the_page(tmp_path: Path) -> None:
    typed, page = make_part("typed words"), make_part("<p>page words", "text/html; charset=utf-8")
    assert body(parse(tmp_path, make_multipart([typed, page], "alternative"))) == "typed words"
    blank = make_part(" \n ")
    assert body(parse(tmp_path, make_multipart([blank, page], "alternative"))) == "page words"
    both = make_multipart([typed, page])
    assert body(parse(tmp_path, both)) == "typed words\n\npage words"


def test_a_page_that_says_much_more_than_what_was_typed_is_read(tmp_path: Path) -> None:
    page = make_part("<p>The quay is closed until June, and the ferry leaves from the bell tower.", "text/html")
    hint = make_multipart([make_part("See the page."), page], "alternative")
    assert body(parse(tmp_path, hint)) == "The quay is closed until June, and the ferry leaves from the bell tower."
    related = make_multipart([page], "related", head="", boundary="r")
    assert body(parse(tmp_path, make_multipart([make_part("See."), related], "alternative"))).startswith("The quay")
    short = make_multipart([make_part("The quay is closed until June."), page], "alternative")
    assert body(parse(tmp_path, short)) == "The quay is closed until June."


def test_a_page_brings_its_headings_below_the_subject(tmp_path: Path) -> None:
    page = "<h1>Dues</h1><table><tr><td>ferry<td>40 €</tr></table><p>Paid.</p>"
    parsed = parse(tmp_path, make_mail(page, kind="text/html; charset=utf-8"))
    assert shown(parsed)[4:] == [("h2", "Dues"), ("table", "ferry\t40 €"), ("paragraph", "Paid.")]
    assert [(heading.level, heading.title) for heading in parsed.outline] == [
        (1, "Harbour dues (Anna Berg, 2024-05-31)"),
        (2, "Dues"),
    ]


def test_attachments_are_named_and_those_that_were_not_read_are_told(tmp_path: Path) -> None:
    plan = make_part(PNG, "application/pdf", attached("plan.pdf"))
    parsed = parse(tmp_path, make_multipart([make_part("See the plan."), plan]))
    assert parsed.text == f"{LINES}\nAttachment: plan.pdf\n\nSee the plan."
    assert parsed.state is State.PARTLY_READ
    assert parsed.reason == 'the attachment "plan.pdf" was not read; save it as a file of its own'
    many = parse(tmp_path, make_multipart([make_part("See."), *[plan] * 5]))
    assert many.reason == (
        'the attachments "plan.pdf", "plan.pdf", "plan.pdf" and 2 more were not read; save them as files of their own'
    )


def test_an_attachment_of_the_alternative_that_was_not_chosen_is_no_secret(tmp_path: Path) -> None:
    rich = make_multipart(
        [make_part("<p>x", "text/html"), make_part(PNG, "application/pdf", attached("plan.pdf"))], head="", boundary="i"
    )
    parsed = parse(tmp_path, make_multipart([make_part("typed"), rich], "alternative"))
    assert body(parsed) == "typed"
    assert "plan.pdf" in parsed.reason


def test_pictures_inside_the_text_and_signatures_are_passed_over(tmp_path: Path) -> None:
    page = make_part('<p>words<img src="cid:x">', "text/html")
    related = make_multipart([page, make_part(PNG, "image/png", "Content-ID: <x>")], "related", head="", boundary="r")
    signature = make_part("noise", "application/pgp-signature", attached("signature.asc"))
    parsed = parse(tmp_path, make_multipart([related, signature], "signed"))
    assert (body(parsed), parsed.state) == ("words", State.READ)


def test_attached_texts_and_mails_are_read(tmp_path: Path) -> None:
    inner = make_mail(
        "Inner words.", head="From: Cy <c@d.example>\r\nSubject: Older\r\nDate: 1 Mar 2023 10:00 +0000\r\n"
    )
    parts = [
        make_part("Outer words."),
        make_part("Notes words.", "application/octet-stream", attached("notes.txt")),
        b"Content-Type: message/rfc822\r\n\r\n" + inner,
        make_part("Last words."),
    ]
    parsed = parse(tmp_path, make_multipart(parts))
    assert parsed.text == (
        f"{LINES}\nAttachment: notes.txt\n\nOuter words.\n\nnotes.txt\n\nNotes words.\n\nLast words.\n\n"
        "Subject: Older\nFrom: Cy <c@d.example>\nDate: 1 Mar 2023 10:00 +0000\n\nInner words."
    )
    assert [(heading.level, heading.title) for heading in parsed.outline] == [
        (1, "Harbour dues (Anna Berg, 2024-05-31)"), (2, "notes.txt"), (2, "Older (Cy, 2023-03-01)")
    ]  # fmt: skip
    assert parsed.state is State.READ


def test_wrapped_lines_are_joined_and_quote_marks_stay_out_of_sentences(tmp_path: Path) -> None:
    text = """Hello Bo,

the ferry that was to leave at noon did not, because the captain had
the flu. Nobody told us.
- first item
- second

Bo wrote:
> The quay is closed until the storm that is over Skagen has
> passed. Stay at home.
>> Older words.

Regards
Anna
--
Harbour office
"""
    assert sentences(tmp_path, make_mail(text))[3:] == [
        "Hello Bo,",
        "the ferry that was to leave at noon did not, because the captain had\nthe flu.",
        "Nobody told us.",
        "- first item",
        "- second",
        "Bo wrote:",
        "The quay is closed until the storm that is over Skagen has\n> passed.",
        "Stay at home.",
        "Older words.",
        "Regards",
        "Anna",
        "Harbour office",
    ]
    assert uncovered(parse(tmp_path, make_mail(text))) == ""


def test_flowed_lines_go_on_where_they_end_with_a_space(tmp_path: Path) -> None:
    mail = make_mail("One \nsentence\nNext line\n", kind="text/plain; charset=utf-8; format=flowed")
    assert sentences(tmp_path, mail)[3:] == ["One \nsentence", "Next line"]


@pytest.mark.parametrize(
    ("kind", "content", "encoding"),
    [
        ("text/plain; charset=iso-8859-1", "café “q”".encode("cp1252"), "8bit"),
        ("text/plain; charset=utf-16", "café “q”".encode("utf-16"), "base64"),
        ("text/plain", "café “q”".encode(), "8bit"),
        ("text/plain; charset=us-ascii", "café “q”".encode(), "8bit"),
        ("text/plain; charset=utf-8", b"caf=C3=A9 =E2=80=9Cq=E2=80=\r\n=9D", "quoted-printable"),
        ("text/html; charset=windows-1252", '<meta charset="utf-8">café “q”'.encode("cp1252"), "8bit"),
        ("text/html", '<meta charset="windows-1252">café “q”'.encode("cp1252"), "8bit"),
    ],
)
def test_the_text_is_decoded_as_the_mail_says(tmp_path: Path, kind: str, content: bytes, encoding: str) -> None:
    written = base64.encodebytes(content) if encoding == "base64" else content
    parsed = parse(tmp_path, make_mail(written, kind=kind, encoding=encoding))
    assert (body(parsed), parsed.state) == ("café “q”", State.READ)


@pytest.mark.parametrize("charset", ["x-martian", "hex", "unicode_escape", "idna", "\x00"])
def test_a_character_set_that_is_not_known_is_told(tmp_path: Path, charset: str) -> None:
    parsed = parse(tmp_path, make_mail("café au lait".encode("latin-1"), kind=f'text/plain; charset="{charset}"'))
    assert body(parsed) == "café au lait"
    assert parsed.state is State.PARTLY_READ
    assert "is not known, and some characters may be wrong" in parsed.reason
    assert parse(tmp_path, make_mail("plain", kind=f'text/plain; charset="{charset}"')).state is State.READ


@pytest.mark.parametrize(
    "mail",
    [
        make_mail(b"noise", kind="application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"),
        make_multipart([make_part("Version: 1", "application/pgp-encrypted"), make_part("noise")], "encrypted"),
        make_mail("-----BEGIN PGP MESSAGE-----\n\nnoise\n-----END PGP MESSAGE-----\n"),
    ],
)
def test_encrypted_text_is_told_and_its_noise_is_no_sentence(tmp_path: Path, mail: bytes) -> None:
    parsed = parse(tmp_path, mail)
    assert (parsed.state, parsed.title) == (State.PARTLY_READ, "Harbour dues")
    assert "encrypted" in parsed.reason
    assert sentences(tmp_path, mail) == LINES.split("\n")[1:]


@pytest.mark.parametrize("kind", ["MESSAGE", "SIGNATURE"])
def test_words_after_a_pgp_mark_that_nothing_closes_are_read(tmp_path: Path, kind: str) -> None:
    armor = f"-----BEGIN PGP {kind}-----\nVersion: 1\n\n{'aB3/' * 16}\naB3/aA==\n=aB3/\n"
    mail = make_mail(f"Before it.\n\n{armor}\nThe quay is closed.\n")
    assert sentences(tmp_path, mail)[-2:] == ["Before it.", "The quay is closed."]


def test_pgp_marks_that_nothing_closes_take_no_time(tmp_path: Path) -> None:
    mark = "-----BEGIN PGP MESSAGE-----\n"
    for text in (mark * 20_000, mark + " " * 500_000 + "x", mark + "a" * 500_000 + "!"):
        assert "encrypted" in parse(tmp_path, make_mail(text)).reason


def test_text_inside_a_signature_is_told(tmp_path: Path) -> None:
    parsed = parse(tmp_path, make_mail(b"noise", kind="application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"))
    assert (parsed.state, parsed.text) == (State.PARTLY_READ, LINES)
    assert "inside a signature" in parsed.reason


def test_a_sender_of_comments_one_in_the_other_costs_no_text(tmp_path: Path) -> None:
    parsed = parse(tmp_path, b"Subject: A\nFrom: " + b"(" * 100_000 + b"\n\nThe quay is closed.\n")
    assert parsed.text.endswith("The quay is closed.")


def test_parts_nested_too_deeply_leave_the_head(tmp_path: Path) -> None:
    bomb = HEAD.encode()
    for depth in range(2_000):
        bomb += f"Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\n".encode()
    parsed = parse(tmp_path, bomb + b"\r\ncore")
    assert (parsed.state, parsed.text) == (State.PARTLY_READ, LINES)
    assert "nested too deeply" in parsed.reason


def test_mails_attached_one_in_the_other_are_read(tmp_path: Path) -> None:
    mail = make_mail("core", head="Subject: 0\r\n")
    for depth in range(1, 30):
        mail = f"Subject: {depth}\r\nContent-Type: message/rfc822\r\n\r\n".encode() + mail
    parsed = parse(tmp_path, mail)
    assert parsed.text.split() == [word for depth in range(29, -1, -1) for word in ("Subject:", str(depth))] + ["core"]
    assert max(heading.level for heading in parsed.outline) == 6


@pytest.mark.parametrize("cut", [-5, -60])
def test_a_mail_that_was_cut_off_is_told(tmp_path: Path, cut: int) -> None:
    mail = make_multipart([make_part("One."), make_part("The last part that is read.")])
    parsed = parse(tmp_path, mail[:cut])
    assert "cut off" in parsed.reason
    assert "One." in parsed.text


def test_a_damaged_base64_gives_what_it_can(tmp_path: Path) -> None:
    content = base64.encodebytes(b"The quay is closed until June.")
    assert body(parse(tmp_path, make_mail(content[:21], encoding="base64"))).startswith("The quay is")


@pytest.mark.parametrize("content", [bytes(range(256)) * 40, b"\0" * 500, b"\n\n\n"])
def test_what_is_no_mail_is_not_read(tmp_path: Path, content: bytes) -> None:
    parsed = parse(tmp_path, content)
    assert not parsed.state.has_text
    assert parsed.reason


def test_a_binary_part_that_says_it_is_text_is_told(tmp_path: Path) -> None:
    parsed = parse(tmp_path, make_mail(bytes(range(256)) * 10))
    assert (parsed.state, parsed.text) == (State.PARTLY_READ, LINES)
    assert "was not read" in parsed.reason


def test_a_head_without_end_takes_no_time(tmp_path: Path) -> None:
    hostile = [
        b"Subject: " + b"=?utf-8?q?" * 20_000 + b"\r\n\r\nx",
        b"To: " + b"a <a@b.example>, " * 30_000 + b"\r\n\r\nx",
        b"From: " + b"(" * 50_000 + b"\r\n\r\nx",
        b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\r\n\r\nx",
        b"Content-Type: text/plain; " + b"a*0=b; " * 20_000 + b"\r\n\r\nx",
        make_mail("> " * 100_000 + "x\n" + " " * 100_000 + "y"),
    ]
    for mail in hostile:
        parse(tmp_path, mail)


def test_of_a_mail_that_is_too_long_what_fits_is_kept_and_counted() -> None:
    typed = read_typed("It is closed.\n\n> It was open.\n\nNobody came.")
    for characters, blocks in ((30, 9), (99, 2)):
        builder = StretchBuilder(characters, blocks)
        builder.add(typed, Locator(unit="message"))
        parsed = builder.finish("eml")
        assert parsed.state is State.PARTLY_READ
        assert parsed.text.rstrip() == "It is closed.\n\n> It was open."
        assert parsed.reason.startswith(f"only the first {len(parsed.text)} characters were read")
        assert [block.span.of(parsed.text).strip() for block in parsed.blocks] == ["It is closed.", "It was open."]
