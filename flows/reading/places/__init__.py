"""Where people live: 22 departments, 340 municipalities, and what people call them."""

from flows.reading.places.gazetteer import Place, label, places
from flows.reading.places.reader import Level, read_place

__all__ = ["Level", "Place", "label", "places", "read_place"]
