import type { Mode } from '../../src/core/scenario/mode.js';

/** Pitches in Hz, one after the other. What is actual falls twice; a drill is one low pair, so that nobody takes it for the other. */
const TONES: Record<Mode, readonly number[]> = {
  actual: [988, 659, 988, 659],
  exercise: [392, 440],
  test: [440],
};
const NOTE_S = 0.22;
const LOUDNESS = 0.15;

let context: AudioContext | undefined;

/** Sounds the tone of a mode. Silent where the browser has no sound, or lets none begin before somebody touched the page. */
export function soundTone(mode: Mode): void {
  context ??= typeof AudioContext === 'undefined' ? undefined : new AudioContext();
  if (context?.state !== 'running') {
    void context?.resume().catch(() => undefined);
  }
  if (!context) {
    return;
  }
  const gain = context.createGain();
  gain.gain.value = LOUDNESS;
  gain.connect(context.destination);
  const beginS = context.currentTime;
  TONES[mode].forEach((pitch, index) => {
    const note = new OscillatorNode(context as AudioContext, {
      type: mode === 'actual' ? 'square' : 'sine',
      frequency: pitch,
    });
    note.connect(gain);
    note.start(beginS + index * NOTE_S);
    note.stop(beginS + (index + 1) * NOTE_S);
  });
}
