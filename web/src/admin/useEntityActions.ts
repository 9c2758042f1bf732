import { settings } from "../api/calls";
import type { SettingByKind } from "../api/types";
import { complain, messageOf, say } from "../app/toast";
import { useLanguage } from "../i18n";
import { idOf, type EntityKind } from "./entities";

/** Saving and removing settings, each with a way back. */
export function useEntityActions<K extends EntityKind>(kind: K, changed: () => void) {
  const { t } = useLanguage();
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      complain(messageOf(error, t));
      return;
    }
    changed();
  };
  const put = (entity: SettingByKind[K]) => settings.save(kind, idOf(kind, entity), entity);
  const drop = (entity: SettingByKind[K]) => settings.remove(kind, idOf(kind, entity));

  /** Raises ApiError, so that the form can say what is wrong where it is wrong. */
  const save = async (entity: SettingByKind[K], before: SettingByKind[K] | null) => {
    await put(entity);
    changed();
    say(t("admin.saved", { name: entity.name }), {
      label: t("app.undo"),
      run: () => void attempt(() => (before === null ? drop(entity) : put(before))),
    });
  };

  const remove = (entity: SettingByKind[K]) =>
    void attempt(async () => {
      await drop(entity);
      say(t("admin.removed", { name: entity.name }), {
        label: t("app.undo"),
        run: () => void attempt(() => put(entity)),
      });
    });

  return { save, remove };
}
