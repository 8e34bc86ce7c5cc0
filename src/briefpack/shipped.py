"""Where the pack lies that comes with the program: the house style, the starter content and its originals."""

from pathlib import Path


def shipped_pack() -> Path:
    """Return the folder that holds the shipped `templates/`, `content/` and `seeds/`.

    In an installed wheel that is `briefpack/_shipped`; in a source checkout, where these folders exist once, at the
    top, it is the root of the repository. Nothing below it may be written to.
    """
    package = Path(__file__).resolve().parent
    installed = package / "_shipped"
    return installed if installed.is_dir() else package.parents[1]
