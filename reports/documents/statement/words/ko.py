"""Korean."""

from reports.documents.statement.words.phrases import Words

WORDS = Words(
    lang="ko",
    title="{year}년 헌금 내역서",
    number="내역서 번호",
    issued="발행일",
    tax_id="미국 고용주 식별 번호(EIN)",
    corrected="정정 내역서, 제{version}판. {date}에 발행된 제{replaced}판을 대신합니다.",
    thanks="감사합니다. 이 내역서에는 {agency}에 {year}년에 보내 주신 헌금이 드리신 날짜대로 적혀 있습니다.",
    no_gifts="{year}년 헌금 기록이 남아 있지 않습니다.",
    gifts_in="헌금: {currency}",
    total_in="합계: {currency}",
    date="날짜",
    designation="용도",
    tendered="보내신 금액",
    in_return="제공받은 것",
    amount="금액",
    refund="환불",
    tendered_note="금액은 저희가 기록한 통화로 표시됩니다. 다른 통화로 보내신 경우 보내신 금액을 옆에 적었으며,"
    " 합계에는 더하지 않았습니다.",
    goods_title="물품 기부",
    goods_description="내용",
    goods_note="물품은 내용만 적고 가액은 적지 않습니다. 가액은 기부하신 분이 정하시게 되어 있습니다.",
    nothing="없음",
    described="{description}, 추정 가액 {estimate}",
    goods_or_services="재화나 용역",
    intangible="무형의 종교적 혜택",
    law_title="헌금의 대가로 제공받으신 것",
    law_nothing="이 헌금의 대가로 제공된 재화나 용역이 없습니다.",
    law_described="이 헌금의 대가로 재화나 용역이 제공되었습니다. 그 내용과 성실하게 추정한 가액을 옆에 적었습니다.",
    law_intangible="이 헌금의 대가로 제공된 재화나 용역은 전부 무형의 종교적 혜택입니다.",
    disclosure_title="재화나 용역의 대가가 일부 포함된 납부금",
    disclosure="{date}에 내신 {payment}에는 다음 재화나 용역의 대가가 포함되어 있습니다: {description}."
    " 성실하게 추정한 가액은 {estimate}입니다. 미국 연방 소득세에서 공제할 수 있는 금액은 내신 금액에서 이 재화나"
    " 용역의 가액을 뺀 나머지로 한정됩니다.",
    disclosure_excess="그 나머지는 {excess}입니다.",
    recognition_title="감사의 뜻으로만 적으며 세금 용도가 아닙니다",
    recognition_note="이 기부금은 기부자 조언 기금을 통하여 저희에게 왔습니다. 법률상 기부자는 그 기금이며"
    " 기금이 영수증을 따로 발행합니다. 감사의 뜻으로 적으며 어느 합계에도 들어 있지 않습니다.",
    through="전달 기관",
    control="모든 헌금은 {agency}에 드려진 것이며, 그 사용에 대한 모든 관리와 결정은 이 기관이 합니다.",
    keep="이 내역서를 세금 서류와 함께 보관해 주십시오.",
    page="{page} / {pages}쪽",
)
