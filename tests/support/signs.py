"""Short ways to answer indicators in tests of the assessment."""

from __future__ import annotations

from hypothesis import strategies as st

from outreach_app.domain.assessment import Assessment, assess
from outreach_app.domain.context import Context
from outreach_app.domain.indicator import ID_PREFIXES, Answer, Catalogue, Dimension, Profile
from outreach_app.wire.indicator_catalogue import load_catalogues

ANSWERS: tuple[Answer, ...] = ("observed", "told", "told_by_others", "not_present", "not_asked")
profiles: st.SearchStrategy[Profile] = st.sampled_from(tuple(ID_PREFIXES))
contexts = st.builds(
    Context,
    age=st.sampled_from(("adult", "maybe_under_18", "under_18", "unknown")),
    sells_sex=st.booleans(),
    free_to_speak=st.booleans(),
)

SHORT: dict[str, Dimension] = {
    "D": "deceptive_recruitment",
    "C": "coercive_recruitment",
    "V": "abuse_of_vulnerability_recruitment",
    "E": "exploitation",
    "K": "coercion_at_destination",
    "U": "abuse_of_vulnerability_destination",
}


def catalogue_of(profile: Profile) -> Catalogue:
    """Return a shipped catalogue."""
    return load_catalogues()[profile]


def making_positive(profile: Profile, dimensions: str) -> dict[str, Answer]:
    """Return answers that make exactly the dimensions positive that the letters name (see ``SHORT``)."""
    wanted = {SHORT[letter] for letter in dimensions}
    return {sign.id: "told" for sign in catalogue_of(profile).indicators if sign.dimension in wanted}


def pick(profile: Profile, dimension: Dimension, strengths: str) -> list[str]:
    """Return ids of a dimension with the strengths asked for, for example ``"SMM"``."""
    left = [sign for sign in catalogue_of(profile).indicators if sign.dimension == dimension]
    picked = []
    for strength in strengths:
        sign = next(sign for sign in left if sign.strength == strength)
        left.remove(sign)
        picked.append(sign.id)
    return picked


def told(*ids: str) -> dict[str, Answer]:
    """Return the indicators as told by the person."""
    return dict.fromkeys(ids, "told")


def judge(profile: Profile, answers: dict[str, Answer], context: Context | None = None) -> Assessment:
    """Assess under a shipped catalogue."""
    return assess(catalogue_of(profile), answers, context or Context())


@st.composite
def situations(draw: st.DrawFn) -> tuple[Catalogue, dict[str, Answer], Context]:
    """Draw a catalogue, answers to some of its indicators, and a context."""
    catalogue = catalogue_of(draw(profiles))
    ids = [sign.id for sign in catalogue.indicators]
    answers = draw(st.dictionaries(st.sampled_from(ids), st.sampled_from(ANSWERS), max_size=14))
    return catalogue, answers, draw(contexts)
