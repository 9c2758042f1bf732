import type { Words } from "./types";

const rules = new Intl.PluralRules("ro");

/** From twenty on (but 101–119, …) Romanian puts "de" between the number and the noun. */
function plural(count: number, one: string, many: string): string {
  const form = rules.select(count);
  return form === "one" ? `${count} ${one}` : `${count} ${form === "few" ? "" : "de "}${many}`;
}

const minutes = (count: number) => plural(count, "minut", "minute");

export const ro: Words = {
  open: "Deschide chatul",
  openUnread: (count) => `Deschide chatul, ${plural(count, "mesaj necitit", "mesaje necitite")}`,
  minimise: "Minimizează chatul",
  more: "Mai multe",
  soundOn: "Pornește sunetul",
  soundOff: "Oprește sunetul",
  transcript: "Descarcă conversația",
  end: "Încheie conversația",
  loading: "Un moment…",
  unavailable: "Chatul nu este disponibil acum.",

  name: "Numele dumneavoastră",
  nameMissing: "Vă rugăm să ne spuneți cum vă numiți.",
  topic: "Despre ce este vorba?",
  topicMissing: "Vă rugăm să alegeți un subiect.",
  closed: "Închis acum",
  opens: (when) => `Închis, se deschide ${when}`,
  allClosed: "Acum suntem închiși. Vă rugăm să reveniți mai târziu.",
  start: "Începe chatul",
  starting: "Începem…",
  startFailed: "Chatul nu a putut fi pornit. Încercăm din nou…",
  earlier: "Conversații anterioare",
  back: "Înapoi",
  noEarlier: "Nu există conversații anterioare.",

  log: "Mesaje",
  assistant: "Asistent",
  choices: "Răspunsuri",
  you: "Dumneavoastră",
  joined: (name) => `${name} s-a alăturat conversației.`,
  left: "Vă transferăm unui coleg.",
  waitingTitle: "Vă mulțumim! Revenim imediat.",
  next: "Sunteți următorul la rând.",
  position: (place) => `Sunteți pe locul ${place} la rând.`,
  expectedWait: (wait) => `Timp de așteptare: ${wait}.`,
  waitUnderMinute: "mai puțin de un minut",
  waitUpTo: (count) => `până la ${minutes(count)}`,
  waitAbout: (count) => `aproximativ ${minutes(count)}`,
  waitRange: (low, high) => `aproximativ ${low}–${minutes(high)}`,
  waitLong: "peste o oră",
  waitHint: "Puteți scrie deja despre ce este vorba.",
  waitingShort: "Așteptăm un operator",
  held: "Un moment, revenim imediat",
  typing: (name) => `${name} scrie`,
  offline: "Conexiune întreruptă. Ne reconectăm…",

  message: "Scrieți un mesaj",
  send: "Trimite",
  attach: "Atașează un fișier",
  sending: "Se trimite…",
  sent: "Trimis",
  seen: "Citit",
  failed: "Netrimis",
  remove: (name) => `Elimină ${name}`,
  uploading: (name) => `Se încarcă ${name}`,
  uploadFailed: (name) => `${name} nu a putut fi încărcat.`,
  tooLarge: (name, limit) => `${name} este prea mare. Limita este ${limit}.`,
  wrongType: (name) => `${name} este de un tip care nu poate fi trimis aici.`,
  tooMany: (count) => `Cel mult ${plural(count, "fișier", "fișiere")} într-un mesaj.`,
  download: (name, size) => `Descarcă ${name}, ${size}`,
  image: (name) => `Imagine: ${name}`,

  endTitle: "Încheiați conversația?",
  endText: "O veți putea reciti, dar nu o veți putea continua.",
  endConfirm: "Încheie",
  endCancel: "Continuă",
  endedQuietly: "Conversația s-a încheiat.",

  rateTitle: "Cum ne-am descurcat?",
  rateScores: ["Foarte rău", "Rău", "Acceptabil", "Bine", "Foarte bine"],
  comment: "Doriți să adăugați ceva?",
  rate: "Trimite evaluarea",
  rated: "Vă mulțumim pentru evaluare!",
  again: "Începe o conversație nouă",
};
