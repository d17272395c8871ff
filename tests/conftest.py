"""Hypothesis profiles: derandomised everywhere, so that a failure is the same failure tomorrow."""

import os

from hypothesis import HealthCheck, Phase, settings

_UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]

# A report is told by its lines, a smaller one tells no more: shrinking takes minutes and is left out.
_PHASES = [Phase.explicit, Phase.reuse, Phase.generate]

settings.register_profile(
    "normal", deadline=None, max_examples=150, derandomize=True, phases=_PHASES, suppress_health_check=_UNHURRIED
)
settings.register_profile("ci", settings.get_profile("normal"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "normal")
