/** How loud the console's own sounds are, 0..1: clearly heard beside a call, never startling in a headset. */
const ringVolume = 0.5;
const chimeVolume = 0.25;

/** A browser that lets a sound start does so well within this. */
const resumeMs = 500;

export type Chime = 'connected' | 'ended' | 'shopper-lost' | 'shopper-back' | 'attention';

/** Notes of each chime in Hz, one after the other. */
const chimes: Record<Chime, number[]> = {
  connected: [523.25, 783.99],
  ended: [523.25, 392],
  'shopper-lost': [440, 349.23],
  'shopper-back': [349.23, 440],
  attention: [659.25, 493.88, 659.25],
};

/**
 * The console's sounds, all made here. The ring is a looped buffer played by the audio thread: timers are
 * throttled in hidden tabs, and a ring must not be.
 */
export class Ringer extends EventTarget {
  #context: AudioContext | null = null;
  #ring: { source: AudioBufferSourceNode; gain: GainNode } | null = null;
  #wanted = false;
  #speakerId = '';

  /** True when something should be heard but the browser waits for a click or key first. */
  get blocked(): boolean {
    return this.#context !== null && this.#context.state === 'suspended';
  }

  /** Make sound possible; call it from a click or a key press where there is one. Fires `change`. */
  async unlock(): Promise<void> {
    const context = this.#open();
    if (this.#wanted && !this.#ring) this.#startRing(context);
    if (context.state === 'running') return;
    // Without a gesture the promise stays open, so it is not waited for longer than a browser needs.
    const patience = new Promise(resolve => setTimeout(resolve, resumeMs));
    await Promise.race([context.resume().catch(() => undefined), patience]);
    this.dispatchEvent(new Event('change'));
  }

  /** Play on this speaker from now on, where the browser can choose one; '' is the system's. */
  async useSpeaker(speakerId: string): Promise<void> {
    this.#speakerId = speakerId;
    if (this.#context) await setSink(this.#context, speakerId);
  }

  start(): void {
    this.#wanted = true;
    void this.unlock();
  }

  stop(): void {
    this.#wanted = false;
    const ring = this.#ring;
    if (!ring || !this.#context) return;
    this.#ring = null;
    // A few milliseconds of fading, since a hard stop clicks.
    ring.gain.gain.setTargetAtTime(0, this.#context.currentTime, 0.01);
    ring.source.stop(this.#context.currentTime + 0.06);
  }

  chime(which: Chime): void {
    const context = this.#open();
    // What the browser holds back now would come too late to mean anything.
    if (context.state !== 'running') return;
    const notes = chimes[which];
    for (const [i, frequency] of notes.entries()) bell(context, frequency, context.currentTime + i * 0.13);
  }

  async close(): Promise<void> {
    this.stop();
    const context = this.#context;
    this.#context = null;
    if (context && context.state !== 'closed') await context.close();
  }

  #open(): AudioContext {
    if (!this.#context) {
      this.#context = new AudioContext({ latencyHint: 'interactive' });
      this.#context.addEventListener('statechange', () => this.dispatchEvent(new Event('change')));
      void setSink(this.#context, this.#speakerId);
    }
    return this.#context;
  }

  #startRing(context: AudioContext): void {
    const source = new AudioBufferSourceNode(context, { buffer: ringBuffer(context), loop: true });
    const gain = new GainNode(context, { gain: ringVolume });
    source.connect(gain).connect(context.destination);
    source.start();
    this.#ring = { source, gain };
  }
}

/** Chrome can send a context to a chosen speaker; where that is missing or refused, the system's one plays. */
async function setSink(context: AudioContext, speakerId: string): Promise<void> {
  if (!('setSinkId' in context) || typeof context.setSinkId !== 'function') return;
  await Promise.resolve(context.setSinkId(speakerId)).catch(() => undefined);
}

/** One soft bell: a fundamental and two partials that die away. */
function bell(context: AudioContext, frequency: number, at: number): void {
  for (const [ratio, share, decay] of [
    [1, 0.7, 0.5],
    [2, 0.2, 0.3],
    [3.01, 0.1, 0.18],
  ] as const) {
    const oscillator = new OscillatorNode(context, { frequency: frequency * ratio });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(chimeVolume * share, at + 0.008);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + decay);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(at);
    oscillator.stop(at + decay + 0.05);
  }
}

/** Two phrases of four marimba-like notes and a rest, three seconds, to be looped. */
function ringBuffer(context: BaseAudioContext): AudioBuffer {
  const rate = context.sampleRate;
  const buffer = context.createBuffer(1, rate * 3, rate);
  const samples = buffer.getChannelData(0);
  const notes = [659.25, 880, 987.77, 880];
  for (const phrase of [0, 0.85]) {
    for (const [i, frequency] of notes.entries()) strike(samples, rate, phrase + i * 0.15, frequency);
  }
  return buffer;
}

function strike(samples: Float32Array, rate: number, at: number, frequency: number): void {
  const from = Math.round(at * rate);
  const length = Math.min(Math.round(0.6 * rate), samples.length - from);
  for (let n = 0; n < length; n++) {
    const t = n / rate;
    const attack = Math.min(1, t / 0.004);
    const body = Math.sin(2 * Math.PI * frequency * t) * Math.exp(-t * 9);
    const click = Math.sin(2 * Math.PI * frequency * 4 * t) * Math.exp(-t * 40) * 0.35;
    samples[from + n] = (samples[from + n] ?? 0) + (body + click) * attack * 0.4;
  }
}
