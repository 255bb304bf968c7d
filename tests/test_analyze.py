"""What a question's words match."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quoth.analyze import (
    analyze,
    analyze_passage,
    analyze_question,
    analyze_spans,
    detect_language,
    parts_of_question,
)
from quoth.protocols import PART_MARK
from quoth.stopwords import STOP_WORDS

LANGUAGES = [*sorted(STOP_WORDS), "und", "zh", "ja", "th", "ko", "hi", "el", "ca", "uk", "xx"]


@pytest.mark.parametrize(
    ("asked", "written", "language"),
    [
        ("Castillo", "Castillo's last day", "en"),
        ("Castillo", "CASTILLO’S", "en"),
        ("elections", "an Election was held", "en"),
        ("running", "he runs", "en"),
        ("2021", "the 2020-21 season", "en"),
        ("2020", "the 2020–21 season", "en"),
        ("16263", "16,263 people", "en"),
        ("16,263", "16263 people", "en"),
        ("16\u202f263", "16\u00a0263 people", "en"),
        ("31", "an approval of 31%", "en"),
        ("3.5", "about 3.5 million", "en"),
        ("3,5", "3.5", "de"),
        ("email", "an e-mail", "en"),
        ("e-mail", "an email", "en"),
        ("cooperation", "co-operation", "en"),
        ("long term", "long-term", "en"),
        ("example", "an exam-\nple", "en"),
        ("cooperate", "co\u00adoperate", "en"),
        ("naive", "naïve", "en"),
        ("naïve", "nai\u0308ve", "en"),
        ("file", "ﬁles", "en"),
        ("B2B", "b2b", "en"),
        ("WHO", "The WHO said so", "en"),
        ("US", "in the US today", "en"),
        ("OBrien", "O'Brien", "en"),
        ("electrico", "motores eléctricos", "es"),
        ("nación", "las naciones", "es"),
        ("Strasse", "die Straßen", "de"),
        ("Häuser", "ein Haus", "de"),
        ("eau", "l'eau", "fr"),
        ("energie", "d’énergies", "fr"),
        ("amico", "dell'amico", "it"),
        ("informação", "as informações", "pt"),
        ("города", "в городе", "ru"),
        ("ещё новый", "еще новые", "ru"),
        ("كتاب", "الكِتَابُ", "ar"),
        ("مدرسة", "المدرســة", "ar"),
        ("検索", "全文検索の方法", "ja"),
        ("手机", "我的iPhone手机", "zh"),
        ("iphone", "我的iPhone手机", "zh"),
        ("ｶﾞｲﾄﾞ", "ガイド", "ja"),
        ("ภาษา", "ภาษาไทย", "th"),
        ("한국", "한국어는", "ko"),
        ("भाषा", "हिन्दी भाषाओं", "hi"),
        ("2,400,000", "about 2.4m people", "en"),
        ("2,4 Mio.", "2.400.000 Menschen", "de"),
        ("2.4 million", "2,400,000 people", "en"),
        ("2400000", "2,4 Millionen Menschen", "de"),
        ("3000000000", "3 billion years", "en"),
        ("3000000000000", "3 Billionen Euro", "de"),
        ("2500000000", "2.500 millones de euros", "es"),
        ("711 988", "711.988 Einwohner", "de"),
        ("711988", "711 988 жителей", "ru"),
        ("263", "on page 16 263 things", "en"),
        ("240万", "2400000人", "zh"),
        ("2.4万", "24000人", "zh"),
        ("1901", "عام ١٩٠١", "ar"),
    ],
)
def test_a_word_is_found_in_its_other_forms(asked: str, written: str, language: str) -> None:
    assert set(analyze_question(asked, [language])) & set(analyze(written, language))


@pytest.mark.parametrize(
    ("asked", "written", "language"),
    [
        ("How many people were there?", "How many of them and what for", "en"),
        ("who", "WHO", "en"),
        ("3.5", "35", "en"),
        ("1,000", "1 and 000", "en"),
        ("100 m", "100000000 people", "en"),
        ("1.500", "1500", "en"),
        ("हिन्दी", "हल", "hi"),
        ("全文", "全部文章", "zh"),
    ],
)
def test_other_words_are_not_taken_for_it(asked: str, written: str, language: str) -> None:
    assert not set(analyze_question(asked, [language])) & set(analyze(written, language))


@pytest.mark.parametrize(
    ("asked", "written", "language"),
    [
        ("Anatolien", "im fernen Ostanatolien", "de"),
        ("Warschaus", "nach Warschau", "de"),
        ("кодировке", "закодированы", "ru"),
        ("assimilation", "assimilate", "und"),
        ("园", "萨克森花园", "zh"),
    ],
)
def test_words_that_share_a_part_are_found_by_it(asked: str, written: str, language: str) -> None:
    assert not set(analyze_question(asked, [language])) & set(analyze(written, language))
    assert set(parts_of_question(asked, [language])) & set(analyze_passage(written, language))


def test_parts_of_words_stand_behind_the_words_and_are_marked() -> None:
    tokens = analyze_passage("the red harbour of 1901", "en")
    assert tokens[:3] == analyze("the red harbour of 1901", "en") == ("red", "harbour", "1901")
    assert tokens[3:] == ("~_har", "~harb", "~arbo", "~rbou", "~bour", "~our_")
    assert parts_of_question("Where is the harbour? The harbour!", ["en", "de"]) == tokens[3:]
    assert parts_of_question("What is it, in 1901?", ["en"]) == ()


def test_only_the_words_that_say_something_are_asked_for() -> None:
    question = "Where did the last phone call Castillo took come from?"
    assert analyze_question(question, ["en"]) == ("last", "phone", "call", "castillo", "took", "come")
    assert analyze("¿Cuándo fue elegido el presidente?", "es") == ("eleg", "president")
    assert analyze("Was ist das? Wie viele waren es?", "de") == ()


def test_a_shouted_question_is_asked_as_any_other() -> None:
    assert analyze_question("WHO IS THE PRESIDENT?", ["en"]) == analyze_question("who is the president?", ["en"])


def test_tokens_come_in_order_as_often_as_they_stand_there() -> None:
    assert analyze("Red, green, and red again; blue.", "en") == ("red", "green", "red", "blue")


def test_a_question_is_analysed_for_every_language_of_the_index() -> None:
    tokens = analyze_question("elections naciones", ["en", "es"])
    assert set(tokens) == {*analyze("elections naciones", "en"), *analyze("elections naciones", "es")}
    assert analyze_question("elections naciones", ["es", "en", "es"]).count("nacion") == 1


def test_function_words_of_a_question_are_not_looked_for_in_other_languages() -> None:
    assert analyze_question("What is the name of the president?", ["es"]) == ("nam", "president")
    assert analyze_question("Was ist die Hauptstadt?", ["en"]) == ("hauptstadt",)


def test_spans_are_the_words_as_written() -> None:
    text = "Castillo’s e-mail: 16,263 全文検 l'eau"
    found = {token: span.of(text) for token, span in analyze_spans(text, "fr")}
    assert found["16263"] == "16,263"
    assert (found["全文"], found["文検"]) == ("全文", "文検")
    assert (found["email"], found["mail"], found["eau"]) == ("e-mail", "mail", "eau")
    assert {span.of(text) for token, span in analyze_spans(text, "en") if token == "castillo"} == {"Castillo’s"}


@given(text=st.text(max_size=80), language=st.sampled_from(LANGUAGES))
@example(text="\U0003134b", language="zh")
def test_any_text_gives_plain_tokens_with_their_place(text: str, language: str) -> None:
    found = analyze_spans(text, language)
    for token, span in found:
        assert token
        assert not any(character.isspace() for character in token)
        assert 0 <= span.start < span.end <= len(text)
    tokens = tuple(token for token, _ in found)
    indexed = analyze_passage(text, language)
    assert analyze(text, language) == tokens == indexed[: len(tokens)]
    assert not any(token.startswith(PART_MARK) for token in tokens)
    assert all(part.startswith(PART_MARK) for part in indexed[len(tokens) :])


@given(
    words=st.lists(
        st.sampled_from(["Castillo's", "election", "2021", "naïve", "Straße", "全文検索", "l'eau", "WHO", "и", "для"])
    )
)
def test_a_question_asks_for_nothing_that_its_own_words_do_not_hold(words: list[str]) -> None:
    text = " ".join(words)
    for language in ("en", "fr", "ru", "zh", "und"):
        assert set(analyze_question(text, [language])) <= set(analyze(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ministers resigned after the vote, and nobody knew what would happen to them.", "en"),
        ("Los ministros dimitieron después de la votación y nadie sabía qué iba a pasar.", "es"),
        ("Die Minister traten nach der Abstimmung zurück, und niemand wusste, was nun geschehen sollte.", "de"),
        ("Les ministres ont démissionné après le vote et personne ne savait ce qui allait arriver.", "fr"),
        ("I ministri si sono dimessi dopo il voto e nessuno sapeva che cosa sarebbe successo.", "it"),
        ("Os ministros demitiram-se depois da votação e ninguém sabia o que ia acontecer com eles.", "pt"),
        ("De ministers traden na de stemming af en niemand wist wat er met hen zou gebeuren.", "nl"),
        ("Ministrarna avgick efter omröstningen och ingen visste vad som skulle hända med dem.", "sv"),
        ("Ministrowie podali się do dymisji po głosowaniu i nikt nie wiedział, co się z nimi stanie.", "pl"),
        ("Ministři po hlasování odstoupili a nikdo nevěděl, co se s nimi stane.", "cs"),
        ("Ministrene gik af efter afstemningen, og ingen vidste, hvad der nu skulle ske med dem.", "da"),
        ("Statsrådene gikk av etter avstemningen, og ingen visste hva som nå skulle skje med dem.", "no"),
        ("Ministerit erosivat äänestyksen jälkeen, eikä kukaan tiennyt, mitä heille nyt oli tapahtumassa.", "fi"),
        ("A miniszterek a szavazás után lemondtak, és senki nem tudta, hogy mi lesz velük.", "hu"),
        ("Miniștrii au demisionat după vot și nimeni nu știa ce se va întâmpla cu ei.", "ro"),
        ("Bakanlar oylamadan sonra istifa etti ve ne olacağını bilen bir kişi daha yoktu.", "tr"),
        ("Министры подали в отставку после голосования, и никто не знал, что будет дальше.", "ru"),
        ("Міністри подали у відставку після голосування, і ніхто не знав, що буде далі з їхніми справами.", "uk"),
        ("استقال الوزراء بعد التصويت ولم يكن أحد يعرف ما الذي سيحدث لهم.", "ar"),
        ("وزیران پس از رأی‌گیری استعفا دادند و کسی نمی‌دانست چه خواهد شد.", "fa"),
        ("部长们在投票后辞职，没有人知道接下来会发生什么。", "zh"),
        ("大臣たちは投票の後に辞任し、何が起こるか誰も知らなかった。", "ja"),
        ("장관들은 투표 후 사임했고 무슨 일이 일어날지 아무도 몰랐다.", "ko"),
        ("รัฐมนตรีลาออกหลังการลงคะแนน", "th"),
        ("Οι υπουργοί παραιτήθηκαν μετά την ψηφοφορία.", "el"),
        ("השרים התפטרו לאחר ההצבעה", "he"),
        ("मतदान के बाद मंत्रियों ने इस्तीफा दे दिया", "hi"),
        ("", "und"),
        ("12 345 67.8 !!!", "und"),
        ("lorem xyzzy plugh foobar quux", "und"),
    ],
)
def test_the_language_is_told_by_a_sentence(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_a_chinese_text_with_english_names_is_chinese() -> None:
    assert detect_language("微软 Microsoft Azure 提供的 Kubernetes 服务 Service Fabric 现在支持容器") == "zh"


def test_the_seed_is_english(seeds: Path) -> None:
    (path,) = seeds.glob("*.txt")
    assert detect_language(path.read_text(encoding="utf-8")) == "en"


@pytest.mark.parametrize("language", sorted(STOP_WORDS))
def test_stop_words_are_written_as_the_analysis_compares_them(language: str) -> None:
    for word in STOP_WORDS[language]:
        assert analyze(word, language) == (), word
        assert analyze(word.capitalize(), language) == (), word


def test_threads_analyse_alike() -> None:
    text = "elections naciones running Häuser городе " * 20
    expected = {language: analyze(text, language) for language in ("en", "es", "de", "ru")}
    found: list[bool] = []

    def work() -> None:
        found.extend(analyze(text, language) == tokens for language, tokens in expected.items() for _ in range(20))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 320
