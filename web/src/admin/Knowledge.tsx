import {
  Badge,
  Group,
  Loader,
  Progress,
  Select,
  Table,
  Text,
  TextInput,
  UnstyledButton,
} from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconBook2, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { articles } from "../api/calls";
import type { Article, FoundArticle } from "../api/types";
import { useLanguage, LOCALE_NAMES, type Locale } from "../i18n";
import { Empty } from "../ui/Empty";
import { useFetched } from "../ui/useFetched";
import floor from "../floor/Floor.module.css";
import classes from "./Admin.module.css";
import { FRESH_ARTICLE, KnowledgeForm, languageName } from "./KnowledgeForm";
import { EntityList } from "./EntityList";
import { FormDrawer } from "./EntityForm";
import { useActorName } from "./useActorName";
import { useArticleActions } from "./useArticleActions";

const ASK_AFTER_MS = 250;
const LANGUAGES: Locale[] = ["en", "ru", "ro"];

/** All articles, and what a customer's own words find among them. */
export function Knowledge() {
  const { t, dateTime } = useLanguage();
  const all = useFetched(listAll, []);
  const nameOf = useActorName();
  const [language, setLanguage] = useState<string | null>(null);
  const [edited, setEdited] = useState<Article | null>(null);
  const actions = useArticleActions(all.reload);
  if (all.problem !== null) return <Text size="sm">{all.problem}</Text>;
  if (all.value === null) return <Loader type="dots" aria-label={t("app.loading")} />;
  const rows = all.value.filter((each) => language === null || each.language === language);
  const id = edited?.article_id ?? "";
  return (
    <>
      <EntityList
        title={t("admin.knowledge")}
        lead={t("knowledge.lead")}
        addLabel={t("knowledge.add")}
        icon={IconBook2}
        emptyTitle={t("knowledge.empty")}
        emptyHint={t("admin.empty_hint")}
        rows={rows}
        keyOf={({ article_id }) => article_id}
        nameOf={({ title }) => title}
        columns={[
          { title: t("user.language"), cell: (each) => languageName(each.language) },
          {
            title: t("knowledge.state"),
            cell: ({ published }) => (
              <Badge color={published ? "petrol" : "gray"}>
                {t(published ? "knowledge.published" : "knowledge.draft")}
              </Badge>
            ),
          },
          {
            title: t("knowledge.changed"),
            cell: (each) => `${dateTime(each.updated_ms)}, ${nameOf(each.updated_by)}`,
          },
        ]}
        onAdd={() => {
          setEdited(FRESH_ARTICLE);
        }}
        onEdit={setEdited}
        onRemove={actions.remove}
      >
        <Group align="flex-start" mb="md">
          <Select
            w={180}
            label={t("user.language")}
            placeholder={t("knowledge.all_languages")}
            clearable
            data={LANGUAGES.map((each) => ({ value: each, label: LOCALE_NAMES[each] }))}
            value={language}
            onChange={setLanguage}
          />
          <Ask turn={all.value} open={setEdited} />
        </Group>
      </EntityList>
      <FormDrawer
        title={edited?.title === "" ? t("knowledge.add") : (edited?.title ?? "")}
        size="xl"
        open={edited !== null}
        onClose={() => {
          setEdited(null);
        }}
      >
        {edited !== null && (
          <KnowledgeForm
            key={id}
            article={edited}
            save={(values) => actions.save(values, id === "" ? null : edited)}
            onClose={() => {
              setEdited(null);
            }}
          />
        )}
      </FormDrawer>
    </>
  );
}

async function listAll(): Promise<Article[]> {
  const found: Article[] = [];
  let cursor: string | null = null;
  do {
    const page = await articles.list(cursor);
    found.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return found;
}

interface AskProps {
  /** Asked again when the articles have changed. */
  turn: Article[];
  open: (article: Article) => void;
}

function Ask({ turn, open }: AskProps) {
  const { t } = useLanguage();
  const [question, setQuestion] = useState("");
  const [asked] = useDebouncedValue(question.trim(), ASK_AFTER_MS);
  const found = useFetched(() => (asked === "" ? null : articles.search(asked)), [asked, turn]);
  return (
    <div className={classes.ask}>
      <TextInput
        label={t("knowledge.ask")}
        placeholder={t("knowledge.ask_example")}
        leftSection={<IconSearch size={14} />}
        value={question}
        onChange={(event) => {
          setQuestion(event.currentTarget.value);
        }}
      />
      <div aria-live="polite">
        {found.problem !== null && <Text size="sm">{found.problem}</Text>}
        {asked !== "" && found.value !== null && <Found items={found.value.items} open={open} />}
      </div>
    </div>
  );
}

function Found({ items, open }: { items: FoundArticle[]; open: (article: Article) => void }) {
  const { t, ratio } = useLanguage();
  if (items.length === 0)
    return (
      <Empty icon={IconSearch} title={t("knowledge.nothing")} hint={t("knowledge.nothing_hint")} />
    );
  return (
    <Table mt={6} aria-label={t("knowledge.found")}>
      <Table.Tbody>
        {items.map(({ article, score }) => (
          <Table.Tr key={article.article_id}>
            <Table.Td>
              <UnstyledButton
                className={floor.nameButton}
                onClick={() => {
                  open(article);
                }}
              >
                {article.title}
              </UnstyledButton>
            </Table.Td>
            <Table.Td w={150}>
              <Group gap={8} wrap="nowrap">
                <Progress
                  flex={1}
                  value={score * 100}
                  aria-label={t("knowledge.score", { title: article.title })}
                />
                <Text size="xs" className="tabular">
                  {ratio(score)}
                </Text>
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
