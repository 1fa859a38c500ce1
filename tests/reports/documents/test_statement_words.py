"""reports.documents.statement.words: every language is whole."""

import re
from dataclasses import fields

import pytest

from reports.documents.statement.words import ENGLISH, LANGUAGES, Words, words_for

PHRASES = [field.name for field in fields(Words) if field.name != "lang"]


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
@pytest.mark.parametrize("phrase", PHRASES)
def test_every_phrase_is_there_with_the_same_names_to_fill_in(lang, phrase):
    text = getattr(LANGUAGES[lang], phrase)
    assert text.strip()
    assert sorted(re.findall(r"\{\w*\}", text)) == sorted(re.findall(r"\{\w*\}", getattr(ENGLISH, phrase)))


@pytest.mark.parametrize(
    ("language", "lang"),
    [("en", "en"), ("de-CH", "de"), ("es_MX", "es"), ("AR", "ar"), ("ko", "ko"), ("pt-BR", "en"), ("", "en")],
)
def test_a_language_without_words_is_answered_in_english(language, lang):
    assert words_for(language).lang == lang
