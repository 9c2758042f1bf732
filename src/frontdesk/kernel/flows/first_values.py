"""A run's variables at its start."""

from frontdesk.kernel.flows.document import Ask, AskOutside, Classify, Flow, Value

ANSWER = "answer"
"""The text of the customer's last answer, whatever name it is saved as."""


def first_values(flow: Flow) -> dict[str, Value]:
    """Every variable that the flow can set, before it has: null, or as the document says."""
    values: dict[str, Value] = {ANSWER: ""}
    for node in flow.nodes:
        match node:
            case Ask() | AskOutside():
                values.setdefault(node.save_as, None)
            case Classify():
                values |= {"intent": "", "intent_name": "", "confidence": 0.0, "entities": {}}
            case _:
                pass
    return values | flow.variables
