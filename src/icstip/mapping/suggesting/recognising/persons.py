"""Words for persons that say two things at once: girls are female and minors, and women beside girls are adults."""

from collections.abc import Collection, Mapping, Sequence

from icstip.mapping.normalise import folded
from icstip.mapping.suggesting.recognising.words import RecogniserWords

Codes = Mapping[str, str]


def person_codes(texts: Sequence[str], ages: Collection[str], words: RecogniserWords) -> dict[str, Codes]:
    """Return the codes of the labels that are members of several components at once.

    Words such as women mean adults beside girls and boys, and beside children where no adults are named: then the
    breakdown is not one by age that stands by itself.

    Args:
        texts: The labels of a column.
        ages: The codes that they have as members of one component alone, such as those of children.
        words: The words.
    """
    always = {text: codes for text in texts if (codes := words.persons.get(folded(text)))}
    adults = {text: codes for text in texts if (codes := words.adults.get(folded(text)))}
    adult = {code for codes in words.adults.values() for code in codes.values()}
    any_age = {code for codes in words.persons.values() for code in codes.values()}
    of_children = any_age - adult
    of_adults = adult - {
        code for codes in words.persons.values() if of_children & set(codes.values()) for code in codes.values()
    }
    has_children = any(of_children & set(codes.values()) for codes in always.values())
    if has_children or (of_children & set(ages) and not of_adults & set(ages)):
        return {**always, **adults}
    return always
