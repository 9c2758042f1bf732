import { NumberInput, Select, SimpleGrid, Skeleton, Stack, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { settings } from "../api/calls";
import type { CentreSettings, ChannelRule } from "../api/types";
import { complain, messageOf, say } from "../app/toast";
import { useSetting } from "../app/workplace";
import { useLanguage } from "../i18n";
import { channelKey } from "../ui/ChannelIcon";
import classes from "./Admin.module.css";
import { DurationInput } from "./DurationInput";
import { EntityForm } from "./EntityForm";
import { zonesWith } from "./HoursFields";
import { nameProblem } from "./validate";

export function CentreForm() {
  const { t } = useLanguage();
  const centre = useSetting("centre_settings", "centre");
  if (centre === undefined) return <Skeleton h={300} aria-hidden />;
  const put = (entity: CentreSettings) => settings.save("centre_settings", "centre", entity);
  const save = async (values: CentreSettings) => {
    await put(values);
    say(t("admin.saved", { name: t("admin.centre") }), {
      label: t("app.undo"),
      run: () => {
        put(centre).catch((error: unknown) => {
          complain(messageOf(error, t));
        });
      },
    });
  };
  return (
    <Stack maw={760}>
      <h1 className={classes.title}>{t("admin.centre")}</h1>
      <EntityForm<CentreSettings>
        key={JSON.stringify(centre)}
        initial={centre}
        id=""
        validate={(values) => {
          const problem = nameProblem(values.name, t);
          return {
            ...(problem === null ? {} : { name: problem }),
            ...(/^([A-Z]{2})?$/.test(values.region) ? {} : { region: t("problem.region") }),
          };
        }}
        save={save}
        onClose={null}
      >
        {(form) => <Fields form={form} />}
      </EntityForm>
    </Stack>
  );
}

function Fields({ form }: { form: UseFormReturnType<CentreSettings> }) {
  const { t } = useLanguage();
  const { values } = form;
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t("admin.name")} {...form.getInputProps("name")} />
        <Select
          label={t("hours.zone")}
          searchable
          allowDeselect={false}
          data={zonesWith(values.time_zone)}
          {...form.getInputProps("time_zone")}
        />
        <TextInput
          label={t("centre.region")}
          description={t("centre.region_hint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          maxLength={2}
          {...form.getInputProps("region")}
          onChange={(event) => {
            form.setFieldValue("region", event.currentTarget.value.toUpperCase());
          }}
        />
      </SimpleGrid>
      {values.channels.map((rule, index) => (
        <ChannelFields
          key={rule.channel}
          rule={rule}
          change={(part) => {
            form.setFieldValue(
              "channels",
              values.channels.map((each, at) => (at === index ? { ...each, ...part } : each)),
            );
          }}
        />
      ))}
      <fieldset className={classes.fieldset}>
        <legend>{t("centre.agents")}</legend>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <DurationInput
            label={t("centre.disconnect_grace")}
            description={t("centre.disconnect_grace_hint")}
            unit="second"
            valueMs={values.disconnect_grace_ms}
            onChange={(value) => {
              form.setFieldValue("disconnect_grace_ms", value ?? 0);
            }}
          />
          <DurationInput
            label={t("centre.retry_refused")}
            description={t("centre.retry_refused_hint")}
            unit="second"
            valueMs={values.retry_refused_ms}
            onChange={(value) => {
              form.setFieldValue("retry_refused_ms", value ?? 0);
            }}
          />
          <NumberInput
            label={t("centre.take_off")}
            description={t("centre.take_off_hint")}
            min={1}
            allowDecimal={false}
            {...form.getInputProps("take_off_after_missed")}
          />
        </SimpleGrid>
      </fieldset>
    </Stack>
  );
}

interface ChannelProps {
  rule: ChannelRule;
  change: (part: Partial<ChannelRule>) => void;
}

function ChannelFields({ rule, change }: ChannelProps) {
  const { t } = useLanguage();
  return (
    <fieldset className={classes.fieldset}>
      <legend>{t(channelKey(rule.channel))}</legend>
      <SimpleGrid cols={{ base: 1, sm: 4 }}>
        <NumberInput
          label={t("centre.units")}
          description={t("centre.units_hint")}
          min={1}
          allowDecimal={false}
          value={rule.units}
          onChange={(value) => {
            change({ units: Number(value) || 1 });
          }}
        />
        <DurationInput
          label={t("centre.idle_close")}
          description={t("centre.idle_close_hint")}
          unit="minute"
          valueMs={rule.idle_close_ms}
          onChange={(value) => {
            change({ idle_close_ms: value });
          }}
        />
        <DurationInput
          label={t("centre.leave_grace")}
          description={t("centre.leave_grace_hint")}
          unit="minute"
          valueMs={rule.leave_grace_ms}
          onChange={(value) => {
            change({ leave_grace_ms: value });
          }}
        />
        <DurationInput
          label={t("centre.rating_time")}
          description={t("centre.rating_time_hint")}
          unit="minute"
          valueMs={rule.rating_time_ms}
          onChange={(value) => {
            change({ rating_time_ms: value ?? 0 });
          }}
        />
      </SimpleGrid>
    </fieldset>
  );
}
