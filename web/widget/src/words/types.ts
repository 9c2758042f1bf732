/** Every sentence the widget can say, in one language. */
export interface Words {
  open: string;
  openUnread(count: number): string;
  minimise: string;
  more: string;
  soundOn: string;
  soundOff: string;
  transcript: string;
  end: string;
  loading: string;
  unavailable: string;

  name: string;
  nameMissing: string;
  topic: string;
  topicMissing: string;
  closed: string;
  opens(when: string): string;
  allClosed: string;
  start: string;
  starting: string;
  startFailed: string;
  earlier: string;
  back: string;
  noEarlier: string;

  log: string;
  assistant: string;
  choices: string;
  you: string;
  joined(name: string): string;
  left: string;
  waitingTitle: string;
  next: string;
  position(place: number): string;
  expectedWait(wait: string): string;
  waitUnderMinute: string;
  waitUpTo(minutes: number): string;
  waitAbout(minutes: number): string;
  waitRange(low: number, high: number): string;
  waitLong: string;
  waitHint: string;
  waitingShort: string;
  held: string;
  typing(name: string): string;
  offline: string;

  message: string;
  send: string;
  attach: string;
  sending: string;
  sent: string;
  seen: string;
  failed: string;
  remove(name: string): string;
  uploading(name: string): string;
  uploadFailed(name: string): string;
  tooLarge(name: string, limit: string): string;
  wrongType(name: string): string;
  tooMany(count: number): string;
  download(name: string, size: string): string;
  image(name: string): string;

  endTitle: string;
  endText: string;
  endConfirm: string;
  endCancel: string;
  endedQuietly: string;

  rateTitle: string;
  rateScores: readonly [string, string, string, string, string];
  comment: string;
  rate: string;
  rated: string;
  again: string;
}
