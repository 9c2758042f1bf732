import {
  IconMail,
  IconMessageCircle,
  IconMessageDots,
  IconNotes,
  IconPhone,
  IconPhoneOutgoing,
} from "@tabler/icons-react";
import { useLanguage } from "../i18n";
import type { Key } from "../i18n/en";

const ICONS = {
  webchat: IconMessageCircle,
  voice: IconPhone,
  email: IconMail,
  sms: IconMessageDots,
  callback: IconPhoneOutgoing,
  message: IconNotes,
};

function isKnown(channel: string): channel is keyof typeof ICONS {
  return channel in ICONS;
}

export function channelKey(channel: string): Key {
  return isKnown(channel) ? `channel.${channel}` : "channel.other";
}

export function ChannelIcon({ channel, size = 15 }: { channel: string; size?: number }) {
  const { t } = useLanguage();
  const Picture = isKnown(channel) ? ICONS[channel] : IconMessageCircle;
  return <Picture size={size} stroke={1.7} role="img" aria-label={t(channelKey(channel))} />;
}
