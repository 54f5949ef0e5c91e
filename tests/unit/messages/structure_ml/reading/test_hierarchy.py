"""Hierarchies, and the hierarchical code lists of SDMX-ML 2.1 that they stand in."""

from tests.examples.ml_messages import URN, document, only, unread

from icstip.artefacts.base import Annotation, Reference, TextFormat
from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy, Level

NOTE = "<c:Annotations><c:Annotation><c:AnnotationType>{}</c:AnnotationType></c:Annotation></c:Annotations>"
REF = '<s:Code><Ref id="{}" maintainableParentID="CL" agencyID="T" class="Code" package="codelist"/></s:Code>'


def _code(identity: str) -> Reference:
    return Reference("Code", "T", "CL", "1.0", identity)


def _list(inside: str, attributes: str = "") -> str:
    return f'<s:HierarchicalCodelist id="H" agencyID="T" {attributes}>{inside}</s:HierarchicalCodelist>'


def test_a_hierarchy_of_3_x_comes_with_levels_and_codes() -> None:
    code = "<s:Code>" + URN + "codelist.Code=T:CL(1.0).{}</s:Code>"
    inside = f"""<c:Name>N</c:Name><s:Level id="L1"><c:Name>One</c:Name><s:CodingFormat textType="Alpha" maxLength="2"/>
        <s:Level id="L2"><c:Name>Two</c:Name></s:Level></s:Level><s:HierarchicalCode id="A" uri="https://example.org"
        validFrom="2000-01-01T00:00:00" validTo="2001-01-01T00:00:00">{NOTE.format("N")}{code.format("A")}
        <s:HierarchicalCode id="B">{code.format("B")}<s:Level>L2</s:Level></s:HierarchicalCode><s:Level> L1 </s:Level>
        </s:HierarchicalCode><s:HierarchicalCode id="C">{code.format("C")}</s:HierarchicalCode>"""
    below = HierarchicalCode(id="B", code=_code("B"), level="L2")
    top = HierarchicalCode(
        id="A",
        code=_code("A"),
        level="L1",
        children=(below,),
        annotations=(Annotation(type="N"),),
        uri="https://example.org",
        valid_from="2000-01-01T00:00:00",
        valid_to="2001-01-01T00:00:00",
    )
    first = Level(id="L1", name={"en": "One"}, format=TextFormat("Alpha", {"maxLength": "2"}))
    for version in ("3.0", "3.1"):
        found = only(version, f'<s:Hierarchy id="H" agencyID="T" hasFormalLevels="true">{inside}</s:Hierarchy>')
        assert found == Hierarchy(
            id="H",
            agency="T",
            name={"en": "N"},
            levels=(first, Level(id="L2", name={"en": "Two"})),
            codes=(top, HierarchicalCode(id="C", code=_code("C"))),
            formal_levels=True,
        )


def test_a_hierarchical_code_list_with_one_hierarchy_of_the_same_id_is_that_hierarchy() -> None:
    level = '<s:Level id="L"><c:Name>Level</c:Name></s:Level>'
    codes = f'<s:HierarchicalCode id="A">{REF.format("A")}<s:Level><Ref id="X.L"/></s:Level></s:HierarchicalCode>'
    inside = f"""{NOTE.format("OUTER")}<c:Name>N</c:Name><s:Hierarchy id="H" leveled="true">{NOTE.format("INNER")}
        <c:Name>N</c:Name><c:Description>D</c:Description>{codes}{level}</s:Hierarchy>"""
    assert only("2.1", _list(inside, 'version="2.0" isFinal="true"')) == Hierarchy(
        id="H",
        agency="T",
        version="2.0",
        final=True,
        name={"en": "N"},
        description={"en": "D"},
        annotations=(Annotation(type="OUTER"), Annotation(type="INNER")),
        codes=(HierarchicalCode(id="A", code=_code("A"), level="L"),),
        levels=(Level(id="L", name={"en": "Level"}),),
        formal_levels=True,
    )


def test_a_name_of_the_one_hierarchy_that_is_not_that_of_its_list_is_told() -> None:
    inside = '<c:Name>Outer</c:Name><s:Hierarchy id="H"><c:Name>Inner</c:Name></s:Hierarchy>'
    (found,) = document("2.1", f"<s:A>{_list(inside)}</s:A>").artefacts
    assert found.name == {"en": "Outer"}
    assert unread("2.1", _list(inside)) == [("Hierarchy=T:H(1.0)", "Name")]


def test_a_hierarchical_code_list_with_several_hierarchies_becomes_several_artefacts() -> None:
    inside = "".join(
        f'<s:Hierarchy id="{name}"><c:Name>{name}</c:Name>'
        f'<s:HierarchicalCode id="A">{REF.format("A")}</s:HierarchicalCode></s:Hierarchy>'
        for name in ("X", "H")
    )
    codes = (HierarchicalCode(id="A", code=_code("A")),)
    listed = _list(f"<c:Name>List</c:Name>{inside}", 'version="1.0.0"')
    found = document("2.1", f"<s:A>{listed}</s:A>")
    assert found.artefacts.artefacts == tuple(
        Hierarchy(id=f"H_{name}", agency="T", version="1.0.0-draft", name={"en": name}, codes=codes)
        for name in ("X", "H")
    )
    assert unread("2.1", listed) == [("HierarchicalCodelist=T:H(1.0.0-draft)", "HierarchicalCodelist")]


def test_a_single_hierarchy_with_another_id_has_both_in_its_id() -> None:
    listed = _list('<c:Name>List</c:Name><s:Hierarchy id="X"/>')
    (found,) = document("2.1", f"<s:A>{listed}</s:A>").artefacts
    assert (found.id, found.name) == ("H_X", {"en": "List"})


def test_a_hierarchical_code_list_that_stands_elsewhere_is_the_head_of_a_hierarchy() -> None:
    assert only("2.1", _list("", 'isExternalReference="true"')) == Hierarchy(id="H", agency="T", external=True)


def test_codes_can_refer_to_the_alias_of_an_included_code_list() -> None:
    ref = '<Ref id="CL" agencyID="T" version="3.0"/>'
    included = (
        f'<s:IncludedCodelist alias="OURS">{ref}</s:IncludedCodelist><s:IncludedCodelist>{ref}</s:IncludedCodelist>'
    )
    code = '<s:CodelistAliasRef>{}</s:CodelistAliasRef><s:CodeID><Ref id="A"/></s:CodeID>'
    codes = "".join(
        f'<s:HierarchicalCode id="{alias}">{code.format(alias)}</s:HierarchicalCode>' for alias in ("OURS", "CL")
    )
    found = only("2.1", _list(f'{included}<s:Hierarchy id="H">{codes}</s:Hierarchy>'))
    assert isinstance(found, Hierarchy)
    assert [code.code for code in found.codes] == [Reference("Code", "T", "CL", "3.0", "A")] * 2


def test_an_included_code_list_that_is_not_understood_is_told() -> None:
    included = "<s:IncludedCodelist><URN>nonsense</URN></s:IncludedCodelist>"
    assert unread("2.1", _list(f'{included}<s:Hierarchy id="H"/>')) == [("Hierarchy=T:H(1.0)", "IncludedCodelist")]


def test_an_alias_that_stands_for_nothing_leaves_the_hierarchy_out() -> None:
    code = '<s:CodelistAliasRef>NONE</s:CodelistAliasRef><s:CodeID><Ref id="A"/></s:CodeID>'
    inside = f'<s:Hierarchy id="H"><s:HierarchicalCode id="A">{code}</s:HierarchicalCode></s:Hierarchy>'
    told = [what for _, what in unread("2.1", _list(inside))]
    assert told == ["CodelistAliasRef", "HierarchicalCodelist"]


def test_codes_of_a_draft_of_the_same_message_of_2_1_are_codes_of_the_draft() -> None:
    listed = _list(
        f'<s:Hierarchy id="H"><s:HierarchicalCode id="A">{REF.format("A")}</s:HierarchicalCode></s:Hierarchy>'
    )
    listed = listed.replace('maintainableParentID="CL"', 'maintainableParentID="CL" maintainableParentVersion="1.0.0"')
    codelist = '<s:Codelist id="CL" agencyID="T" version="1.0.0"/>'
    (found,) = document("2.1", f"<s:A>{listed}{codelist}</s:A>").artefacts.all_of(Hierarchy)
    assert found.codes[0].code == Reference("Code", "T", "CL", "1.0.0-draft", "A")


def test_what_is_nested_more_deeply_than_any_hierarchy_is_left_out_and_told() -> None:
    code = f'<s:HierarchicalCode id="A"><s:Code>{URN}codelist.Code=T:CL(1.0).A</s:Code>'
    for levels, is_read in ((90, True), (110, False)):
        inside = code * levels + "</s:HierarchicalCode>" * levels
        found = document("3.0", f'<s:A><s:Hierarchy id="H" agencyID="T">{inside}</s:Hierarchy></s:A>')
        assert [len(list(tree.walk())) for tree in found.artefacts.all_of(Hierarchy)] == [levels] * is_read
        assert [finding.params["what"] for finding in found.findings] == [["HierarchicalCode", "Hierarchy"], []][
            is_read
        ]
