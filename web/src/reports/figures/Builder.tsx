import { Drawer, MultiSelect, Select, Stack, Text } from "@mantine/core";
import type { ReportCatalogue, ReportQuery } from "../../api/types";
import { useLanguage } from "../../i18n";
import { fits, GRAINS, withDimensions } from "./query";

interface Props {
  opened: boolean;
  catalogue: ReportCatalogue;
  query: ReportQuery;
  onChange: (query: ReportQuery) => void;
  onClose: () => void;
}

/** Puts a report together. What can’t be cut by what is chosen is not on offer. */
export function Builder({ opened, catalogue, query, onChange, onClose }: Props) {
  const { t } = useLanguage();
  const cuts = [...query.dimensions, ...Object.keys(query.filters)];
  const additive = (id: string) =>
    catalogue.metrics.some((each) => each.metric_id === id && each.additivity === "sum");
  return (
    <Drawer opened={opened} onClose={onClose} title={t("figures.build")} position="right" size="md">
      <Stack gap="md">
        <MultiSelect
          label={t("figures.dimensions")}
          description={t("figures.dimensions_hint")}
          data={catalogue.dimensions.map((each) => ({
            value: each.dimension_id,
            label: each.name,
          }))}
          value={query.dimensions}
          maxValues={4}
          onChange={(dimensions) => {
            onChange(withDimensions(query, dimensions, catalogue.metrics));
          }}
        />
        <Select
          label={t("figures.grain")}
          data={[
            { value: "", label: t("figures.no_grain") },
            ...GRAINS.map((grain) => ({
              value: grain,
              label: catalogue.grains.find((each) => each.grain === grain)?.name ?? grain,
            })),
          ]}
          value={query.grain ?? ""}
          allowDeselect={false}
          onChange={(grain) => {
            onChange({ ...query, grain: grain === "" || grain === null ? null : grain });
          }}
        />
        <MultiSelect
          label={t("figures.metrics")}
          description={t("figures.metrics_hint")}
          searchable
          hidePickedOptions
          limit={200}
          data={catalogue.metrics
            .filter((each) => fits(each, cuts))
            .map((each) => ({ value: each.metric_id, label: each.name }))}
          value={query.metrics}
          onChange={(metrics) => {
            const shares = query.shares.filter((each) => metrics.includes(each));
            onChange({ ...query, metrics, shares });
          }}
        />
        <MultiSelect
          label={t("figures.shares")}
          description={t("figures.shares_hint")}
          data={query.metrics.filter(additive).map((id) => ({
            value: id,
            label: catalogue.metrics.find((each) => each.metric_id === id)?.name ?? id,
          }))}
          value={query.shares}
          onChange={(shares) => {
            onChange({ ...query, shares });
          }}
        />
        <Text fw={600} size="sm">
          {t("figures.filters")}
        </Text>
        {catalogue.dimensions
          .filter((each) => Object.keys(each.values).length > 0)
          .filter((each) =>
            query.metrics.every((id) => allows(catalogue, id, cuts, each.dimension_id)),
          )
          .map((each) => (
            <MultiSelect
              key={each.dimension_id}
              label={each.name}
              searchable
              clearable
              data={Object.entries(each.values).map(([value, label]) => ({ value, label }))}
              value={query.filters[each.dimension_id] ?? []}
              onChange={(values) => {
                const filters = { ...query.filters, [each.dimension_id]: values };
                const kept = Object.entries(filters).filter(([, wanted]) => wanted.length > 0);
                onChange({ ...query, filters: Object.fromEntries(kept) });
              }}
            />
          ))}
      </Stack>
    </Drawer>
  );
}

function allows(catalogue: ReportCatalogue, id: string, cuts: string[], more: string): boolean {
  const metric = catalogue.metrics.find((each) => each.metric_id === id);
  return metric !== undefined && fits(metric, [...cuts, more]);
}
