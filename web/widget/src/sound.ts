/** Two soft tones. Browsers let a page sound only after the person has done something on it. */
export function chime(): void {
  const audio = new AudioContext();
  const volume = new GainNode(audio, { gain: 0 });
  volume.connect(audio.destination);
  volume.gain.linearRampToValueAtTime(0.12, audio.currentTime + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.6);
  for (const [frequency, delay] of [
    [660, 0],
    [880, 0.12],
  ] as const) {
    const tone = new OscillatorNode(audio, { frequency });
    tone.connect(volume);
    tone.start(audio.currentTime + delay);
    tone.stop(audio.currentTime + 0.6);
  }
  setTimeout(() => void audio.close(), 1_000);
}
