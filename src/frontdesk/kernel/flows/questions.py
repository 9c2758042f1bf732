"""How a survey's questions are put and answered."""

from frontdesk.kernel.flows.document import QuestionKind
from frontdesk.kernel.flows.prompts import Prompt, PromptChoice, PromptKind

_YES_NO = {"en": ("Yes", "No"), "ru": ("Да", "Нет"), "ro": ("Da", "Nu")}
_SCORES = {QuestionKind.CSAT: range(1, 6), QuestionKind.NPS: range(11)}


def prompt_for_question(kind: QuestionKind, language: str) -> Prompt:
    """What a survey question asks for."""
    if kind is QuestionKind.TEXT:
        return Prompt(PromptKind.TEXT)
    if kind is QuestionKind.RESOLVED:
        yes, no = _YES_NO.get(language, _YES_NO["en"])
        choices = (PromptChoice("yes", yes, "1"), PromptChoice("no", no, "2"))
        return Prompt(PromptKind.CHOICE, choices)
    scores = tuple(PromptChoice(str(n), str(n), str(n)) for n in _SCORES[kind])
    return Prompt(PromptKind.CHOICE, scores)
