"""One dossier and one press for all tests here: layout is what costs time."""

import pytest
from tests.pdf.press import BASE, printed
from tests.templating import samples

from briefpack.pdf.binding import Linked
from briefpack.pdf.inspect import Inspection, inspect_pdf
from briefpack.products.model import Attachment

ATTACHED = Attachment("../../seeds/003.txt", "Usulután".encode(), "text/plain", "Source", "original")


@pytest.fixture(scope="session")
def dossier() -> Linked:
    product = samples.dossier()
    return printed(product.sections, BASE, parts=product.parts, attachments=(ATTACHED,))


@pytest.fixture(scope="session")
def read(dossier: Linked) -> Inspection:
    return inspect_pdf(dossier.pdf)
