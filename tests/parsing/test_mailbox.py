from __future__ import annotations

from pathlib import Path

import pytest
from tests.parsing.checks import parse_bytes, uncovered
from tests.parsing.mail_writer import attached, make_mail, make_multipart, make_part

from quoth.chunk import chunk
from quoth.citing import cite
from quoth.documents import read_document
from quoth.parsing import parse_file
from quoth.parsing.mailbox import MAX_MAILS
from quoth.records import Parsed, Span, State
from quoth.segment import split_sentences

FROM = b"From anna@example.org Fri May 31 10:00:00 2024\n"


def head(subject: str, sender: str = "Anna Berg <anna@example.org>", day: int = 1) -> str:
    return f"Subject: {subject}\r\nFrom: {sender}\r\nDate: {day} May 2024 10:00 +0000\r\n"


def make_mailbox(*mails: bytes, begin: bytes = FROM) -> bytes:
    return b"".join(begin + mail.replace(b"\r\n", b"\n") + b"\n\n" for mail in mails)


TWO = make_mailbox(
    make_mail("The quay is closed.", head=head("Dues")), make_mail("Since when?", head=head("Re: Dues", "bo", 2))
)


def parse(folder: Path, content: bytes, name: str = "Inbox.mbox") -> Parsed:
    return parse_bytes(folder, name, content)


def test_each_mail_has_its_number_and_is_called_by_subject_sender_and_day(tmp_path: Path) -> None:
    parsed = parse(tmp_path, TWO)
    assert [(run.locator.unit, run.locator.number) for run in parsed.runs] == [("message", 1), ("message", 2)]
    assert [heading.title for heading in parsed.outline] == [
        "Dues (Anna Berg, 2024-05-01)",
        "Re: Dues (bo, 2024-05-02)",
    ]
    assert (parsed.kind, parsed.title, parsed.state) == ("mbox", "Inbox.mbox", State.READ)
    assert uncovered(parsed) == ""


def test_a_citation_tells_the_mail_and_its_line(tmp_path: Path) -> None:
    (tmp_path / "Inbox.mbox").write_bytes(TWO)
    document = read_document(tmp_path, "Inbox.mbox", parse_file).document
    start = document.text.index("Since")
    citation = cite(document, Span(start, len(document.text)))
    assert citation.label == "Inbox.mbox, Re: Dues (bo, 2024-05-02), message 2, line 5"


def test_no_passage_goes_on_into_the_next_mail_and_each_knows_its_subject(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_bytes(TWO)
    reading = read_document(tmp_path, "a.mbox", parse_file)
    text = reading.document.text
    groups = split_sentences(text, reading.blocks, furniture=reading.furniture)
    found = chunk(
        text, groups, headings=reading.headings, count_tokens=lambda words: len(words.split()), budget_tokens=200
    )
    assert [(piece.path, piece.span.of(text).split("\n\n")[-1]) for piece in found] == [
        (("Dues (Anna Berg, 2024-05-01)",), "The quay is closed."),
        (("Re: Dues (bo, 2024-05-02)",), "Since when?"),
    ]


@pytest.mark.parametrize(
    "begin",
    [
        b"From - Fri May 31 10:00:00 2024\n",
        b"From ???@??? Fri May 31 10:00:00 2024\r\n",
        b"From 1610@xxx Fri May 31 10:00:00 +0000 2024\n",
        b"From MAILER-DAEMON Fri May  3 10:00 2024\n",
        b"From anna@example.org Fri May 31 10:00:00 CEST 2024\n",
        b"From anna@example.org Fri May 31 10:00:00 2024 remote from quay\n",
        b"From anna@example.org Fri, 31 May 2024 10:00:00 +0200\n",
        b"From \n",
        b"From -\n",
    ],
)
def test_mails_begin_as_programs_write_it(tmp_path: Path, begin: bytes) -> None:
    content = make_mailbox(make_mail("one", head=head("A")), make_mail("two", head=head("B")), begin=begin)
    assert [run.locator.number for run in parse(tmp_path, content).runs] == [1, 2]


def test_a_mail_without_an_empty_line_before_it_is_found(tmp_path: Path) -> None:
    assert len(parse(tmp_path, TWO.replace(b"\n\nFrom anna", b"\nFrom anna")).runs) == 2


def test_a_sentence_that_begins_with_from_is_no_mail(tmp_path: Path) -> None:
    text = "Hello.\n\nFrom Monday at 10:00 on\nthe quay is closed.\n\nFrom here: nothing.\n\nFrom \nhere"
    parsed = parse(tmp_path, make_mailbox(make_mail(text, head=head("A"))))
    assert len(parsed.runs) == 1
    assert parsed.text.endswith(text.replace("From \n", "From \n"))


@pytest.mark.parametrize(
    "text",
    [
        "He said:\nFrom Mon to 10:30\nNote: pay nothing",
        "He said:\n\nFrom Mon to 10:30\nNote: pay nothing",
        "He said:\nFrom Fri May 31 10:00 on\nNote: pay nothing",
        "He said:\n\nFrom Fri May 31 10:00 on\nNote: pay nothing",
        "He said:\n\nFrom Anna, Fri May 31 10:00 to 12\nSubject: the quay",
        "He said:\n\nFrom -\nNote: pay nothing",
    ],
)
def test_a_sentence_with_a_day_and_a_time_is_no_mail(tmp_path: Path, text: str) -> None:
    parsed = parse(tmp_path, make_mailbox(make_mail(text, head=head("A"))))
    assert len(parsed.runs) == 1
    assert parsed.text.endswith(text)


def test_a_mail_that_comes_out_without_a_word_is_told(tmp_path: Path) -> None:
    parsed = parse(tmp_path, make_mailbox(make_mail("words", head=head("A")), b"Note: pay nothing"))
    assert parsed.state is State.PARTLY_READ
    assert "without a word" in parsed.reason


def test_from_at_the_beginning_of_a_line_is_as_it_was_written(tmp_path: Path) -> None:
    text = "a\n>From here on\nit rains.\n\n>He wrote\n>From there\n\n>>From afar\n"
    parsed = parse(tmp_path, make_mailbox(make_mail(text, head=head("A"))))
    assert parsed.text.endswith("a\nFrom here on\nit rains.\n\n>He wrote\n>From there\n\n>>From afar")


def test_attachments_of_all_mails_are_told_together(tmp_path: Path) -> None:
    bulk = b"QUJD" * 18 + b"\r\n"
    plan = make_part(bulk * 300, "application/pdf", attached("plan.pdf"), "Content-Transfer-Encoding: base64")
    mail = make_multipart([make_part("See the plan."), plan, make_part("Bye.")], head=head("Plan"))
    parsed = parse(tmp_path, make_mailbox(mail, mail))
    assert parsed.state is State.PARTLY_READ
    assert parsed.reason.startswith('the attachments "plan.pdf", "plan.pdf" were not read')
    assert parsed.text.count("Attachment: plan.pdf\n\nSee the plan.\n\nBye.") == 2


def test_a_long_text_that_came_encoded_is_read_to_its_end(tmp_path: Path) -> None:
    mail = make_mail(b"VGhlIHF1YXkgaXMgY2xvc2VkLiBUaGUgcXVheSBpcyBjbG9zZWQuIA==\r\n", head=head("A"), encoding="base64")
    encoded = mail.replace(
        b"IA==\r\n", b"ICAg\r\n" + b"VGhlIHF1YXkgaXMgY2xvc2VkLiBUaGUgcXVheSBpcyBjbG9zZWQuICAg\r\n" * 299
    )
    assert parse(tmp_path, make_mailbox(encoded)).text.count("The quay is closed.") == 600


def test_only_so_many_mails_are_read_and_the_rest_is_told(tmp_path: Path) -> None:
    parsed = parse(tmp_path, make_mailbox(*[b"Subject: x\n\ny"] * (MAX_MAILS + 1)))
    assert len(parsed.runs) == MAX_MAILS
    assert parsed.reason == "only the first 5,000 mails were read; split the mailbox to have the rest read"


def test_a_bad_mail_costs_none_of_the_others(tmp_path: Path) -> None:
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth) for depth in range(2_000)
    )
    good = make_mail("good words", head=head("B"))
    parsed = parse(tmp_path, make_mailbox(b"Subject: A\n" + deep, good))
    assert parsed.text.startswith("Subject: A\n\nSubject: B")
    assert parsed.text.endswith("good words")
    assert "nested too deeply" in parsed.reason


def test_a_mailbox_of_one_mail_is_read_as_that(tmp_path: Path) -> None:
    parsed = parse(tmp_path, make_mailbox(make_mail("words", head=head("Dues"))), "a.eml")
    assert (parsed.kind, parsed.title, parsed.author, parsed.date) == ("eml", "Dues", "Anna Berg", "2024-05-01")


def test_a_mailbox_is_told_by_its_first_line(tmp_path: Path) -> None:
    assert parse(tmp_path, TWO, "a.eml").kind == "mbox"
    assert parse(tmp_path, TWO, "Inbox").kind == "mbox"
    assert parse(tmp_path, b"From here to there.\n", "Letter").state is State.UNSUPPORTED


@pytest.mark.parametrize("content", [b"Just text.\n", b"\0" * 500, bytes(range(256)) * 40, b"From nobody\n"])
def test_what_is_no_mailbox_is_damaged(tmp_path: Path, content: bytes) -> None:
    assert parse(tmp_path, content).state is State.DAMAGED


def test_hostile_lines_take_no_time(tmp_path: Path) -> None:
    for line in (b"From " + b"Mon" * 300_000, b"From " * 50_000, b"\n\nFrom " * 10_000, b">From \n" * 10_000):
        parse(tmp_path, FROM + b"a: b\n\n" + line)


def test_what_many_mails_have_lost_is_told_in_few_words(tmp_path: Path) -> None:
    mails = [make_mail(b"caf\xe9", kind=f'text/plain; charset="x-{number}"') for number in range(200)]
    parsed = parse(tmp_path, b"".join(b"From a Fri May 31 10:00:00 2024\n" + mail + b"\n\n" for mail in mails))
    assert parsed.reason.endswith("; more of it was lost; look at it in a mail program")
    assert len(parsed.reason) < 1_000
