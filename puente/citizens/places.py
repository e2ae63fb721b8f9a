"""Where synthetic citizens live: every department, the larger places more often.

The weights of the departments are thousands of inhabitants (INE, projection for 2020). The
shares of Maya people are round guesses for a lively demo; nobody may cite them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Department:
    """One department; its municipalities are sorted, the one named most often first."""

    name: str
    thousands: int
    maya_percent: int
    municipalities: tuple[str, ...]


DEPARTMENTS = (
    Department(
        "Guatemala",
        3516,
        15,
        ("Guatemala", "Villa Nueva", "Mixco", "San Juan Sacatepéquez", "Amatitlán", "Chinautla"),
    ),
    Department("El Progreso", 193, 1, ("Guastatoya", "Sanarate", "San Agustín Acasaguastlán")),
    Department(
        "Sacatepéquez", 390, 40, ("Antigua Guatemala", "Ciudad Vieja", "Sumpango", "Jocotenango")
    ),
    Department(
        "Chimaltenango",
        733,
        78,
        ("Chimaltenango", "Tecpán Guatemala", "Patzún", "San Juan Comalapa"),
    ),
    Department(
        "Escuintla", 792, 5, ("Escuintla", "Santa Lucía Cotzumalguapa", "Tiquisate", "Palín")
    ),
    Department("Santa Rosa", 441, 1, ("Cuilapa", "Barberena", "Chiquimulilla", "Taxisco")),
    Department(
        "Sololá", 467, 96, ("Sololá", "Santiago Atitlán", "Nahualá", "Santa Catarina Ixtahuacán")
    ),
    Department("Totonicapán", 487, 98, ("Totonicapán", "Momostenango", "San Francisco el Alto")),
    Department(
        "Quetzaltenango", 896, 51, ("Quetzaltenango", "Coatepeque", "Ostuncalco", "Olintepeque")
    ),
    Department(
        "Suchitepéquez", 605, 35, ("Mazatenango", "Chicacao", "Santo Domingo Suchitepéquez")
    ),
    Department(
        "Retalhuleu", 371, 15, ("Retalhuleu", "El Asintal", "Champerico", "Nuevo San Carlos")
    ),
    Department(
        "San Marcos",
        1172,
        30,
        ("San Marcos", "Malacatán", "San Pedro Sacatepéquez", "Comitancillo"),
    ),
    Department(
        "Huehuetenango",
        1372,
        65,
        ("Huehuetenango", "Chiantla", "Santa Cruz Barillas", "Jacaltenango", "San Pedro Soloma"),
    ),
    Department(
        "Quiché",
        1063,
        89,
        ("Santa Cruz del Quiché", "Chichicastenango", "Nebaj", "Ixcán", "Joyabaj", "Uspantán"),
    ),
    Department("Baja Verapaz", 328, 57, ("Salamá", "Rabinal", "Cubulco", "Purulhá")),
    Department(
        "Alta Verapaz",
        1329,
        93,
        ("Cobán", "San Pedro Carchá", "San Cristóbal Verapaz", "Chisec", "Panzós", "Tactic"),
    ),
    Department("Petén", 613, 30, ("Flores", "Sayaxché", "Poptún", "La Libertad", "San Benito")),
    Department("Izabal", 440, 28, ("Puerto Barrios", "Morales", "El Estor", "Livingston")),
    Department("Zacapa", 268, 1, ("Zacapa", "Gualán", "Teculután", "Río Hondo")),
    Department("Chiquimula", 442, 27, ("Chiquimula", "Jocotán", "Camotán", "Esquipulas")),
    Department("Jalapa", 394, 2, ("Jalapa", "San Pedro Pinula", "Mataquescuintla", "Monjas")),
    Department("Jutiapa", 546, 1, ("Jutiapa", "Asunción Mita", "Moyuta", "Jalpatagua")),
)
