from __future__ import annotations

import unicodedata

from flows.catalogues import stock_texts


def test_stock_sentences_are_spanish_texts_by_the_name_of_their_service() -> None:
    texts = stock_texts()
    assert all(key.startswith("servicio/") for key in texts)
    assert texts["servicio/cerrada"].endswith("{url}")
    assert all(text == unicodedata.normalize("NFC", text).strip() for text in texts.values())
