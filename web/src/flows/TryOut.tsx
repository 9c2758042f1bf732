import {
  ActionIcon,
  Alert,
  Button,
  Code,
  Collapse,
  Group,
  SegmentedControl,
  Select,
  Text,
  TextInput,
  UnstyledButton,
} from "@mantine/core";
import { IconArrowUp, IconRefresh } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { announce } from "../app/announcer";
import { messageOf } from "../app/toast";
import { useLanguage, type Language } from "../i18n";
import { flows, type Trial, type TrialChannel, type TrialInput, type TrialMessage } from "./api";
import { flowOf, useDesign, useDesignStore, useFlow, type DesignStore } from "./design";
import { edgeKey } from "./exits";
import classes from "./Flows.module.css";
import { languageName } from "./form/WordsField";
import { Shown } from "./Shown";

const CHANNELS: readonly TrialChannel[] = ["webchat", "sms", "voice", "email"];

interface Attempt {
  trial: Trial | null;
  problem: string | null;
}

/** A chat with the flow as it is drawn now; the way that it takes is shown in the drawing. */
export function TryOut() {
  const { t } = useLanguage();
  const design = useDesignStore();
  const flow = useFlow();
  const [channel, setChannel] = useState<TrialChannel>("webchat");
  const [inputs, setInputs] = useState<TrialInput[]>([]);
  const language = useDesign((state) => state.language);
  const { trial, problem } = useAttempt(channel, language, inputs);
  const answer = (input: TrialInput) => {
    setInputs([...inputs, input]);
  };
  return (
    <div className={classes.tryOut}>
      <Group gap={6} wrap="nowrap">
        <SegmentedControl
          size="xs"
          aria-label={t("flow.try_channel")}
          value={channel}
          onChange={(value) => {
            setChannel(CHANNELS.find((each) => each === value) ?? "webchat");
            setInputs([]);
          }}
          data={CHANNELS.map((each) => ({ value: each, label: t(`flow.channel.${each}`) }))}
        />
        <Select
          size="xs"
          flex={1}
          aria-label={t("user.language")}
          allowDeselect={false}
          value={language}
          onChange={(value) => {
            design.setState({ language: value ?? "en" });
            setInputs([]);
          }}
          data={flow.languages.map((each) => ({ value: each, label: languageName(each) }))}
        />
        <ActionIcon
          aria-label={t("flow.try_again")}
          onClick={() => {
            setInputs([]);
          }}
        >
          <IconRefresh size={16} />
        </ActionIcon>
      </Group>
      {problem !== null && (
        <Alert color="orange" variant="light" p="xs" role="alert">
          {problem}
        </Alert>
      )}
      <Talk messages={trial?.messages ?? []} answer={answer} isOpen={isOpen(trial)} />
      <Standing trial={trial} />
      <Answering trial={trial} hasKeys={channel === "voice"} answer={answer} />
      <Variables trial={trial} />
    </div>
  );
}

function isOpen(trial: Trial | null): boolean {
  return trial?.state === "waiting_for_answer";
}

/** Asks anew whenever the flow, the channel or what the customer said has changed. */
function useAttempt(channel: TrialChannel, language: string, inputs: TrialInput[]): Attempt {
  const { t } = useLanguage();
  const design = useDesignStore();
  const flow = useFlow();
  const [attempt, setAttempt] = useState<Attempt>({ trial: null, problem: null });
  const explain = useEffectEvent((error: unknown) => messageOf(error, t));
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(
      () => {
        flows.attempt({ flow: flowOf(design), channel, language, inputs }).then(
          (trial) => {
            if (!wanted) return;
            setAttempt({ trial, problem: null });
            showTrace(design, trial);
            announceLast(trial);
          },
          (error: unknown) => {
            if (wanted) setAttempt((before) => ({ ...before, problem: explain(error) }));
          },
        );
      },
      inputs.length === 0 ? QUIET_MS : 0,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [design, flow, channel, language, inputs]);
  useEffect(
    () => () => {
      design.setState({ trace: null });
    },
    [design],
  );
  return attempt;
}

const QUIET_MS = 300;

function showTrace(design: DesignStore, trial: Trial): void {
  const passed = new Set(trial.passed.map(([node_id, exit]) => edgeKey({ node_id, exit })));
  design.setState({ trace: { passed, nodeId: trial.node_id } });
}

function announceLast({ messages }: Trial): void {
  const last = messages.at(-1);
  if (last !== undefined && last.author !== "customer") announce(last.text);
}

interface TalkProps {
  messages: TrialMessage[];
  isOpen: boolean;
  answer: (input: TrialInput) => void;
}

function Talk({ messages, isOpen, answer }: TalkProps) {
  const { t } = useLanguage();
  const log = useRef<HTMLDivElement>(null);
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [messages]);
  return (
    <div ref={log} className={classes.talk} role="log" aria-label={t("flow.try")} tabIndex={0}>
      {messages.map((message, index) => (
        <div key={index} className={classes.bubbleRow} data-author={message.author}>
          <Shown message={message} />
          {index === messages.length - 1 && isOpen && <Choices message={message} answer={answer} />}
        </div>
      ))}
    </div>
  );
}

function Choices({ message, answer }: { message: TrialMessage; answer: TalkProps["answer"] }) {
  const choices = message.shown?.manner === "buttons" ? message.shown.buttons : [];
  if (choices.length === 0) return null;
  return (
    <div className={classes.choices}>
      {choices.map((choice) => (
        <UnstyledButton
          key={choice.value}
          className={classes.choice}
          onClick={() => {
            answer({ choice: choice.value });
          }}
        >
          {choice.label}
        </UnstyledButton>
      ))}
    </div>
  );
}

function Standing({ trial }: { trial: Trial | null }) {
  const { t } = useLanguage();
  if (trial === null) return null;
  return (
    <Text size="xs" c="dimmed" role="status" data-trial={trial.state}>
      {standingOf(trial, t)}
    </Text>
  );
}

function standingOf({ state, outcome }: Trial, t: Language["t"]): string {
  return t(`flow.trial.${state}`, { outcome });
}

interface AnsweringProps {
  trial: Trial | null;
  hasKeys: boolean;
  answer: (input: TrialInput) => void;
}

const KEYS = /^[0-9*#]+$/;

function Answering({ trial, hasKeys, answer }: AnsweringProps) {
  const { t } = useLanguage();
  const [text, setText] = useState("");
  const closed = !isOpen(trial);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (closed || text.trim() === "") return;
        answer(hasKeys && KEYS.test(text) ? { keys: text } : { text });
        setText("");
      }}
    >
      <Group gap={6} wrap="nowrap">
        <TextInput
          flex={1}
          aria-label={t("flow.try_answer")}
          placeholder={t(hasKeys ? "flow.try_keys" : "flow.try_answer")}
          autoComplete="off"
          disabled={closed}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
          }}
        />
        <ActionIcon
          type="submit"
          size="lg"
          variant="filled"
          color="petrol"
          aria-label={t("flow.try_send")}
          disabled={closed}
        >
          <IconArrowUp size={17} />
        </ActionIcon>
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={closed && trial?.state !== "pausing"}
          onClick={() => {
            answer({ silence: true });
          }}
        >
          {t("flow.try_silence")}
        </Button>
      </Group>
    </form>
  );
}

function Variables({ trial }: { trial: Trial | null }) {
  const { t } = useLanguage();
  const [shown, setShown] = useState(false);
  if (trial === null || Object.keys(trial.variables).length === 0) return null;
  return (
    <div>
      <Button
        size="compact-xs"
        variant="subtle"
        aria-expanded={shown}
        onClick={() => {
          setShown(!shown);
        }}
      >
        {t("flow.variables")}
      </Button>
      <Collapse expanded={shown}>
        <Code block>{JSON.stringify(trial.variables, null, 2)}</Code>
      </Collapse>
    </div>
  );
}
