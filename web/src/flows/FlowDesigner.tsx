import { Anchor, Center, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { messageOf } from "../app/toast";
import { useSetting } from "../app/workplace";
import { useLanguage } from "../i18n";
import { findDraft, type Draft } from "./api";
import { DesignProvider } from "./design";
import { DesignPage } from "./DesignPage";
import { completed } from "./document";
import { isUnplaced, laidOut } from "./layout";
import type { Flow } from "./model";
import { Loading } from "../ui/Loading";

interface Beginning {
  /** Null: nobody is drawing it. */
  draft: Draft | null;
  /** Grows with every new beginning. */
  turn: number;
}

/** Begins with the draft if there is one, else with what is published. */
export function FlowDesigner({ flowId }: { flowId: string }) {
  const { t } = useLanguage();
  const published = useSetting("flow", flowId);
  const [beginning, setBeginning] = useState<Beginning | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let wanted = true;
    findDraft(flowId).then(
      (draft) => {
        if (wanted) setBeginning({ draft, turn });
      },
      (error: unknown) => {
        if (wanted) setProblem(messageOf(error, t));
      },
    );
    return () => {
      wanted = false;
    };
  }, [flowId, turn, t]);
  const flow = beginning === null ? null : flowToBegin(beginning.draft, published);
  if (problem !== null) return <Text p="md">{problem}</Text>;
  if (beginning === null)
    return (
      <Center h="100%">
        <Loading />
      </Center>
    );
  if (flow === null)
    return (
      <Text p="md">
        {t("flow.not_found")} <Anchor href="/admin/flows">{t("kind.flow.many")}</Anchor>
      </Text>
    );
  return (
    <DesignProvider key={beginning.turn} flow={flow}>
      <DesignPage
        published={published ?? null}
        draft={beginning.draft}
        beginAgain={() => {
          setTurn(turn + 1);
        }}
      />
    </DesignProvider>
  );
}

function flowToBegin(draft: Draft | null, published: Flow | undefined): Flow | null {
  const reading = completed(draft?.flow ?? published);
  if (!("flow" in reading)) return null;
  return isUnplaced(reading.flow) ? laidOut(reading.flow) : reading.flow;
}
