import { Button, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { offers } from "../api/calls";
import type { ContactDocument, Explanation } from "../api/types";
import { useAction } from "../app/useAction";
import { useWorkplace } from "../app/workplace";
import { useLanguage } from "../i18n";
import { useStream } from "../stream/stream";
import { ExplanationTable } from "../ui/ExplanationTable";
import { whyInWords } from "./why";

interface Props {
  contact: ContactDocument;
  offerId: number | null;
}

/** Why the contact came to this agent: in words, and agent by agent on request. */
export function WhyThisContact({ contact, offerId }: Props) {
  const language = useLanguage();
  const { t, span } = language;
  const { stream } = useWorkplace();
  const offer = useStream(stream, (state) =>
    offerId === null ? undefined : state.picture.collections.offers[offerId],
  );
  const [explanation, setExplanation] = useState<Explanation | null>(null);
  const [busy, run] = useAction();
  const waitMs = (contact.answered_ms ?? contact.queued_ms) - contact.queued_ms;
  const text =
    offer !== undefined
      ? whyInWords(offer.why, language)
      : contact.answered_ms === null
        ? null
        : t("why.answered", { wait: span(Math.max(0, waitMs)) });
  return (
    <Stack gap={6} align="flex-start">
      {text !== null && <Text size="sm">{text}</Text>}
      {offerId !== null && (
        <Button
          variant="subtle"
          size="compact-xs"
          ml={-6}
          loading={busy}
          onClick={() =>
            void run(async () => {
              setExplanation(await offers.why(offerId));
            })
          }
        >
          {t("why.whole")}
        </Button>
      )}
      <Modal
        opened={explanation !== null}
        onClose={() => {
          setExplanation(null);
        }}
        title={t("why.title")}
        size="xl"
      >
        {explanation !== null && <ExplanationTable explanation={explanation} />}
      </Modal>
    </Stack>
  );
}
