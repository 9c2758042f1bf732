import {
  Alert,
  Button,
  Center,
  Paper,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { session } from "../api/calls";
import { ApiError } from "../api/client";
import type { Session } from "../api/types";
import { useLanguage } from "../i18n";
import { LanguageMenu } from "./LanguageMenu";
import { Logo } from "./Logo";
import { messageOf } from "./toast";

export function SignIn({ onSignedIn }: { onSignedIn: (session: Session) => void }) {
  const { t } = useLanguage();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    setBusy(true);
    setProblem(null);
    try {
      onSignedIn(await session.signIn(login.trim(), password));
    } catch (error) {
      const isWrong = error instanceof ApiError && error.status === 401;
      setProblem(isWrong ? t("sign_in.wrong") : messageOf(error, t));
      setBusy(false);
    }
  };

  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    void submit();
  };

  return (
    <Center component="main" id="main" mih="100dvh" p="md" bg="var(--fd-canvas)">
      <Stack w={360} maw="100%" gap="lg">
        <Stack align="center" gap={6}>
          <Logo size={44} />
          <Title order={1}>Frontdesk</Title>
          <Text c="dimmed" size="sm">
            {t("sign_in.lead")}
          </Text>
        </Stack>
        <Paper withBorder p="lg" shadow="xs">
          <form onSubmit={onSubmit}>
            <Stack>
              {problem !== null && (
                <Alert color="red" variant="light" p="xs" role="alert">
                  {problem}
                </Alert>
              )}
              <TextInput
                label={t("sign_in.login")}
                name="login"
                autoComplete="username"
                autoCapitalize="none"
                autoFocus
                required
                withAsterisk={false}
                value={login}
                onChange={(event) => {
                  setLogin(event.currentTarget.value);
                }}
              />
              <PasswordInput
                label={t("sign_in.password")}
                name="password"
                autoComplete="current-password"
                required
                withAsterisk={false}
                value={password}
                onChange={(event) => {
                  setPassword(event.currentTarget.value);
                }}
                visibilityToggleButtonProps={{ "aria-label": t("sign_in.show_password") }}
              />
              <Button type="submit" size="sm" loading={busy}>
                {t("sign_in.go")}
              </Button>
            </Stack>
          </form>
        </Paper>
        <Center>
          <LanguageMenu />
        </Center>
      </Stack>
    </Center>
  );
}
