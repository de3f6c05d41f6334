"""The four records that the field calls "consent" (DOMAIN 0.5): agreement, lawful basis, transparency, override."""

from dataclasses import dataclass
from datetime import date, datetime

SAFEGUARDING_CHILD = "safeguarding_child"


@dataclass(frozen=True)
class ServiceAgreement:
    """Whether the family agrees to the service: given, refused, withdrawn, not_sought, lacks_capacity or mixed."""

    status: str
    told_by: str
    on: date | None = None
    review_by: date | None = None


@dataclass(frozen=True)
class Transparency:
    """Whether the family was told what is shared and why; if not, the reason."""

    told: bool | None
    reason: str = ""


@dataclass(frozen=True)
class Override:
    """Sharing without agreement: the legal gateway (a code), the rationale, who decided and when."""

    gateway: str
    rationale: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ConsentRecord:
    """What is recorded about one family at one contact. A later contact adds a record, it never changes one."""

    id: str
    authority: str
    case: str
    family: str | None
    tokens: tuple[str, ...]
    recorded_at: datetime
    lawful_basis: str
    agreement: ServiceAgreement | None = None
    transparency: Transparency | None = None
    override: Override | None = None
