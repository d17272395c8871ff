"""Reports in traditional characters: each simplified one as one of those that it stands for, in words of Taiwan."""

from random import Random

from pipelines.registry.files import read_yaml

_DECLARED = read_yaml("traditional.yml")
_CHARACTERS: dict[str, list[str]] = {}
for _kind in ("certain", "doubtful"):
    _lists = [_DECLARED[_kind][name].replace(" ", "") for name in ("traditional", "simplified")]
    for _traditional, _simplified in zip(*_lists, strict=True):
        _CHARACTERS.setdefault(_simplified, []).append(_traditional)
_WORDS = {simplified: word for word, simplified in _DECLARED["words"].items()}


def traditional(random: Random, text: str, encoding: str = "utf-8") -> str:
    """Return a text of the same length in traditional characters, as far as an encoding has them."""
    if random.randrange(2):
        for simplified, word in _WORDS.items():
            text = text.replace(simplified, word)
    chosen = {
        simplified: random.choice(known)
        for simplified, choices in _CHARACTERS.items()
        if (known := [each for each in choices if _holds(encoding, each)])
    }
    return text.translate(str.maketrans(chosen))


def _holds(encoding: str, character: str) -> bool:
    return bool(character.encode(encoding, "ignore"))
