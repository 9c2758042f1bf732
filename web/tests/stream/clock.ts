/** A clock that moves only when told to, and does on the way what is due. */
export class Clock {
  atMs = 0;
  #due: { atMs: number; action: () => void }[] = [];

  nowMs = (): number => this.atMs;
  random = (): number => 1;

  after = (delayMs: number, action: () => void): (() => void) => {
    const entry = { atMs: this.atMs + delayMs, action };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((each) => each !== entry);
    };
  };

  pass(durationMs: number): void {
    const untilMs = this.atMs + durationMs;
    for (;;) {
      const next = this.#due
        .filter(({ atMs }) => atMs <= untilMs)
        .sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.#due = this.#due.filter((each) => each !== next);
      this.atMs = next.atMs;
      next.action();
    }
    this.atMs = untilMs;
  }
}
