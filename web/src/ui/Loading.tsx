import { Loader, type LoaderProps } from "@mantine/core";
import { useLanguage } from "../i18n";

/** Stands where something is being fetched, and says so; a name needs a role to be read out. */
export function Loading(props: LoaderProps) {
  const { t } = useLanguage();
  return <Loader type="dots" role="status" aria-label={t("app.loading")} {...props} />;
}
