import type { FormErrors, UseFormReturnType } from "@mantine/form";
import {
  IconBriefcase,
  IconClipboardCheck,
  IconClock,
  IconCoffee,
  IconMessageCircle,
  IconStack2,
  IconStars,
  IconWorldSearch,
  type Icon,
} from "@tabler/icons-react";
import { useState, type ComponentType } from "react";
import type { SettingByKind } from "../api/types";
import { useSettings } from "../app/workplace";
import { useLanguage, type Language } from "../i18n";
import { BreakReasonFields, NameFields, TeamFields } from "./SmallFields";
import { FRESH, idOf, newIdFor, withId, type EntityKind } from "./entities";
import { EntityForm, FormDrawer } from "./EntityForm";
import { EntityList, type Column } from "./EntityList";
import { HoursFields } from "./HoursFields";
import { LookUpFields } from "./LookUpFields";
import { QueueFields } from "./QueueFields";
import { useColumns } from "./columns";
import { useEntityActions } from "./useEntityActions";
import {
  validateBreakReason,
  validateHours,
  validateLookUp,
  validateName,
  validateQueue,
  validateTeam,
  validateWidget,
} from "./validate";
import { WidgetFields } from "./WidgetFields";

export type PlainKind = Exclude<
  EntityKind,
  "agent_profile" | "intent" | "alarm_rule" | "trunk" | "phone_number" | "phone_account"
>;
type T = Language["t"];

interface KindLook<K extends PlainKind> {
  icon: Icon;
  size: "md" | "xl";
  fields: ComponentType<{ form: UseFormReturnType<SettingByKind[K]>; id: string }>;
  validate: (values: SettingByKind[K], t: T) => FormErrors;
}

const LOOKS: { [K in PlainKind]: KindLook<K> } = {
  team: { icon: IconBriefcase, size: "md", fields: TeamFields, validate: validateTeam },
  skill: { icon: IconStars, size: "md", fields: NameFields, validate: validateName },
  queue: { icon: IconStack2, size: "xl", fields: QueueFields, validate: validateQueue },
  hours: { icon: IconClock, size: "xl", fields: HoursFields, validate: validateHours },
  break_reason: {
    icon: IconCoffee,
    size: "md",
    fields: BreakReasonFields,
    validate: validateBreakReason,
  },
  disposition: {
    icon: IconClipboardCheck,
    size: "md",
    fields: NameFields,
    validate: validateName,
  },
  look_up: { icon: IconWorldSearch, size: "xl", fields: LookUpFields, validate: validateLookUp },
  widget: { icon: IconMessageCircle, size: "xl", fields: WidgetFields, validate: validateWidget },
};

/** The list of one kind of setting, with its form. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- ties rows to fields inside
export function SettingsAdmin<K extends PlainKind>({ kind }: { kind: K }) {
  const { t } = useLanguage();
  const rows = useSettings(kind);
  const columns = useColumns(kind) as Column<SettingByKind[K]>[];
  const look = LOOKS[kind] as KindLook<K>;
  const [edited, setEdited] = useState<SettingByKind[K] | null>(null);
  const { save, remove } = useEntityActions(kind, () => undefined);
  const id = edited === null ? "" : idOf(kind, edited);
  const before = rows.find((row) => idOf(kind, row) === id) ?? null;
  const close = () => {
    setEdited(null);
  };
  const Fields = look.fields;
  return (
    <>
      <EntityList
        title={t(`kind.${kind}.many`)}
        lead={t(`kind.${kind}.lead`)}
        addLabel={t(`kind.${kind}.add`)}
        icon={look.icon}
        emptyTitle={t(`kind.${kind}.empty`)}
        emptyHint={t("admin.empty_hint")}
        rows={rows}
        keyOf={(row) => idOf(kind, row)}
        nameOf={(row) => row.name}
        columns={columns}
        onAdd={() => {
          setEdited(FRESH[kind]());
        }}
        onEdit={setEdited}
        onRemove={remove}
      />
      <FormDrawer
        title={id === "" ? t(`kind.${kind}.add`) : (edited?.name ?? "")}
        size={look.size}
        open={edited !== null}
        onClose={close}
      >
        {edited !== null && (
          <EntityForm<SettingByKind[K]>
            key={id}
            initial={edited}
            id={id}
            validate={(values) => look.validate(values, t)}
            save={(values) => {
              const taken = new Set(rows.map((row) => idOf(kind, row)));
              const entity =
                id === "" ? withId(kind, values, newIdFor(values.name, taken, kind)) : values;
              return save(entity, before);
            }}
            onClose={close}
          >
            {(form) => <Fields form={form} id={id} />}
          </EntityForm>
        )}
      </FormDrawer>
    </>
  );
}
