import { Select, Stack } from "@mantine/core";
import type { AgentLine } from "../../api/types";
import { useSettings } from "../../app/workplace";
import { useLanguage } from "../../i18n";
import { NumberInput } from "./Numbers";

const FRESH_LINE: { [K in AgentLine["kind"]]: Extract<AgentLine, { kind: K }> } = {
  browser: { kind: "browser" },
  phone: { kind: "phone", account_id: "" },
  outside: { kind: "outside", number: "" },
};
const KINDS = Object.keys(FRESH_LINE) as AgentLine["kind"][];

interface Props {
  line: AgentLine;
  problem: React.ReactNode;
  onChange: (line: AgentLine) => void;
}

/** Where an agent is rung when a call is offered. */
export function AgentLineFields({ line, problem, onChange }: Props) {
  const { t } = useLanguage();
  const phones = useSettings("phone_account");
  return (
    <Stack gap="xs">
      <Select
        label={t("agent.line")}
        description={t(`agent.line_hint.${line.kind}`)}
        allowDeselect={false}
        value={line.kind}
        onChange={(kind) => {
          onChange(FRESH_LINE[KINDS.find((each) => each === kind) ?? "browser"]);
        }}
        data={KINDS.map((kind) => ({ value: kind, label: t(`agent.line.${kind}`) }))}
      />
      {line.kind === "phone" && (
        <Select
          aria-label={t("agent.line.phone")}
          placeholder={t(phones.length === 0 ? "agent.no_phones" : "agent.choose_phone")}
          data={phones.map((each) => ({ value: each.account_id, label: each.name }))}
          value={line.account_id}
          error={problem}
          onChange={(account) => {
            onChange({ kind: "phone", account_id: account ?? "" });
          }}
        />
      )}
      {line.kind === "outside" && (
        <NumberInput
          label={t("number.number")}
          value={line.number}
          error={problem}
          onChange={(number) => {
            onChange({ kind: "outside", number });
          }}
        />
      )}
    </Stack>
  );
}
