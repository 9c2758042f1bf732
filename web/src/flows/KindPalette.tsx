import { ScrollArea, Tooltip, UnstyledButton } from "@mantine/core";
import { useLanguage } from "../i18n";
import classes from "./Flows.module.css";
import { KIND_ICONS } from "./kindLooks";
import { GROUPS, KIND_GROUPS } from "./model";
import { useAdding } from "./picking";

/** What can be added, at the side of the drawing. */
export function KindPalette() {
  const { t } = useLanguage();
  const add = useAdding();
  return (
    <ScrollArea className={classes.palette} aria-label={t("flow.add_node")} role="group">
      {GROUPS.map((group) => (
        <div key={group} role="group" aria-label={t(`flow.group.${group}`)}>
          <div className={classes.paletteGroup} aria-hidden>
            {t(`flow.group.${group}`)}
          </div>
          {KIND_GROUPS[group].map((kind) => {
            const Picture = KIND_ICONS[kind];
            return (
              <Tooltip key={kind} label={t(`flow.kind.${kind}.hint`)} position="right">
                <UnstyledButton
                  className={classes.paletteItem}
                  data-group={group}
                  data-add={kind}
                  onClick={() => {
                    add(kind, null, null);
                  }}
                >
                  <Picture size={16} stroke={1.7} aria-hidden />
                  {t(`flow.kind.${kind}`)}
                </UnstyledButton>
              </Tooltip>
            );
          })}
        </div>
      ))}
    </ScrollArea>
  );
}
