"""What must hold of an intent before it is saved; how well it is understood is for the report."""

from frontdesk.kernel.flows.resources import Intent

EXAMPLES_MAX = 500
EXAMPLE_CHARS_MAX = 200
"""What is longer tells of more than one thing, and teaches little."""

ANSWER_CHARS_MAX = 2_000


def check_intent(intent: Intent) -> str | None:
    """What is wrong with it, as a sentence. The same example twice is no fault: the report says."""
    if len(intent.examples) > EXAMPLES_MAX:
        return f"An intent has at most {EXAMPLES_MAX} examples."
    if not all(example.strip() for example in intent.examples):
        return "An example can't be empty."
    if max(map(len, intent.examples), default=0) > EXAMPLE_CHARS_MAX:
        return f"An example has at most {EXAMPLE_CHARS_MAX} characters."
    if len(intent.answer) > ANSWER_CHARS_MAX:
        return f"The note has at most {ANSWER_CHARS_MAX} characters."
    return None
