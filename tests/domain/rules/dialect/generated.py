"""Names to write conditions with, and generated conditions that are right for them."""

from hypothesis import strategies as st

from frontdoor.domain.rules.dialect import tree
from frontdoor.domain.rules.dialect.names import Choice, Names
from frontdoor.domain.rules.dialect.reading import read
from frontdoor.domain.rules.dialect.writing import write


def choice(path, kind, label, *, part_of="", options=(), **more):
    labels = {code: {"en": code.title(), "cy": f"{code.title()} (cy)"} for code in options}
    return Choice(path, {"en": label, "cy": f"{label} (cy)"}, kind, {"en": "Form", "cy": "Ffurflen"}, labels, part_of,
                  **more)  # fmt: skip


KIDS = "answers.f.kids"
LISTED = (
    choice("facts.met", "boolean", "Met"),
    choice("facts.other", "boolean", "Other"),
    choice("facts.score", "number", "Score"),
    choice("facts.since", "date", "Since"),
    choice("answers.f.reply", "string", "Reply", options=("yes", "no", "dont_know")),
    choice("answers.f.words", "string", "Words"),
    choice("answers.f.needs", "list", "Needs", options=("a", "b", "none")),
    choice(KIDS, "rows", "Children"),
    choice(f"{KIDS}.dob", "date", "Date of birth", part_of=KIDS),
    choice(f"{KIDS}.out", "boolean", "Out of school", part_of=KIDS),
    choice(f"{KIDS}.days", "number", "Days missed", part_of=KIDS),
    choice("parameters.least", "number", "Least score", value=3, unit={"en": "points", "cy": "pwynt"}),
    choice("parameters.codes", "list", "Codes that count", options=("a", "b"), value=["a", "b"]),
    choice("parameters.share", "number", "Share missed", value=15, unit={"en": "% of days"}),
    choice("as_of", "date", "Day of the decision"),
)
NAMES = Names({one.path: one for one in LISTED})

named = st.sampled_from
NUMBERS = st.one_of(st.integers(-(2**40), 2**40), st.floats(-1e6, 1e6).map(lambda each: round(each, 3)))
TYPED = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
NUMERIC = ("is", "is_not", "not_is", "at_least", "more", "at_most", "less", "not_less", "not_more")
KNOWN = ("known", "not_known")


def tests_of(paths, operators, values):
    return st.builds(tree.Test, st.builds(tree.Named, named(paths)), named(operators), values)


DATES = st.one_of(
    st.builds(tree.Named, named(["facts.since", "as_of"])), st.dates().map(lambda day: tree.Literal(day.isoformat()))
)
IN_ROW = st.one_of(
    tests_of(["out"], ("is_true", "not_true", *KNOWN), st.none()),
    tests_of(["days"], NUMERIC, NUMBERS.map(tree.Literal)),
    tests_of(["dob"], ("answered", "not_answered"), st.none()),
)
CODES = st.lists(named(["a", "b", "none"]), min_size=1, max_size=3, unique=True).map(lambda codes: tuple(codes))
IN_CODES = st.one_of(
    tests_of([""], ("is", "is_not"), named(["a", "b", "none"]).map(tree.Literal)),
    tests_of([""], ("one_of", "not_one_of"), CODES.map(tree.Literal)),
)
CHOSEN = st.one_of(
    st.builds(tree.Chosen, st.just(tree.Named("answers.f.needs")), IN_CODES),
    st.builds(tree.Chosen, st.just(tree.Named(KIDS)), IN_ROW),
)
SPANS = st.builds(tree.Span, named(tree.MEASURES), DATES, DATES)


def leaves():
    return st.one_of(
        st.booleans().map(tree.Fixed),
        tests_of(["facts.met", "facts.other"], ("is_true", "not_true", *KNOWN), st.none()),
        tests_of(["facts.score"], NUMERIC, NUMBERS.map(tree.Literal)),
        tests_of(["facts.score"], NUMERIC, st.just(tree.Named("parameters.least"))),
        tests_of(["facts.since"], ("at_least", "less", "not_less"), DATES),
        tests_of(["answers.f.reply"], ("is", "is_not", "not_is"), named(["yes", "no"]).map(tree.Literal)),
        tests_of(["answers.f.words"], ("is", "is_not"), st.one_of(TYPED, st.none()).map(tree.Literal)),
        tests_of(["answers.f.words"], ("one_of", "not_one_of"),
                 st.lists(TYPED, min_size=1, max_size=3).map(lambda texts: tree.Literal(tuple(texts)))),
        tests_of(["answers.f.reply"], ("one_of", "not_one_of"), st.just(tree.Named("parameters.codes"))),
        tests_of(["answers.f.needs"], ("includes", "not_includes"), named(["a", "none"]).map(tree.Literal)),
        st.builds(tree.Test, SPANS, named(NUMERIC), NUMBERS.map(tree.Literal)),
        st.builds(tree.Test, st.builds(tree.HowMany, st.one_of(CHOSEN, st.just(tree.Named(KIDS)))), named(NUMERIC),
                  NUMBERS.map(tree.Literal)),
        st.builds(tree.Test, CHOSEN, named(["answered", "not_known"])),
        st.builds(tree.Rows, named(tree.QUANTIFIERS), st.just(tree.Named(KIDS)), IN_ROW),
        st.builds(tree.Rows, named(tree.QUANTIFIERS),
                  st.builds(tree.Chosen, st.just(tree.Named(KIDS)), IN_ROW), IN_ROW),
    )  # fmt: skip


def inner(clauses):
    several = st.lists(clauses, min_size=1, max_size=3).map(lambda found: tuple(found))
    one = clauses.map(lambda clause: (clause,))
    return st.one_of(
        st.builds(tree.Group, named(["all", "any", "not_all", "not_any"]), several),
        st.builds(tree.Group, named(["unknown", "not_unknown"]), one),
        st.builds(tree.Test, st.builds(tree.Count, several), named(NUMERIC), NUMBERS.map(tree.Literal)),
        st.builds(tree.Cases, st.lists(st.builds(tree.Case, clauses, clauses), min_size=1, max_size=2)
                  .map(lambda found: tuple(found)), clauses),
    )  # fmt: skip


# A tree may say one thing in two ways; what is read back is the one way.
CONDITIONS = st.recursive(leaves(), inner, max_leaves=12).map(lambda rule: read(write(rule)))
VALUES = st.one_of(
    NUMBERS.map(tree.Literal),
    SPANS,
    st.builds(tree.Count, st.lists(CONDITIONS, min_size=1, max_size=3).map(lambda found: tuple(found))),
    st.just(tree.Named("facts.score")),
    st.just(tree.Literal(None)),
)
WORKED_OUT = st.one_of(
    VALUES,
    st.builds(tree.Cases, st.lists(st.builds(tree.Case, CONDITIONS, VALUES), min_size=1, max_size=3)
              .map(lambda found: tuple(found)), VALUES),
).map(lambda rule: read(write(rule), "number"))  # fmt: skip
