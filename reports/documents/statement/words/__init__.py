"""The words of a giving statement, one module per language.

A statement is a document of law: a language is here whole, read by somebody who knows it, or not at all. So the words
are not gettext messages, where a missing one falls back alone and leaves half a receipt in another language. Where the
giver's language is not here the statement is in English. Statements in other languages repeat the sentences of law in
English, since the American tax office reads them.
"""

from reports.documents.statement.words import ar, de, en, es, ko
from reports.documents.statement.words.phrases import Words

ENGLISH = en.WORDS
LANGUAGES: dict[str, Words] = {words.lang: words for words in (ar.WORDS, de.WORDS, en.WORDS, es.WORDS, ko.WORDS)}


def words_for(language: str) -> Words:
    """Return the words of a BCP 47 language tag (`de-CH` is `de`), or the English ones."""
    return LANGUAGES.get(language.partition("-")[0].partition("_")[0].lower(), ENGLISH)


__all__ = ["ENGLISH", "LANGUAGES", "Words", "words_for"]
