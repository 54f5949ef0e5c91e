"""Victims for crosswalks, and a crosswalk that is nothing but tables."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.examples.observations import Row, data_set, row

from icstip.messages.dataset import DataSet
from icstip.workflow.crosswalking.crosswalker import Crosswalker, CrosswalkResult

SDG: Final = "sdg"


def crossed(crosswalker: Crosswalker, *rows: Row, sums: bool = False, **assumed: str) -> CrosswalkResult:
    """Return what observations on victims become, after the balance was checked."""
    result = crosswalker.run_data(SDG, data_set(crosswalker.schema("TIP_VICTIM"), rows), sums=sums, assumed=assumed)
    assert result.balance.adds_up
    assert result.balance.figures_read == len(rows)
    assert result.written == result.balance.observations + result.sums
    return result


def only(result: CrosswalkResult) -> Mapping[str, object]:
    """Return the only observation of a result, codes as texts."""
    assert result.data is not None
    (found,) = rows_of(result.data)
    return found


def rows_of(data: DataSet) -> Sequence[Mapping[str, object]]:
    """Return the observations of a data set."""
    return data.frame.to_dicts()


def codes(result: CrosswalkResult) -> list[str]:
    """Return the codes of what was set aside, as often as it was."""
    return [code for code, count in result.balance.set_aside.items() for _ in range(count)]


def form(code: str, value: float | None, **codes: object) -> Row:
    """Return the number of victims of a form of exploitation in Kenya in 2020."""
    return row("KE", "2020", value, EXPLOITATION=code, **codes)


COUNTS: Final = {
    "crosswalks/X_MADE_UP/links.csv": (
        "sources,targets,code_map,fixed,default\n"
        "REF_AREA,COUNTRY,,,\n"
        "INDICATOR UNIT_MEASURE EXPLOITATION,KIND,M_MADE_KIND,,\n"
        "SEX,GENDER,M_MADE_GENDER,,\n"
        "FREQ,FREQ,,,\n"
        "TIME_PERIOD,YEAR,,,\n"
        "OBS_VALUE,COUNT,,,\n"
        "OBS_STATUS,STATE,,,\n"
        ",SOURCE,,REGISTER,\n"
        "DATA_SOURCE,ORIGIN,,,unknown\n"
    ),
    "crosswalks/X_MADE_UP/M_MADE_KIND.csv": (
        "source_1,source_2,source_3,target,reverse,note\n"
        "VIC_DET,NUMBER,_T,ALL,yes,\n"
        "VIC_IDENT,NUMBER,_T,ALL,,identified and detected are not told apart there\n"
        "VIC_DET,NUMBER,SEXUAL,SEX,,\n"
        "VIC_DET,NUMBER,_U,,,nobody counts them\n"
    ),
    "crosswalks/X_MADE_UP/M_MADE_GENDER.csv": "source,target,reverse,note\n_T,0,,\nF,1,,\nM,2,,\n_O,3,,\n_U,3,,\n",
    "crosswalks/X_MADE_UP/components.csv": (
        "structure,position,id,role,codelist,data_type,attachment,usage,source\n"
        "OTHER:COUNTS(2.1),1,COUNTRY,dimension,,String,,,PROJECT\n"
        "OTHER:COUNTS(2.1),2,KIND,dimension,OTHER:CL_KIND(1.0),,,,PROJECT\n"
        "OTHER:COUNTS(2.1),3,GENDER,dimension,OTHER:CL_GENDER(1.0),,,,PROJECT\n"
        "OTHER:COUNTS(2.1),4,FREQ,dimension,,String,,,PROJECT\n"
        "OTHER:COUNTS(2.1),5,SOURCE,dimension,OTHER:CL_SOURCE(1.0),,,,PROJECT\n"
        "OTHER:COUNTS(2.1),6,YEAR,time_dimension,,ObservationalTimePeriod,,,PROJECT\n"
        "OTHER:COUNTS(2.1),,COUNT,measure,,Integer,,mandatory,PROJECT\n"
        "OTHER:COUNTS(2.1),,STATE,attribute,,String,observation,mandatory,PROJECT\n"
        "OTHER:COUNTS(2.1),,ORIGIN,attribute,,String,series,optional,PROJECT\n"
    ),
    "crosswalks/X_MADE_UP/codes.csv": (
        "codelist,code,name,source\n"
        "OTHER:CL_KIND(1.0),ALL,,PROJECT\n"
        "OTHER:CL_KIND(1.0),SEX,,PROJECT\n"
        "OTHER:CL_GENDER(1.0),0,,PROJECT\n"
        "OTHER:CL_GENDER(1.0),1,,PROJECT\n"
        "OTHER:CL_GENDER(1.0),2,,PROJECT\n"
        "OTHER:CL_GENDER(1.0),3,,PROJECT\n"
        "OTHER:CL_SOURCE(1.0),REGISTER,,PROJECT\n"
        "OTHER:CL_SOURCE(1.0),SURVEY,,PROJECT\n"
    ),
}


def made_up_standard(dsd: Path, folder: Path) -> Path:
    """Return a copy of the standard with one crosswalk more: tables, and no code."""
    copy = folder / "dsd"
    shutil.copytree(dsd, copy)
    for name, content in COUNTS.items():
        path = copy / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    heads = (copy / "crosswalks.csv").read_text(encoding="utf-8")
    texts = "Made up,Inventé,Inventado,مختلق,,,,"
    (copy / "crosswalks.csv").write_text(
        f"{heads}X_MADE_UP,made-up,TIP_VICTIM,OTHER:COUNTS(2.1),OTHER:DF_COUNTS(2.1),{texts},PROJECT\n",
        encoding="utf-8",
    )
    (copy / "crosswalks/X_MADE_UP/code_maps.csv").write_text(
        "id,sources,targets,name_en,name_fr,name_es,name_ar,description_en,description_fr,description_es,description_ar\n"
        "M_MADE_KIND,CL_TIP_INDICATOR CL_UNIT_MEASURE CL_TIP_EXPLOITATION,OTHER:CL_KIND(1.0),"
        "Kind,Genre,Clase,النوع,,,,\n"
        "M_MADE_GENDER,CL_SEX,OTHER:CL_GENDER(1.0),Gender,Genre,Género,الجنس,,,,\n",
        encoding="utf-8",
    )
    return copy
