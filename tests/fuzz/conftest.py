"""The profile of the fuzzing: few inputs in an ordinary run, as many as asked for in a hunt.

AUTOGRADER_FUZZ_EXAMPLES=N gives each property N inputs, new ones each time; without it the inputs are few and
always the same, so that a run of the tests does not depend on luck.
"""

import os

from hypothesis import HealthCheck, settings

ASKED = os.environ.get("AUTOGRADER_FUZZ_EXAMPLES")

# Not loaded as the default: other folders' properties keep their own settings.
settings.register_profile(
    "fuzz",
    max_examples=int(ASKED) if ASKED else 60,
    derandomize=ASKED is None,
    print_blob=ASKED is not None,
    database=None,
    deadline=None,  # `guard` holds the time of what is tested, without that of making the input
    suppress_health_check=list(HealthCheck),
)
settings.register_profile("fuzz-slow", settings.get_profile("fuzz"), max_examples=int(ASKED) if ASKED else 20)
