"""The bridge between the information model of `icstip.artefacts` and the objects of sdmx1, in both directions."""
