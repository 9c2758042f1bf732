import { Alert, Tabs, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { telephone } from "../../api/calls";
import type { TelephoneState } from "../../api/types";
import { useLanguage } from "../../i18n";
import { useFetched } from "../../ui/useFetched";
import { Numbers } from "./Numbers";
import { Phones } from "./Phones";
import { Trunks } from "./Trunks";

const LOOK_AGAIN_MS = 5_000;
const TABS = ["numbers", "trunks", "phones"] as const;
type Tab = (typeof TABS)[number];

/** Numbers, the trunks they come by, and desk phones; how they stand is looked at now and then. */
export default function TelephoneAdmin() {
  const { t } = useLanguage();
  const [tab, setTab] = useState<Tab>("numbers");
  const { value, problem, reload } = useFetched(telephone.look, []);
  const [last, setLast] = useState<TelephoneState | null>(null);
  if (value !== null && value !== last) setLast(value);
  useEffect(() => {
    const timer = setInterval(reload, LOOK_AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  });
  return (
    <>
      <State state={value ?? last} problem={problem} />
      <Tabs
        value={tab}
        onChange={(chosen) => {
          setTab(TABS.find((each) => each === chosen) ?? "numbers");
        }}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {TABS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`telephone.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="numbers">
          <Numbers
            addTrunkFirst={() => {
              setTab("trunks");
            }}
          />
        </Tabs.Panel>
        <Tabs.Panel value="trunks">
          <Trunks state={value ?? last} changed={reload} />
        </Tabs.Panel>
        <Tabs.Panel value="phones">
          <Phones state={value ?? last} changed={reload} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** Why there is no telephone, if there is none. */
function State({ state, problem }: { state: TelephoneState | null; problem: string | null }) {
  const { t } = useLanguage();
  if (problem !== null)
    return (
      <Alert color="red" variant="light" mb="md" role="alert">
        {problem}
      </Alert>
    );
  if (state === null) return null;
  if (!state.set_up)
    return (
      <Alert color="yellow" variant="light" mb="md">
        <Text size="sm" fw={600}>
          {t("telephone.not_set_up")}
        </Text>
        {t("telephone.not_set_up_hint")}
      </Alert>
    );
  if (state.problem !== "")
    return (
      <Alert color="red" variant="light" mb="md" role="alert">
        <Text size="sm" fw={600}>
          {t("telephone.out_of_reach")}
        </Text>
        {t("telephone.out_of_reach_hint", { reason: state.problem })}
      </Alert>
    );
  return null;
}
