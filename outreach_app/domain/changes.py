"""What a change touched, so that pages refresh themselves and nothing else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Which kinds of things a service changed."""

    encounters: bool = False
    contacts: bool = False
    places: bool = False
    tallies: bool = False
    drafts: bool = False
    follow_ups: bool = False
    sending: bool = False
    enrolment: bool = False
    settings: bool = False
    leaflets: bool = False
    workers: bool = False
    backups: bool = False
    casework: bool = False  # consents, referrals, plans, pathways, shelter stays
    reviews: bool = False
    check_ins: bool = False
    searches: bool = False  # kept ones
