import { Select, TextInput } from "@mantine/core";
import { DurationInput } from "../../admin/DurationInput";
import { useLanguage } from "../../i18n";
import { newName } from "../edit";
import { QUESTION_KINDS } from "../model";
import type { FieldsProps } from "./kinds";
import { ListField } from "./ListField";
import { WordsField } from "./WordsField";

export function SurveyFields({ node, onChange }: FieldsProps<"survey">) {
  const { t } = useLanguage();
  const { questions } = node;
  const add = () => {
    const question_id = newName(new Set(questions.map((each) => each.question_id)), "question");
    onChange({ ...node, questions: [...questions, { question_id, kind: "csat", text: "" }] }, null);
  };
  return (
    <>
      <ListField
        label={t("flow.questions")}
        items={questions}
        nameOf={(question) => question.question_id}
        addLabel={t("flow.add_question")}
        onAdd={add}
        onChange={(changed) => {
          const about = changed.length === questions.length ? "questions" : null;
          onChange({ ...node, questions: changed }, about);
        }}
      >
        {(question, _, change) => (
          <>
            <WordsField
              short
              label={t("flow.question")}
              text={question.text}
              onChange={(text) => {
                change({ ...question, text });
              }}
            />
            <Select
              mt={6}
              size="xs"
              label={t("flow.measures")}
              allowDeselect={false}
              value={question.kind}
              onChange={(value) => {
                const kind = QUESTION_KINDS.find((each) => each === value) ?? "csat";
                change({ ...question, kind });
              }}
              data={QUESTION_KINDS.map((kind) => ({
                value: kind,
                label: t(`flow.measure.${kind}`),
              }))}
            />
            <TextInput
              mt={6}
              size="xs"
              label={t("flow.question_id")}
              value={question.question_id}
              onChange={(event) => {
                change({ ...question, question_id: event.currentTarget.value });
              }}
            />
          </>
        )}
      </ListField>
      <DurationInput
        label={t("flow.silence")}
        unit="second"
        valueMs={node.time_ms}
        onChange={(value) => {
          onChange({ ...node, time_ms: value ?? 0 }, "time_ms");
        }}
      />
    </>
  );
}
