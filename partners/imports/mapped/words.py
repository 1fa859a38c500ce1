"""What other systems call their columns, in English, German, French, Spanish, Portuguese, Dutch, Italian, Korean and
Arabic. Written as people write them; compared without case, blanks and accents.
"""

WORDS: dict[str, str] = {
    "gift_date": (
        "gift date|date|close date|received date|donated at|donated on|created date|given on|date given|"
        "donation date|date received|received|received on|"
        "transaction date|contribution date|payment date|receive date|created at|gf date|initiated date|"
        "deposit date|spendendatum|datum|buchungsdatum|"
        "eingangsdatum|zahlungsdatum|date du don|date de don|fecha|fecha de donación|fecha del donativo|"
        "data|data da doação|datum gift|giftdatum|data donazione|기부일|날짜|일자|التاريخ|تاريخ التبرع"
    ),
    "amount": (
        "amount|gift amount|gft amt|brut|bruto|lordo|avant commission|total gift amount|transaction amount|"
        "donation amount|total|total amount|contribution|contribution amount|gross|"
        "gross amount|value|net amount|sum|amount paid|pledged amount|pledge amount|commitment amount|"
        "promised amount|zusagebetrag|betrag|spendenbetrag|spende|summe|montant|montant du don|importe|"
        "monto|cantidad|valor|quantia|bedrag|importo|somma|금액|기부금|المبلغ|قيمة"
    ),
    "designation": (
        "designation|designation code|designations|gl code|fund id|fund code|general ledger|fund description|fund|"
        "funds|fund name|fund(s)|account|account name|project|program|purpose|category|"
        "ministry|missionary|towards|allocation|financial type|giving category|gau|zweck|"
        "verwendungszweck|spendenzweck|projekt|konto|affectation|projet|fonds|destination|destino|"
        "proyecto|fondo|designación|propósito|projeto|destinação|bestemming|project code|progetto|"
        "causale|destinazione|지정|기금|후원처|الصندوق|المشروع|الغرض"
    ),
    "gift_id": (
        "gift id|gift code|numéro de transaction|id de transacción|codice transazione|transaktionscode|"
        "lgl gift id|opportunity id|charge id|gift import id|gift number|donation id|transaction id|"
        "transaction number|trxn id|contribution id|"
        "receipt number|id|gift key|donation number|payment id|spendennummer|belegnummer|buchungsnummer|"
        "transaktionsnummer|numéro de don|numéro de reçu|número de donación|número de recibo|"
        "id da doação|giftnummer|numero donazione|영수증 번호|기부번호|رقم التبرع|رقم الإيصال"
    ),
    "donor_id": (
        "donor id|donor number|donor #|donor no|donor code|lgl constituent id|constituent number|cons id|"
        "system record id|"
        "envelope|envelope number|envelope #|envelope no|giving number|individual id|family number|household id|"
        "npsp primary contact c|primary contact id|partner id|partner number|contact id|person id|people id|"
        "user id|account number|account id|member id|constituent id|customer id|supporter id|giver id|"
        "spendernummer|spender nr|spender-id|kontaktnummer|mitgliedsnummer|adressnummer|"
        "numéro de donateur|numéro donateur|id donateur|número de donante|id donante|código do doador|"
        "donateursnummer|relatienummer|numero donatore|codice donatore|후원자 번호|회원번호|رقم المتبرع"
    ),
    "donor_name": (
        "donor name|donor|primary contact|payer name|constituent name|constituent|name|full name|giver|partner|"
        "partner name|contact name|contact|supporter|"
        "account name|people name|given by|payer|from|spender|spendername|name des spenders|spender/in|"
        "donateur|nom du donateur|nom complet|nombre|donante|nombre del donante|nombre completo|doador|"
        "nome do doador|nome|naam|naam donateur|donatore|nome donatore|이름|후원자|성명|الاسم|اسم المتبرع|"
        "المتبرع"
    ),
    "display_name": (
        "name|full name|display name|contact name|kontaktname|constituent name|file as|partner|partner name|"
        "donor name|donor|"
        "household name|spender|name komplett|anzeigename|nom complet|nombre completo|nombre|"
        "nome completo|nome|naam|volledige naam|이름|성명|الاسم"
    ),
    "title": (
        "title|salutation|prefix|anrede|titel|civilité|titre|tratamiento|título|tratamento|aanhef|titolo|호칭|اللقب"
    ),
    "first_name": (
        "first name|given name|first|forename|contact1 first name|donor first name|donors first name|"
        "payer first name|vorname|prénom|"
        "nombre de pila|primer nombre|primeiro nome|voornaam|nome di battesimo|الاسم الأول"
    ),
    "middle_name": (
        "middle name|middle|second name|initial|zweiter vorname|deuxième prénom|segundo nombre|tussenvoegsel"
    ),
    "last_name": (
        "last name|family name|surname|last|contact1 last name|donor last name|donors last name|payer last name|"
        "nachname|familienname|"
        "zuname|nom|nom de famille|apellido|apellidos|sobrenome|apelido|achternaam|cognome|성|اسم العائلة|"
        "الكنية"
    ),
    "suffix": "suffix|name suffix",
    "organization": (
        "organization|organisation|company|organization name|company name|business|church name|"
        "business name|firma|unternehmen|organisme|société|entreprise|organización|empresa|organização|"
        "bedrijf|organisatie|azienda|organizzazione|단체|회사|المؤسسة|الشركة"
    ),
    "spouse_first_name": (
        "spouse first name|spouse|spouse name|partner first name|vorname ehepartner|ehepartner|"
        "ehepartner vorname|prénom du conjoint|conjoint|nombre del cónyuge|cónyuge|nome do cônjuge|"
        "cônjuge|voornaam partner|nome coniuge|배우자"
    ),
    "spouse_last_name": "spouse last name|nachname ehepartner|nom du conjoint|apellido del cónyuge|cognome coniuge",
    "email": (
        "email|e-mail|email address|de l'adresse email|correo electrónico del remitente|payer email|"
        "customer email|preferred email|home email|e-mail address|primary email|email 1|mail|donor email|courriel|"
        "adresse e-mail|e-mail-adresse|correo|correo electrónico|e-mailadres|indirizzo email|이메일|"
        "البريد الإلكتروني"
    ),
    "spouse_email": "spouse email|spouse e-mail|e-mail ehepartner|courriel du conjoint",
    "phone": (
        "phone|telephone|phone number|home phone|primary phone|tel|telefon|telefonnummer|téléphone|tél|"
        "teléfono|telefone|telefoon|telefoonnummer|telefono|전화|전화번호|الهاتف|رقم الهاتف"
    ),
    "mobile_phone": (
        "mobile|mobile phone|cell|cell phone|handy|mobiltelefon|mobil|portable|móvil|celular|mobiel|"
        "cellulare|휴대폰|الجوال|المحمول"
    ),
    "address1": (
        "address|street|street address|address line 1|address 1|mailing street|mailing address|street 1|"
        "adresse|straße|strasse|straße und hausnummer|rue|dirección|calle|endereço|rua|adres|straat|"
        "indirizzo|via|주소|العنوان|الشارع"
    ),
    "address2": "address line 2|address 2|street 2|adresszusatz|complément d'adresse|complemento|dirección 2",
    "city": (
        "city|town|mailing city|ort|stadt|wohnort|ville|commune|ciudad|población|localidad|cidade|plaats|"
        "woonplaats|città|comune|도시|المدينة"
    ),
    "state": (
        "state|state/province|province|region|county|mailing state|bundesland|kanton|département|"
        "provincia|estado|provincie|regione|지역|الولاية|المحافظة"
    ),
    "postal_code": (
        "zip|zip code|postal code|postcode|zip/postal code|mailing zip|plz|postleitzahl|code postal|"
        "código postal|cp|cep|cap|우편번호|الرمز البريدي"
    ),
    "country": "country|mailing country|land|staat|pays|país|paese|nazione|국가|البلد|الدولة",
    "currency": (
        "currency|currency code|ccy|curr|währung|waehrung|devise|monnaie|moneda|divisa|moeda|valuta|통화|العملة"
    ),
    "method": (
        "method|payment method|payment type|gift pay method|pay method|pay type|gf pay meth|"
        "npe01 payment method c|payment|tender|tender type|payment instrument|how paid|"
        "zahlungsart|zahlungsweise|zahlungsmethode|mode de paiement|moyen de paiement|método de pago|"
        "forma de pago|forma de pagamento|método de pagamento|betaalwijze|betaalmethode|"
        "metodo di pagamento|modalità di pagamento|결제 방법|결제수단|طريقة الدفع"
    ),
    "type": (
        "type|gift type|gf type|kind|donation type|contact type|partner type|account type|record type|"
        "transaction type|art|spendenart|typ|kontaktart|type de don|tipo|tipo de donación|tipo de doação|"
        "soort|종류|유형|النوع"
    ),
    "reference": (
        "reference|check number|check #|check no|gift check number|gf check num|check/ref number|check/ref no|"
        "gift reference|cheque number|cheque no|reference number|ref|referenz|"
        "schecknummer|numéro de chèque|référence|número de cheque|referencia|referência|referentie|"
        "numero assegno|riferimento|수표 번호|رقم الشيك|المرجع"
    ),
    "memo": (
        "memo|gift narrative|gf ref|note|notes|comment|comments|donor comment|description|message|remark|"
        "bemerkung|kommentar|"
        "notiz|hinweis|mémo|remarque|commentaire|comentario|comentarios|nota|notas|observaciones|"
        "observações|opmerking|omschrijving|commento|메모|비고|ملاحظات|ملاحظة"
    ),
    "note": (
        "note|notes|comment|comments|remarks|bemerkung|bemerkungen|notiz|notizen|remarque|remarques|"
        "notas|observaciones|opmerkingen|commenti|비고|메모|ملاحظات"
    ),
    "motivation": (
        "motivation|appeal id|solicit code|campaign id|appeal|campaign|solicitation|source code|motivation code|"
        "kampagne|aktion|aktionscode|"
        "campagne|campaña|campanha|campagna|캠페인|الحملة"
    ),
    "tendered_amount": (
        "tendered amount|foreign amount|original amount|amount given|fremdbetrag|originalbetrag|"
        "montant original|importe original"
    ),
    "tendered_currency": (
        "tendered currency|foreign currency|original currency|fremdwährung|originalwährung|"
        "devise originale|moneda original"
    ),
    "gift_total": "gift total|total of gift|donation total|gesamtbetrag|montant total|importe total|valor total",
    "fmv": ("fair market value|fmv|value returned|non-deductible|non deductible amount|benefit value|gegenwert"),
    "in_return": "given in return|goods or services|goods and services|benefit|benefit description|gegenleistung",
    "description": "description of goods|gift in kind description|in kind description|item description|sachspende",
    "receipted": "receipted|receipt date|receipt sent|receipt issued|receipted on|tax receipt date|quittungsdatum",
    "intangible": "intangible|intangible religious benefits|religious benefits only",
    "deceased": "deceased|is deceased|has died|dead|verstorben|décédé|fallecido|falecido|overleden|deceduto|사망",
    "deceased_on": "deceased date|date of death|death date|died on|deceased on|todesdatum|sterbedatum|date de décès",
    "spouse_deceased": "spouse deceased|spouse is deceased|ehepartner verstorben",
    "language": "language|preferred language|sprache|langue|idioma|lingua|taal|언어|اللغة",
    "tags": "tags|tag|keywords|labels|groups|schlagworte|schlagwörter|étiquettes|etiquetas|태그",
    "email_valid": "email valid|email is valid|email is operational|email works",
    "phone_valid": "phone valid|phone is valid|phone is operational|phone works",
    "address_valid": "address valid|address is valid|address is deliverable|mailing address is deliverable",
    "soft_donor_id": "soft credit|soft credit id|soft credit donor id|soft donor id",
    "reverses": "reverses|refund of|reversal of|original transaction id|erstattung von",
    "status": (
        "status|stage|stage name|état|payment status|gift status|donation status|transaction status|"
        "contribution status|"
        "record type|zahlungsstatus|statut|estado del pago|stato|상태|حالة الدفع"
    ),
    "anonymous": (
        "anonymous|anonymous donation|is anonymous|is private|anonym|anonyme|anónimo|anônimo|anoniem|anonimo|익명|مجهول"
    ),
    "church": (
        "church|home church|congregation|gemeinde|kirche|kirchengemeinde|église|iglesia|igreja|kerk|chiesa|교회|الكنيسة"
    ),
    "greeting": (
        "greeting|informal greeting|envelope greeting|briefanrede|grußformel|formule d'appel|saludo|saudação|saluto"
    ),
    "frequency": (
        "frequency|interval|period|how often|recurring period|installment period|commitment frequency|"
        "häufigkeit|rhythmus|intervall|turnus|zahlungsrhythmus|fréquence|périodicité|frecuencia|"
        "periodicidad|frequência|periodicidade|frequentie|frequenza|주기|التكرار|الدورية"
    ),
    "start_date": (
        "start date|start|begin date|from|first payment|pledge start|pledge start date|established|"
        "beginn|startdatum|ab|gültig ab|erste zahlung|date de début|début|fecha de inicio|inicio|"
        "data de início|início|begindatum|data di inizio|inizio|시작일|تاريخ البدء"
    ),
    "end_date": (
        "end date|end|until|to|last payment|pledge end|ende|enddatum|bis|gültig bis|date de fin|fin|"
        "fecha de fin|fecha final|data de término|fim|einddatum|data di fine|fine|종료일|تاريخ الانتهاء"
    ),
    "date": (
        "date|posting date|booking date|transaction date|buchungstag|buchungsdatum|datum|date comptable|"
        "date d'opération|date de l'opération|fecha|fecha operación|data|data lançamento|boekdatum|"
        "data operazione|거래일|التاريخ"
    ),
    "credit": (
        "credit|paid in|money in|deposit|deposits|haben|gutschrift|crédit|abono|crédito|bij|avere|entrate|입금|دائن"
    ),
    "debit": (
        "debit|paid out|money out|withdrawal|withdrawals|soll|lastschrift|débit|cargo|débito|af|dare|uscite|출금|مدين"
    ),
    "party": (
        "partner name|counterparty name|beguenstigter/zahlungspflichtiger|name zahlungsbeteiligter|"
        "zahlungspflichtige*r|name|payee|payer|counterparty|beneficiary|auftraggeber/empfänger|"
        "zahlungsbeteiligter|empfänger|"
        "tiers|beneficiario|ordenante|beneficiário|naam tegenpartij|controparte|거래처|المستفيد"
    ),
    "text": (
        "transaction description|payment reference|opis transakcji|payment details|description|details|memo|"
        "narrative|particulars|verwendungszweck|buchungstext|text|libellé|"
        "concepto|descripción|histórico|descrição|omschrijving|mededelingen|descrizione|causale|적요|내용|"
        "البيان|الوصف"
    ),
    "category": ("type|category|transaction type|code|umsatzart|art|catégorie|categoría|categoria|mutatiesoort|tipo"),
    "balance": "balance|running balance|saldo|kontostand|solde|잔액|الرصيد",
    "check": "check number|check #|cheque number|schecknummer|numéro de chèque",
    "account": (
        "account|account number|iban|konto|kontonummer|compte|cuenta|conta|rekening|rekeningnummer|conto|계좌|الحساب"
    ),
}


def words_of(fact: str) -> tuple[str, ...]:
    """What a column with this fact is called, its own name first; nothing for facts that are never guessed: "Source" of
    other systems is an appeal or a channel.
    """
    return (fact.replace("_", " "), *WORDS[fact].split("|")) if fact in WORDS else ()
