import { Button, Group, Text } from "@mantine/core";
import { offers } from "../api/calls";
import { useAction } from "../app/useAction";
import { useLanguage } from "../i18n";
import { useOfferWhy } from "./why";
import type { Offered } from "./work";

/** Below an offered contact: take it or leave it. */
export function OfferBar({ offered, accept }: { offered: Offered; accept: (o: Offered) => void }) {
  const { t } = useLanguage();
  const why = useOfferWhy(offered.offer);
  const [busy, run] = useAction();
  return (
    <Group p="md" justify="space-between">
      <Text size="sm" c="dimmed" flex={1} miw={200}>
        {why}
      </Text>
      <Group gap="xs">
        <Button
          size="sm"
          variant="default"
          loading={busy}
          onClick={() => {
            void run(() => offers.decline(offered.offer.offer_id, ""));
          }}
        >
          {t("offer.decline")}
        </Button>
        <Button
          size="sm"
          onClick={() => {
            accept(offered);
          }}
        >
          {t("offer.accept")}
        </Button>
      </Group>
    </Group>
  );
}
