import { NumberInput, Select, SimpleGrid, Text, TextInput } from "@mantine/core";
import { DurationInput } from "../../admin/DurationInput";
import { LOCALES, useLanguage } from "../../i18n";
import type { FlowNode, NodeKind, NodeOf } from "../model";
import { useNames } from "../names";
import { AskFields } from "./AskFields";
import { CelField } from "./CelField";
import { ClassifyFields } from "./ClassifyFields";
import { DecideFields } from "./DecideFields";
import { ResultsField, ShowField, ValuesField } from "./pairs";
import { SurveyFields } from "./SurveyFields";
import { WordsField, languageName } from "./WordsField";

export interface FieldsProps<K extends NodeKind> {
  node: NodeOf<K>;
  /** `about` names the field, so that typing in it is one change; null: a change of its own. */
  onChange: (node: NodeOf<K>, about: string | null) => void;
}

/** The fields of a node, by its kind. */
export function KindFields(props: {
  node: FlowNode;
  onChange: (node: FlowNode, about: string | null) => void;
}) {
  const { node, onChange } = props;
  switch (node.kind) {
    case "say":
      return <SayFields node={node} onChange={onChange} />;
    case "pause":
      return <PauseFields node={node} onChange={onChange} />;
    case "ask":
      return <AskFields node={node} onChange={onChange} />;
    case "decide":
      return <DecideFields node={node} onChange={onChange} />;
    case "look_up":
      return <LookUpFields node={node} onChange={onChange} />;
    case "classify":
      return <ClassifyFields node={node} onChange={onChange} />;
    case "hours":
      return <HoursFields node={node} onChange={onChange} />;
    case "set":
      return <SetFields node={node} onChange={onChange} />;
    case "queue":
      return <QueueFields node={node} onChange={onChange} />;
    case "call_back":
      return <CallBackFields node={node} onChange={onChange} />;
    case "take_message":
      return <TakeMessageFields node={node} onChange={onChange} />;
    case "transfer_outside":
      return <TransferFields node={node} onChange={onChange} />;
    case "survey":
      return <SurveyFields node={node} onChange={onChange} />;
    case "subflow":
      return <SubflowFields node={node} onChange={onChange} />;
    case "language":
      return <LanguageFields node={node} onChange={onChange} />;
    case "end":
      return <EndFields node={node} onChange={onChange} />;
  }
}

function SayFields({ node, onChange }: FieldsProps<"say">) {
  const { t } = useLanguage();
  return (
    <WordsField
      label={t("flow.text")}
      hint={t("flow.text_hint")}
      text={node.text}
      onChange={(text) => {
        onChange({ ...node, text }, "text");
      }}
    />
  );
}

function PauseFields({ node, onChange }: FieldsProps<"pause">) {
  const { t } = useLanguage();
  return (
    <DurationInput
      label={t("flow.duration")}
      unit="second"
      valueMs={node.duration_ms}
      onChange={(value) => {
        onChange({ ...node, duration_ms: value ?? 0 }, "duration_ms");
      }}
    />
  );
}

function LookUpFields({ node, onChange }: FieldsProps<"look_up">) {
  const { t } = useLanguage();
  const { lookUps } = useNames();
  return (
    <>
      <Select
        label={t("flow.look_up")}
        searchable
        nothingFoundMessage={t("flow.none_defined")}
        data={lookUps}
        value={node.look_up_id === "" ? null : node.look_up_id}
        onChange={(id) => {
          onChange({ ...node, look_up_id: id ?? "" }, null);
        }}
      />
      <ValuesField
        label={t("flow.parameters")}
        pairs={node.parameters}
        base="parameter"
        onChange={(parameters) => {
          onChange({ ...node, parameters }, "parameters");
        }}
      />
      <TextInput
        label={t("flow.save_as")}
        description={t("flow.save_result_hint")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={node.save_as}
        onChange={(event) => {
          onChange({ ...node, save_as: event.currentTarget.value }, "save_as");
        }}
      />
    </>
  );
}

function HoursFields({ node, onChange }: FieldsProps<"hours">) {
  const { t } = useLanguage();
  const { hours } = useNames();
  return (
    <Select
      label={t("admin.hours")}
      searchable
      nothingFoundMessage={t("flow.none_defined")}
      data={hours}
      value={node.hours_id === "" ? null : node.hours_id}
      onChange={(id) => {
        onChange({ ...node, hours_id: id ?? "" }, null);
      }}
    />
  );
}

function SetFields({ node, onChange }: FieldsProps<"set">) {
  const { t } = useLanguage();
  return (
    <ValuesField
      label={t("flow.variables")}
      pairs={node.values}
      base="variable"
      onChange={(values) => {
        onChange({ ...node, values }, "values");
      }}
    />
  );
}

function QueueFields({ node, onChange }: FieldsProps<"queue">) {
  const { t } = useLanguage();
  const { queues, agents } = useNames();
  return (
    <>
      <Select
        label={t("floor.queue")}
        searchable
        data={queues}
        value={node.queue_id === "" ? null : node.queue_id}
        onChange={(id) => {
          onChange({ ...node, queue_id: id ?? "" }, null);
        }}
      />
      <Select
        label={t("flow.for_agent")}
        description={t("flow.for_agent_hint")}
        placeholder={t("flow.whoever")}
        clearable
        searchable
        data={agents}
        value={node.agent_id}
        onChange={(agent_id) => {
          onChange({ ...node, agent_id, away: agent_id === null ? null : node.away }, null);
        }}
      />
      <WordsField
        short
        label={t("flow.topic")}
        hint={t("flow.topic_hint")}
        text={node.topic}
        onChange={(topic) => {
          onChange({ ...node, topic }, "topic");
        }}
      />
      <NumberInput
        label={t("dry_run.priority")}
        placeholder={t("flow.priority_kept")}
        allowDecimal={false}
        value={node.priority ?? ""}
        onChange={(value) => {
          onChange({ ...node, priority: value === "" ? null : Number(value) }, "priority");
        }}
      />
      <ShowField
        pairs={node.show}
        onChange={(show) => {
          onChange({ ...node, show }, "show");
        }}
      />
    </>
  );
}

function CallBackFields({ node, onChange }: FieldsProps<"call_back">) {
  const { t } = useLanguage();
  const { queues } = useNames();
  return (
    <>
      <CelField
        label={t("flow.address")}
        hint={t("flow.call_back_address_hint")}
        value={node.address}
        onChange={(address) => {
          onChange({ ...node, address }, "address");
        }}
      />
      <CelField
        label={t("flow.call_back_at")}
        hint={t("flow.call_back_at_hint")}
        value={node.at}
        onChange={(at) => {
          onChange({ ...node, at }, "at");
        }}
      />
      <Select
        label={t("floor.queue")}
        placeholder={t("flow.own_queue")}
        clearable
        searchable
        data={queues}
        value={node.queue_id}
        onChange={(queue_id) => {
          onChange({ ...node, queue_id }, null);
        }}
      />
      <SimpleGrid cols={2} spacing="xs">
        <NumberInput
          label={t("flow.attempts")}
          min={1}
          allowDecimal={false}
          value={node.attempts_max}
          onChange={(value) => {
            onChange({ ...node, attempts_max: Number(value) || 1 }, "attempts_max");
          }}
        />
        <DurationInput
          label={t("flow.retry")}
          unit="minute"
          valueMs={node.retry_ms}
          onChange={(value) => {
            onChange({ ...node, retry_ms: value ?? 0 }, "retry_ms");
          }}
        />
        <DurationInput
          label={t("flow.expires")}
          unit="minute"
          valueMs={node.expires_ms}
          onChange={(value) => {
            onChange({ ...node, expires_ms: value ?? 0 }, "expires_ms");
          }}
        />
      </SimpleGrid>
      <ShowField
        pairs={node.show}
        onChange={(show) => {
          onChange({ ...node, show }, "show");
        }}
      />
    </>
  );
}

function TakeMessageFields({ node, onChange }: FieldsProps<"take_message">) {
  const { t } = useLanguage();
  const { queues, agents } = useNames();
  return (
    <>
      <WordsField
        label={t("flow.text")}
        hint={t("flow.message_text_hint")}
        text={node.text}
        onChange={(text) => {
          onChange({ ...node, text }, "text");
        }}
      />
      <Select
        label={t("floor.queue")}
        searchable
        data={queues}
        value={node.queue_id === "" ? null : node.queue_id}
        onChange={(id) => {
          onChange({ ...node, queue_id: id ?? "" }, null);
        }}
      />
      <Select
        label={t("kind.agent_profile.one")}
        placeholder={t("flow.whoever")}
        clearable
        searchable
        data={agents}
        value={node.agent_id}
        onChange={(agent_id) => {
          onChange({ ...node, agent_id }, null);
        }}
      />
      <DurationInput
        label={t("flow.silence")}
        unit="second"
        valueMs={node.time_ms}
        onChange={(value) => {
          onChange({ ...node, time_ms: value ?? 0 }, "time_ms");
        }}
      />
      <ShowField
        pairs={node.show}
        onChange={(show) => {
          onChange({ ...node, show }, "show");
        }}
      />
    </>
  );
}

function TransferFields({ node, onChange }: FieldsProps<"transfer_outside">) {
  const { t } = useLanguage();
  return (
    <>
      <CelField
        label={t("flow.address")}
        hint={t("flow.transfer_address_hint")}
        value={node.address}
        onChange={(address) => {
          onChange({ ...node, address }, "address");
        }}
      />
      <WordsField
        label={t("flow.transfer_text")}
        text={node.text}
        onChange={(text) => {
          onChange({ ...node, text }, "text");
        }}
      />
    </>
  );
}

function SubflowFields({ node, onChange }: FieldsProps<"subflow">) {
  const { t } = useLanguage();
  const { flows } = useNames();
  return (
    <>
      <Select
        label={t("kind.flow.one")}
        searchable
        nothingFoundMessage={t("flow.none_defined")}
        data={flows}
        value={node.flow_id === "" ? null : node.flow_id}
        onChange={(id) => {
          onChange({ ...node, flow_id: id ?? "" }, null);
        }}
      />
      <ValuesField
        label={t("flow.parameters")}
        hint={t("flow.subflow_parameters_hint")}
        pairs={node.parameters}
        base="parameter"
        onChange={(parameters) => {
          onChange({ ...node, parameters }, "parameters");
        }}
      />
      <ResultsField
        pairs={node.results}
        onChange={(results) => {
          onChange({ ...node, results }, "results");
        }}
      />
    </>
  );
}

function LanguageFields({ node, onChange }: FieldsProps<"language">) {
  const { t } = useLanguage();
  return (
    <>
      <CelField
        label={t("flow.language")}
        value={node.language}
        onChange={(language) => {
          onChange({ ...node, language }, "language");
        }}
      />
      <Text size="xs" c="dimmed">
        {t("flow.language_hint", {
          examples: LOCALES.map((each) => `"${each}" ${languageName(each)}`).join(", "),
        })}
      </Text>
    </>
  );
}

function EndFields({ node, onChange }: FieldsProps<"end">) {
  const { t } = useLanguage();
  return (
    <>
      <WordsField
        label={t("flow.last_word")}
        text={node.text}
        onChange={(text) => {
          onChange({ ...node, text }, "text");
        }}
      />
      <TextInput
        label={t("flow.outcome")}
        description={t("flow.outcome_hint")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={node.outcome}
        onChange={(event) => {
          onChange({ ...node, outcome: event.currentTarget.value }, "outcome");
        }}
      />
    </>
  );
}
