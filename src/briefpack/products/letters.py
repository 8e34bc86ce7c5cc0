"""Letters that count."""


def letter(index: int) -> str:
    """a to z for 0 to 25, then aa, ab and so on."""
    return chr(ord("a") + index) if index < 26 else letter(index // 26 - 1) + letter(index % 26)
