"""What a decision about a case is made from, as services hand it over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from frontdoor.domain.case import Evidence
from frontdoor.domain.forms.states import StatedAnswers
from frontdoor.domain.rules.situation import Provenance


@dataclass(frozen=True)
class Inputs:
    """Everything a decision about a case is made from.

    `answers` by form id; a form that was not sent is missing and unknown. `sources` says who sent each form.
    `platform` has values by path (`family.closed_on`): absent is unknown, None is none. `decisions` has the decision
    of each earlier table of this case. `holidays` are dates as text. `parameters` override the rules' own, which
    simulation uses.
    """

    answers: Mapping[str, StatedAnswers]
    as_of: date
    evidence: Sequence[Evidence] = ()
    platform: Mapping[str, Any] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    holidays: Sequence[str] = ()
    sources: Mapping[str, Provenance] = field(default_factory=dict)
