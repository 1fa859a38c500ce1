"""German."""

from reports.documents.statement.words.phrases import Words

WORDS = Words(
    lang="de",
    title="Spendenaufstellung {year}",
    number="Nummer der Aufstellung",
    issued="Datum der Aufstellung",
    tax_id="EIN (US-Steuernummer)",
    corrected="Berichtigte Aufstellung, Fassung {version}. Sie ersetzt Fassung {replaced} vom {date}.",
    thanks="Herzlichen Dank. Diese Aufstellung nennt die Gaben, die {agency} im Jahr {year} von Ihnen erhalten hat,"
    " jede mit dem Tag, an dem Sie sie gegeben haben.",
    no_gifts="Für {year} sind keine Gaben mehr verzeichnet.",
    gifts_in="Gaben: {currency}",
    total_in="Summe: {currency}",
    date="Datum",
    designation="Für",
    tendered="Gegeben",
    in_return="Gegenleistung",
    amount="Betrag",
    refund="Erstattung",
    tendered_note="Die Beträge stehen in der Währung, in der wir sie gebucht haben. Haben Sie in einer anderen Währung"
    " gegeben, so steht das Gegebene daneben und wird nicht dazugezählt.",
    goods_title="Sachspenden",
    goods_description="Beschreibung",
    goods_note="Wir beschreiben diese Gaben und nennen keinen Wert: Ihn zu bestimmen ist Ihre Sache.",
    nothing="Keine",
    described="{description}, geschätzt auf {estimate}",
    goods_or_services="Waren oder Dienstleistungen",
    intangible="Immaterielle religiöse Leistungen",
    law_title="Was Sie als Gegenleistung erhalten haben",
    law_nothing="Für diese Gabe wurden keine Waren oder Dienstleistungen gewährt.",
    law_described="Für diese Gabe wurden Waren oder Dienstleistungen gewährt. Sie sind daneben beschrieben, mit einer"
    " nach bestem Wissen vorgenommenen Schätzung ihres Wertes.",
    law_intangible="Die für diese Gabe gewährten Waren oder Dienstleistungen bestanden ausschließlich in immateriellen"
    " religiösen Leistungen.",
    disclosure_title="Zahlungen, die zum Teil Waren oder Dienstleistungen galten",
    disclosure="Ihre Zahlung von {payment} am {date} galt zum Teil Waren oder Dienstleistungen: {description}."
    " Ihren Wert schätzen wir nach bestem Wissen auf {estimate}. Für die Bundeseinkommensteuer der USA ist höchstens"
    " der Betrag abziehbar, um den Ihre Zahlung den Wert dieser Waren oder Dienstleistungen übersteigt.",
    disclosure_excess="Das sind {excess}.",
    recognition_title="Nur zur Anerkennung, nicht für steuerliche Zwecke",
    recognition_note="Diese Gaben kamen über einen Spendenfonds zu uns. Der Fonds ist rechtlich der Spender und stellt"
    " seine eigene Bescheinigung aus. Wir nennen sie mit unserem Dank; sie sind in keiner Summe enthalten.",
    through="Gegeben durch",
    control="Alle Gaben gehen an {agency}, unter deren voller Kontrolle und Entscheidung ihre Verwendung steht.",
    keep="Bitte bewahren Sie diese Aufstellung bei Ihren Steuerunterlagen auf.",
    page="Seite {page} von {pages}",
)
