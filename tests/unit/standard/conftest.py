"""A small valid standard in two languages, and the means to plant a fault in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

Plant = Callable[[str, str, str], None]
Complete = Callable[[Path], Path]

SETTINGS = """\
[standard]
agency = "TEST"
version = "1.0.0-draft"
final = false
languages = ["en", "ar"]

[standard.name]
en = "Small standard"
ar = "معيار صغير"

[standard.description]
en = "A standard for tests."
ar = "معيار للاختبار."

[agency.name]
en = "Test agency"
ar = "وكالة small"

[concept_scheme]
id = "CS_TEST"
name = { en = "Concepts", ar = "مفاهيم" }

[[structures]]
id = "VICTIM"
unit = "victim"
name.en = "Victim"
name.ar = "الضحية"

[lint]
described_prefix = "CL_OWN_"
counting_codelist = "CL_OWN_RULE"
latin_words = ["small"]
"""

CONCEPTS = """\
id,name_en,name_ar,description_en,description_ar,counting,counting_en,counting_ar,origin,source
SEX,Sex,الجنس,Sex of the victim.,جنس الضحية.,,,,SDMX:CONCEPTS(1.0),SDMX
FORM,Form,الشكل,"Form of exploitation,
as recorded.",شكل الاستغلال.,MULTIPLE,Any mention counts.,يحصى كل ذكر.,,PROJECT
GROUP,Group,المجموعة,Group of forms.,مجموعة أشكال.,,,,,PROJECT
TIME_PERIOD,Time,الزمن,Period of the figure.,فترة الرقم.,,,,,SDMX
OBS_VALUE,Value,القيمة,The figure.,الرقم.,,,,,SDMX
RULE,Rule,القاعدة,How forms are counted.,كيف تحصى الأشكال.,,,,,PROJECT
NOTE,Note,ملاحظة,A remark.,تعليق.,,,,,PROJECT
"""

CODELISTS = """\
id,extends,pattern,name_en,name_ar,description_en,description_ar,origin,source
CL_SEX,,[A-Z_]+,Sex,الجنس,Sexes.,الأجناس.,SDMX:CL_SEX(1.0),SDMX
CL_OWN_FORM,,,Forms,الأشكال,Forms of exploitation.,أشكال الاستغلال.,,PROJECT
CL_OWN_GROUP,CL_OWN_FORM,,Groups,المجموعات,Groups of forms.,مجموعات الأشكال.,,PROJECT
CL_OWN_RULE,,,Rules,القواعد,Counting rules.,قواعد العد.,,PROJECT
"""

HEADER = "id,parent,name_en,name_ar,description_en,description_ar,origin,source\n"

SEX = f"""\
{HEADER}_T,,Total,المجموع,,,SDMX:CL_SEX(1.0),SDMX
F,_T,Female,أنثى,,,SDMX:CL_SEX(1.0),SDMX
M,_T,Male,ذكر,,,SDMX:CL_SEX(1.0),SDMX
X,_T,Another,آخر,,,,SDMX PROJECT
"""

FORM = f"""\
{HEADER}_T,,Total,المجموع,All forms.,جميع الأشكال.,,PROJECT
LABOUR,_T,Labour,العمل,Forced labour.,العمل القسري.,,PROJECT
FARM,LABOUR,Farm work,الزراعة,Forced labour on farms.,العمل القسري في المزارع.,,PROJECT
"""

GROUP = f"""\
{HEADER}FIELDS,LABOUR,Field work,العمل الميداني,Farms and woods.,المزارع والغابات.,,PROJECT
"""

RULE = f"""\
{HEADER}MULTIPLE,,Any mention,كل ذكر,Each form counts.,يحصى كل شكل.,,PROJECT
PRINCIPAL,,Main form,الشكل الرئيسي,One form counts.,يحصى شكل واحد.,,PROJECT
"""

COMPONENTS = """\
structure,position,id,role,concept,codelist,data_type,attachment,usage,total,source
VICTIM,1,SEX,dimension,SEX,CL_SEX,,,,allowed,SDMX
VICTIM,2,FORM,dimension,FORM,CL_OWN_FORM,,,,refused,PROJECT
VICTIM,3,GROUP,dimension,GROUP,CL_OWN_GROUP,,,,allowed,PROJECT
VICTIM,4,TIME_PERIOD,time_dimension,TIME_PERIOD,,ObservationalTimePeriod,,,,SDMX
VICTIM,,OBS_VALUE,measure,OBS_VALUE,,Decimal,,mandatory,,SDMX
VICTIM,,RULE,attribute,RULE,CL_OWN_RULE,,series,mandatory,,PROJECT
VICTIM,,NOTE,attribute,NOTE,,String,observation,optional,,PROJECT
"""

FILES = {
    "standard.toml": SETTINGS,
    "concepts.csv": CONCEPTS,
    "codelists.csv": CODELISTS,
    "codelists/CL_SEX.csv": SEX,
    "codelists/CL_OWN_FORM.csv": FORM,
    "codelists/CL_OWN_GROUP.csv": GROUP,
    "codelists/CL_OWN_RULE.csv": RULE,
    "components.csv": COMPONENTS,
    "dataflows.csv": (
        "id,structure,name_en,name_ar,description_en,description_ar,source\nDF_VICTIM,VICTIM,Victims,الضحايا,,,PROJECT\n"
    ),
    "constraints/structures.csv": (
        "structure,component,code,source\nVICTIM,FORM,FARM,PROJECT\nVICTIM,FORM,LABOUR,PROJECT\n"
    ),
    "origins.csv": ("origin,id\nSDMX:CL_SEX(1.0),_T\nSDMX:CL_SEX(1.0),F\nSDMX:CL_SEX(1.0),M\nSDMX:CONCEPTS(1.0),\n"),
    "sources.csv": "id,name,description\nPROJECT,The project,Our own.\nSDMX,SDMX,Cross-domain content.\n",
    "labels/words.csv": (
        "codelist,code,label,language,kind,source\n"
        "CL_SEX,F,women,en,alias,PROJECT\n"
        "CL_OWN_GROUP,FARM,farming,en,name,PROJECT\n"
        "*,_T,all,mul,alias,PROJECT\n"
    ),
    "labels/age_patterns.csv": (
        "pattern,kind,language,source\n"
        "{low} to {high} years,between,en,PROJECT\n"
        "<{high},below,en,PROJECT\n"
        "over {low},above,en,PROJECT\n"
        "over {low},at_least,en,PROJECT\n"
    ),
    "labels/headers.csv": (
        "component,label,language,source\nSEX,Gender,en,PROJECT\nOBS_VALUE,Number,en,PROJECT\nGROUP,Kind,en,PROJECT\n"
    ),
}

HEAD = "name_en,name_ar,description_en,description_ar"

SCHEMES = """
[category_scheme]
id = "CS_TOPICS"
name = { en = "Topics", ar = "مواضيع" }

[provider_scheme]
id = "DATA_PROVIDERS"
name = { en = "Data providers", ar = "مقدمو البيانات" }
codelist = "CL_OWN_GROUP"
"""

# What a standard can do without.
FURTHER_FILES = {
    "constraints.csv": (
        f"id,structure,dataflow,free,{HEAD},source\n"
        "CN_VICTIM,VICTIM,,,Allowed codes,الرموز المسموح بها,,,PROJECT\n"
        "CN_SEX,,DF_VICTIM,SEX,Victims by sex,الضحايا حسب الجنس,,,PROJECT\n"
    ),
    "constraints/dataflows.csv": (
        "dataflow,component,code,source\nDF_VICTIM,SEX,F,PROJECT\nDF_VICTIM,FORM,LABOUR,PROJECT\n"
    ),
    "categories.csv": (
        f"id,parent,{HEAD},dataflows,source\n"
        "CRIME,,Crime,الجريمة,,,,PROJECT\n"
        "VICTIMS,CRIME,Victims of crime,ضحايا الجريمة,,,DF_VICTIM,PROJECT\n"
    ),
    "providers.csv": "id,source\nFARM,PROJECT\nFIELDS,PROJECT\n",
    "hierarchies.csv": f"id,{HEAD},source\nH_FORM,Kinds of work,أنواع العمل,,,PROJECT\n",
    "hierarchies/H_FORM.csv": (
        "id,parent,codelist,code\nWORK,,CL_OWN_FORM,LABOUR\n1,WORK,CL_OWN_FORM,FARM\n2,WORK,CL_OWN_GROUP,FIELDS\n"
    ),
    "crosswalks.csv": (
        f"id,source_structure,target_structure,{HEAD},source\n"
        "SM_OTHER,OTHER:DSD(1.0),VICTIM,From other data,من بيانات أخرى,,,PROJECT\n"
    ),
    "crosswalks/SM_OTHER/links.csv": (
        "sources,targets,code_map,fixed\n"
        "GENDER,SEX,CM_SEX,\n"
        "KIND PLACE,FORM,CM_FORM,\n"
        "TIME_PERIOD,TIME_PERIOD,,\n"
        ",GROUP,,_T\n"
    ),
    "crosswalks/SM_OTHER/code_maps.csv": (
        f"id,sources,targets,{HEAD}\n"
        "CM_SEX,OTHER:CL_GENDER(1.0),CL_SEX,Sexes,الأجناس,,\n"
        "CM_FORM,OTHER:CL_KIND(1.0) OTHER:CL_PLACE(2.0.0),CL_OWN_FORM,Forms,الأشكال,,\n"
    ),
    "crosswalks/SM_OTHER/CM_SEX.csv": "source,target,note\n1,M,\n2,F,\n9,,no counterpart\n",
    "crosswalks/SM_OTHER/CM_FORM.csv": "source_1,source_2,target,note\nA,X,LABOUR,\nA,Y,FARM,on farms\n",
}


@pytest.fixture
def dsd(tmp_path: Path) -> Path:
    """Return the folder of a small valid standard."""
    folder = tmp_path / "dsd"
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def complete() -> Complete:
    """Return a function that gives the standard all the tables that it could also do without."""

    def write(folder: Path) -> Path:
        for name, content in FURTHER_FILES.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        with (folder / "standard.toml").open("a", encoding="utf-8") as settings:
            settings.write(SCHEMES)
        return folder

    return write


@pytest.fixture
def plant(dsd: Path) -> Plant:
    """Return a function that replaces a piece of text, which must be there once, in one file of the standard."""

    def replace(name: str, old: str, new: str) -> None:
        path = dsd / name
        content = path.read_text(encoding="utf-8")
        assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times in {name}"
        path.write_text(content.replace(old, new), encoding="utf-8")

    return replace
