"""Words of other systems for what we have few of: ways to pay, kinds of gifts and partners, how often."""

from collections.abc import Mapping

from imports.mapping.rules import value_key
from partners.imports.formats.commitments import FREQUENCIES

_METHODS = {
    "check": "ck|personal check|business check|check|cheque|scheck|chèque|cheque bancario|assegno|수표|شيك",
    "card": (
        "cc|stripe|pushpay|apple pay|google pay|card|credit card|debit card|credit|visa|mastercard|amex|"
        "american express|discover|"
        "kreditkarte|karte|carte|carte bancaire|carte de crédit|tarjeta|tarjeta de crédito|"
        "cartão|cartão de crédito|creditcard|carta|carta di credito|카드|بطاقة"
    ),
    "bank": (
        "bank|bank transfer|transfer|ach|eft|wire|direct debit|direct deposit|standing order|"
        "sepa|überweisung|lastschrift|dauerauftrag|banküberweisung|virement|prélèvement|"
        "transferencia|transferência|débito automático|pix|overboeking|incasso|bonifico|"
        "addebito diretto|계좌이체|자동이체|تحويل|تحويل بنكي"
    ),
    "cash": "cash|bar|barzahlung|espèces|liquide|efectivo|dinheiro|contant|contanti|현금|نقد|نقدا",
    "other": "other|sonstige|sonstiges|autre|otro|outro|overig|altro|기타|أخرى",
}
_GIFT_KINDS = {
    "gift": (
        "gift|donation|cash gift|regular|one-time|one time|recurring|spende|geldspende|don|"
        "donación|donativo|doação|dono|donazione|기부|تبرع|"
        "cash|check|cheque|personal check|business check|ck|cc|ca|credit|credit card|card|debit|ach|eft|wire|"
        "stripe|paypal|"
        "pay-cash|pledge payment|pledge pay-cash|recurring gift payment|recurring gift pay-cash|"
        "recurring donation payment|"
        "recurring donation|recurring gift installment|one time gift|monetary|individual gift|major gift|"
        "donation - cash"
    ),
    "in_kind": (
        "in kind|gift in kind|in-kind|gift-in-kind|inkind|ik|non-cash|sachspende|don en nature|en especie|"
        "em espécie|in natura|현물|عيني"
    ),
    "stock": (
        "stock|stock/property|stock gift|securities|shares|aktien|wertpapiere|actions|acciones|ações|aandelen|"
        "azioni|주식|أسهم"
    ),
    "matching": "mg pay-cash|matching gift payment|matching|matching gift|match|zuschuss des arbeitgebers",
    "refund": (
        "refund|reversal|refunded|erstattung|rückerstattung|remboursement|reembolso|terugbetaling|rimborso|환불|استرداد"
    ),
    "chargeback": ("chargeback|dispute|returned|nsf|rücklastschrift|rücklast|impayé|devolución|estorno|storno"),
}
PAID, UNPAID = "paid", "unpaid"
_STATES = {
    PAID: (
        "success|successful|succeeded|complete|completed|closed won|posted|settled|cleared|received|processed|"
        "approved|"
        "captured|collected|bezahlt|abgeschlossen|gebucht|eingegangen|payé|encaissé|terminé|pagado|completado|pago|"
        "g|gift|donation|major gift|grant|concluído|betaald|voltooid|pagato|completato|완료|مدفوع|مكتمل"
    ),
    UNPAID: (
        "failed|failure|declined|pending|processing|in process|canceled|cancelled|void|voided|expired|refused|"
        "rejected|"
        "refunded|fully refunded|pledged|closed lost|scheduled|incomplete|abandoned|blocked|uncaptured|"
        "requires payment "
        "method|p|m|s|pledge|soft credit|prospecting|withdrawn|promised|disputed|reversed|fehlgeschlagen|"
        "ausstehend|storniert|abgelehnt|erstattet|"
        "zugesagt|échoué|en attente|annulé|refusé|remboursé|fallido|pendiente|cancelado|rechazado|reembolsado|"
        "pendente|"
        "recusado|mislukt|geannuleerd|in behandeling|fallito|in sospeso|annullato|실패|취소|فشل|ملغي"
    ),
}
_PARTNER_KINDS = {
    "person": (
        "person|individual|p|single|einzelperson|privat|privatperson|personne|particulier|"
        "persona|individuo|pessoa|persoon|privato|개인|فرد"
    ),
    "household": (
        "household|family|couple|h|haushalt|familie|ehepaar|ménage|foyer|famille|couple marié|"
        "hogar|familia|família|huishouden|gezin|famiglia|가정|가족|أسرة|عائلة"
    ),
    "church": (
        "church|congregation|parish|kirche|gemeinde|kirchengemeinde|église|paroisse|iglesia|"
        "igreja|kerk|chiesa|교회|كنيسة"
    ),
    "foundation": "foundation|trust|stiftung|fondation|fundación|fundação|stichting|fondazione|재단|مؤسسة",
    "business": (
        "business|company|corporation|corporate|firma|unternehmen|entreprise|société|empresa|"
        "negocio|bedrijf|azienda|기업|회사|شركة"
    ),
    "organization": (
        "organization|organisation|o|verein|association|asociación|organización|associação|"
        "vereniging|associazione|단체|منظمة"
    ),
}
_FREQUENCIES = {
    "weekly": "weekly|every week|wöchentlich|hebdomadaire|semanal|wekelijks|settimanale|매주|أسبوعي",
    "two_weekly": (
        "biweekly|bi-weekly|every two weeks|every 2 weeks|fortnightly|14-täglich|zweiwöchentlich|quincenal|quinzenal"
    ),
    "monthly": (
        "monthly|month|every month|1|m|monatlich|mensuel|mensuelle|mensual|mensal|maandelijks|"
        "mensile|매월|월|شهري|شهريا"
    ),
    "two_monthly": ("bimonthly|every two months|every 2 months|2|zweimonatlich|bimestriel|bimestral|bimestrale"),
    "quarterly": (
        "quarterly|quarter|every quarter|every 3 months|3|vierteljährlich|quartalsweise|"
        "trimestriel|trimestral|per kwartaal|kwartaal|trimestrale|분기|ربع سنوي"
    ),
    "four_monthly": ("four monthly|every four months|every 4 months|4|alle vier monate|cuatrimestral|quadrimestral"),
    "half_yearly": (
        "semiannual|semi-annual|semiannually|half yearly|half-yearly|every 6 months|twice a year|"
        "6|halbjährlich|semestriel|semestral|halfjaarlijks|semestrale|반기|نصف سنوي"
    ),
    "yearly": (
        "annual|annually|yearly|every year|once a year|12|jährlich|annuel|annuelle|anual|"
        "jaarlijks|annuale|매년|연|سنوي|سنويا"
    ),
    "two_yearly": "biennial|every two years|every 2 years|24|alle zwei jahre|bienal|biennale",
}


def _inverted(words: Mapping[str, str]) -> dict[str, str]:
    return {value_key(word): ours for ours, said in words.items() for word in (ours, *said.split("|"))}


METHODS = _inverted(_METHODS)
GIFT_KINDS = _inverted(_GIFT_KINDS)
PARTNER_KINDS = _inverted(_PARTNER_KINDS)
STATES = _inverted(_STATES)
FREQUENCY_WORDS = _inverted(_FREQUENCIES) | {value_key(word): ours for word, ours in FREQUENCIES.items()}
"""A word of another system, as `value_key` writes it -> ours."""

PROMISES = frozenset(
    map(
        value_key,
        [
            *("pledge", "recurring gift", "recurring gift schedule", "recurring donation schedule", "planned gift"),
            *("matching gift pledge", "mg pledge", "gift commitment", "zusage", "promesse", "promesa", "promessa"),
        ],
    )
)
"""What a column of kinds says of a row that promises money and brings none."""
NO = frozenset(
    map(
        value_key,
        [
            *("no", "n", "not", "none", "never", "false", "f", "0", "off", "-", "–", "open", "public"),
            *("nein", "nicht", "non", "não", "nao", "falsch", "falso", "faux", "nej", "nee", "net", "нет"),
            *("아니요", "아니오", "いいえ", "否", "لا"),
        ],
    )
)
"""What a column says of a gift that is not anonymous. Every other word hides the giver's name: a word that nobody knows
must not tell it.
"""
YES = frozenset(
    map(
        value_key,
        [
            *("yes", "y", "true", "t", "1", "-1", "x", "on", "ja", "j", "wahr", "oui", "o", "vrai", "sí", "si", "sim"),
            *("verdadero", "verdadeiro", "sì", "vero", "да", "예", "네", "はい", "是", "نعم"),
        ],
    )
)
"""What a column says that answers with yes or no; a word in neither list is asked about."""
_LANGUAGES = {
    "en": "english|englisch|anglais|inglés|inglês|engels|inglese|영어",
    "de": "german|deutsch|allemand|alemán|alemão|duits|tedesco|독일어",
    "fr": "french|französisch|français|francés|francês|frans|francese|프랑스어",
    "es": "spanish|spanisch|espagnol|español|castellano|espanhol|spaans|spagnolo|스페인어",
    "pt": "portuguese|portugiesisch|portugais|portugués|português|portugees|portoghese",
    "nl": "dutch|niederländisch|néerlandais|holandés|holandês|nederlands|olandese",
    "it": "italian|italienisch|italien|italiano|italiaans",
    "ko": "korean|koreanisch|coréen|coreano|koreaans|한국어",
    "zh": "chinese|chinesisch|chinois|chino|chinês|cinese|중국어|中文",
    "ar": "arabic|arabisch|arabe|árabe|arabo|아랍어|العربية",
    "ru": "russian|russisch|russe|ruso|russo|русский",
    "ja": "japanese|japanisch|japonais|japonés|japonês|giapponese|日本語",
}
LANGUAGES = _inverted(_LANGUAGES)
"""The name of a language, or its code -> its code."""
