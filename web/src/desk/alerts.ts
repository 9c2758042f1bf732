// What calls for the agent's eye and ear: sounds and desktop notifications, each only once they
// were asked for, and a count in the title.
import { useEffect } from "react";
import type { ContactDocument } from "../api/types";
import { announce } from "../app/announcer";
import { prefer, usePreferences } from "../app/preferences";
import { complain } from "../app/toast";
import { useWorkplace } from "../app/workplace";
import { useLanguage, type Language } from "../i18n";
import type { Picture } from "../stream/picture";
import { unreadOf, useWork } from "./work";
import { useStream } from "../stream/stream";

let audio: AudioContext | null = null;

type Tune = readonly { hertz: number; at_s: number; length_s: number }[];

const OFFER_TUNE: Tune = [
  { hertz: 587.3, at_s: 0, length_s: 0.35 },
  { hertz: 880, at_s: 0.16, length_s: 0.6 },
];
const MESSAGE_TUNE: Tune = [{ hertz: 698.5, at_s: 0, length_s: 0.25 }];

const ALARM_TUNE: Tune = [
  { hertz: 440, at_s: 0, length_s: 0.3 },
  { hertz: 440, at_s: 0.4, length_s: 0.3 },
  { hertz: 329.6, at_s: 0.8, length_s: 0.6 },
];

/** What an alarm sounds like, where sounds are on. */
export function playAlarm(): void {
  play(ALARM_TUNE);
}

function play(tune: Tune): void {
  if (usePreferences.getState().sounds !== true) return;
  audio ??= new AudioContext();
  if (audio.state === "suspended") void audio.resume();
  for (const { hertz, at_s, length_s } of tune) {
    const start = audio.currentTime + at_s;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.14, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + length_s);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + length_s);
  }
}

/** To be called from a click: browsers let only a person start sound. */
export function turnSoundsOn(): void {
  prefer({ sounds: true });
  play(OFFER_TUNE);
}

export async function turnNotificationsOn(t: Language["t"]): Promise<void> {
  const permission = "Notification" in window ? await Notification.requestPermission() : "denied";
  prefer({ notifications: permission === "granted" });
  if (permission === "denied") complain(t("user.notifications_blocked"));
}

function notify(title: string, body: string, contactId: number): void {
  if (usePreferences.getState().notifications !== true || document.hasFocus()) return;
  const note = new Notification(title, { body, tag: `contact-${contactId}`, icon: "/icon.svg" });
  note.onclick = () => {
    window.focus();
    note.close();
  };
}

function nameOf(contact: ContactDocument | undefined, t: Language["t"]): string {
  return contact?.customer.name || t("customer.unnamed");
}

/** Sounds, notifications and spoken notices for what an update brings; the count in the title. */
export function useAlerts(): void {
  const { session, stream } = useWorkplace();
  const { t } = useLanguage();
  useEffect(
    () =>
      stream.witness((before, after, frame) => {
        if (frame.op !== "update") return;
        alertOffers(session.agent_id, before, after, t);
        alertMessages(frame.upserts?.messages ?? {}, before, after, t);
      }),
    [session.agent_id, stream, t],
  );
  useTitle();
}

function alertOffers(agentId: string, before: Picture, after: Picture, t: Language["t"]): void {
  for (const [id, offer] of Object.entries(after.collections.offers)) {
    if (offer.agent_id !== agentId || id in before.collections.offers) continue;
    const contact = after.collections.contacts[offer.contact_id];
    const title = t("alert.offer", { name: nameOf(contact, t) });
    play(OFFER_TUNE);
    notify(title, contact?.topic ?? "", offer.contact_id);
    announce(`${title} ${t("alert.offer_hint")}`);
  }
}

function alertMessages(
  upserts: Picture["collections"]["messages"],
  before: Picture,
  after: Picture,
  t: Language["t"],
): void {
  for (const [key, message] of Object.entries(upserts)) {
    if (message.author !== "customer" || key in before.collections.messages) continue;
    const contact = after.collections.contacts[message.contact_id];
    if (contact?.state !== "engaged") continue;
    const name = nameOf(contact, t);
    if (!document.hasFocus()) play(MESSAGE_TUNE);
    notify(name, message.text, message.contact_id);
    announce(t("alert.message", { name, text: message.text }));
  }
}

function useTitle(): void {
  const { stream } = useWorkplace();
  const { offers, conversations } = useWork();
  const messagesOf = useStream(stream, (state) => state.picture.messagesOf);
  const unread = conversations.filter(
    ({ contact }) => unreadOf(contact, messagesOf[contact.contact_id] ?? []) > 0,
  ).length;
  const count = offers.length + unread;
  useEffect(() => {
    document.title = count > 0 ? `(${count}) Frontdesk` : "Frontdesk";
  }, [count]);
}
