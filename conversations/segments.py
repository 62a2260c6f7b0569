"""How many SMS segments a text takes (GSM 03.38; 160/153 characters, or 70/67 in UCS-2)."""

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
"""These take two places."""


def is_gsm_7(text: str) -> bool:
    """Whether the text needs no UCS-2."""
    return set(text) <= GSM_7 | EXTENDED


def segments(text: str) -> int:
    """The number of SMS segments that are paid for."""
    if is_gsm_7(text):
        size, whole, part = sum(2 if one in EXTENDED else 1 for one in text), 160, 153
    else:
        size, whole, part = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if size <= whole else -(-size // part)
