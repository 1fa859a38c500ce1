"""Spanish."""

from reports.documents.statement.words.phrases import Words

WORDS = Words(
    lang="es",
    title="Comprobante de donativos {year}",
    number="Número del comprobante",
    issued="Fecha del comprobante",
    tax_id="EIN",
    corrected="Comprobante corregido, versión {version}. Sustituye a la versión {replaced} del {date}.",
    thanks="Muchas gracias. Este comprobante enumera los donativos que {agency} recibió de usted en {year}, cada uno"
    " con la fecha en que lo hizo.",
    no_gifts="No queda registrado ningún donativo de {year}.",
    gifts_in="Donativos en {currency}",
    total_in="Total en {currency}",
    date="Fecha",
    designation="Para",
    tendered="Usted dio",
    in_return="A cambio",
    amount="Importe",
    refund="Reembolso",
    tendered_note="Los importes figuran en la moneda en que los registramos. Si usted dio en otra moneda, lo que dio"
    " figura al lado y no se suma.",
    goods_title="Donativos en especie",
    goods_description="Descripción",
    goods_note="Describimos estos donativos sin indicar su valor: determinarlo le corresponde a usted.",
    nothing="Nada",
    described="{description}, valor estimado {estimate}",
    goods_or_services="Bienes o servicios",
    intangible="Beneficios religiosos intangibles",
    law_title="Lo que recibió a cambio",
    law_nothing="No se entregaron bienes ni servicios a cambio de este donativo.",
    law_described="Se entregaron bienes o servicios a cambio de este donativo. Se describen al lado, con una estimación"
    " de buena fe de su valor.",
    law_intangible="Los bienes o servicios entregados a cambio de este donativo consistieron enteramente en beneficios"
    " religiosos intangibles.",
    disclosure_title="Pagos hechos en parte por bienes o servicios",
    disclosure="Su pago de {payment} del {date} se hizo en parte por bienes o servicios: {description}. Nuestra"
    " estimación de buena fe de su valor es {estimate}. El importe deducible del impuesto federal sobre la renta de"
    " EE. UU. se limita a lo que usted pagó por encima del valor de esos bienes o servicios.",
    disclosure_excess="Esa diferencia es {excess}.",
    recognition_title="Solo como reconocimiento, sin efectos fiscales",
    recognition_note="Estos donativos nos llegaron por medio de un fondo de donantes. El fondo es el donante legal y ha"
    " emitido su propio comprobante. Los citamos con nuestra gratitud; no están en ningún total.",
    through="Por medio de",
    control="Todos los donativos se hacen a {agency}, que tiene pleno control y decisión sobre su uso.",
    keep="Conserve este comprobante con sus documentos fiscales.",
    page="Página {page} de {pages}",
)
