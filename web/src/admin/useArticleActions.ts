import { articles } from "../api/calls";
import type { Article } from "../api/types";
import { complain, messageOf, say } from "../app/toast";
import { useLanguage } from "../i18n";
import { textOf } from "./KnowledgeForm";

/** Saving and removing articles, each with a way back. */
export function useArticleActions(changed: () => void) {
  const { t } = useLanguage();
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      complain(messageOf(error, t));
    }
    changed();
  };
  const put = (article: Article) => articles.save(article.article_id, textOf(article));

  /** Raises ApiError, so that the form can say what is wrong. */
  const save = async (article: Article, before: Article | null) => {
    const saved = await (before === null ? articles.create(textOf(article)) : put(article));
    changed();
    say(t("admin.saved", { name: saved.title }), {
      label: t("app.undo"),
      run: () =>
        void attempt(() => (before === null ? articles.remove(saved.article_id) : put(before))),
    });
  };

  const remove = (article: Article) =>
    void attempt(async () => {
      await articles.remove(article.article_id);
      say(t("admin.removed", { name: article.title }), {
        label: t("app.undo"),
        run: () => void attempt(() => put(article)),
      });
    });

  return { save, remove };
}
