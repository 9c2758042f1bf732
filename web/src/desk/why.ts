// Why a contact was put to an agent, in words.
import type { OfferDocument, OfferWhy } from "../api/types";
import { useLanguage, type Language } from "../i18n";

export function whyInWords(why: OfferWhy, { t, span }: Language): string {
  const [trigger, stepIndex, waitMs, waiting, previousAgent] = why;
  const sentences = [
    trigger === "agent_freed" ? t("why.agent_freed", { count: waiting }) : t("why.contact_arrived"),
    ...(previousAgent ? [t("why.previous_agent")] : []),
    ...(stepIndex > 0 ? [t("why.step", { step: stepIndex + 1, wait: span(waitMs) })] : []),
  ];
  return sentences.join(" ");
}

export function useOfferWhy(offer: OfferDocument): string {
  const language = useLanguage();
  return whyInWords(offer.why, language);
}
