"""Records of chi-squares, as normal deviates whose expected value is 0(1)."""

from scripts.common.claims.records import record, unmeasured


def deviate_record(check, deviate):
    """Record of a chi-square that was turned into a normal deviate."""
    return record(check, deviate, 0.0, error=1.0)


def record_if(allowed, needs, check, **numbers):
    """The record, or an unmeasured one that says what the configuration would need."""
    return record(check, **numbers) if allowed else unmeasured(check, needs)
