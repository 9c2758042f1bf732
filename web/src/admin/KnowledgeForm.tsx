import { Select, Stack, Switch, TagsInput, Text, TextInput, Textarea } from "@mantine/core";
import type { FormErrors, UseFormReturnType } from "@mantine/form";
import type { Article, ArticleText } from "../api/types";
import { LOCALE_NAMES, useLanguage, type Language, type Locale } from "../i18n";
import classes from "./Admin.module.css";
import { EntityForm } from "./EntityForm";
import { nameProblem } from "./validate";

const LANGUAGES: Locale[] = ["en", "ru", "ro"];
const BODY_CHARS_MAX = 8_000;

export const FRESH_ARTICLE: Article = {
  article_id: "",
  title: "",
  body: "",
  language: "en",
  questions: [],
  published: true,
  updated_ms: 0,
  updated_by: "",
};

/** What people write of an article, without what the server notes. */
export function textOf({ title, body, language, questions, published }: Article): ArticleText {
  return { title, body, language: localeOf(language), questions, published };
}

export function languageName(language: string): string {
  return LOCALE_NAMES[localeOf(language)];
}

function localeOf(language: string): Locale {
  return LANGUAGES.find((each) => each === language) ?? "en";
}

interface Props {
  article: Article;
  save: (article: Article) => Promise<void>;
  onClose: () => void;
}

export function KnowledgeForm({ article, save, onClose }: Props) {
  const { t } = useLanguage();
  return (
    <EntityForm<Article>
      initial={article}
      id={article.article_id}
      validate={(values) => validateArticle(values, t)}
      save={save}
      onClose={onClose}
    >
      {(form) => <Fields form={form} />}
    </EntityForm>
  );
}

function validateArticle({ title, body }: Article, t: Language["t"]): FormErrors {
  const name = nameProblem(title, t);
  const long = body.length > BODY_CHARS_MAX ? t("problem.long", { count: BODY_CHARS_MAX }) : null;
  const text = body.trim() === "" ? t("problem.article_body") : long;
  return { ...(name === null ? {} : { title: name }), ...(text === null ? {} : { body: text }) };
}

function Fields({ form }: { form: UseFormReturnType<Article> }) {
  const { t } = useLanguage();
  return (
    <div className={classes.split}>
      <Stack>
        <TextInput label={t("knowledge.title")} data-autofocus {...form.getInputProps("title")} />
        <Textarea
          label={t("knowledge.body")}
          description={t("knowledge.body_hint")}
          autosize
          minRows={6}
          {...form.getInputProps("body")}
        />
        <TagsInput
          label={t("knowledge.questions")}
          description={t("knowledge.questions_hint")}
          splitChars={[";", "\n"]}
          {...form.getInputProps("questions")}
        />
        <Select
          label={t("user.language")}
          allowDeselect={false}
          data={LANGUAGES.map((each) => ({ value: each, label: LOCALE_NAMES[each] }))}
          {...form.getInputProps("language")}
        />
        <Switch
          label={t("knowledge.publish")}
          description={t("knowledge.publish_hint")}
          {...form.getInputProps("published", { type: "checkbox" })}
        />
      </Stack>
      <Preview article={form.values} />
    </div>
  );
}

/** As a customer meets it in a chat. */
function Preview({ article }: { article: Article }) {
  const { t } = useLanguage();
  return (
    <section className={classes.answerPreview} aria-label={t("knowledge.preview")}>
      <Text size="xs" c="dimmed">
        {t("knowledge.preview")}
      </Text>
      <p className={classes.asked} lang={article.language}>
        {article.questions[0] ?? article.title}
      </p>
      <p className={classes.answered} lang={article.language}>
        {article.body === "" ? "…" : article.body}
      </p>
    </section>
  );
}
