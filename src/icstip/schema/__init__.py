"""What a data set must look like, from a data structure."""

from icstip.schema.model import NOTHING_REFUSED as NOTHING_REFUSED
from icstip.schema.model import ArtefactKey as ArtefactKey
from icstip.schema.model import Column as Column
from icstip.schema.model import Level as Level
from icstip.schema.model import Schema as Schema
