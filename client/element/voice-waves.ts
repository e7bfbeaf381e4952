import { LevelMeter } from '../voice/level-meter.ts';

/** Moves whatever shows sound in the panel by how loud the rep's voice really is. */
export class VoiceWaves {
  #track: MediaStreamTrack | undefined;
  #meter: LevelMeter | undefined;
  #frame = 0;
  #levels: number[] = [];

  /** Call after each drawing; without a track, or where motion is not wanted, everything rests. */
  follow(root: ParentNode, track: MediaStreamTrack | undefined): void {
    const wanted = matchMedia('(prefers-reduced-motion: reduce)').matches ? undefined : track;
    if (wanted === this.#track) return;
    this.stop();
    if (!wanted) return;
    this.#track = wanted;
    this.#meter = new LevelMeter(wanted);
    this.#draw(root);
  }

  /** May be called twice. */
  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#meter?.close();
    this.#meter = this.#track = undefined;
    this.#levels = [];
  }

  #draw(root: ParentNode): void {
    // Room noise sits in the lowest third and should not dance.
    const level = Math.max(0, ((this.#meter?.level ?? 0) - 0.35) / 0.65);
    this.#levels = [level, ...this.#levels].slice(0, 16);
    const bars = root.querySelectorAll<HTMLElement>('.waves i');
    const middle = (bars.length - 1) / 2;
    // The newest level is in the middle and runs outwards.
    bars.forEach((bar, index) => {
      const distance = Math.abs(index - middle);
      const value = (this.#levels[Math.round(distance * 3)] ?? 0) * (1 - distance / (bars.length + 1));
      bar.style.setProperty('--level', value.toFixed(2));
    });
    root.querySelector<HTMLElement>('.halo')?.style.setProperty('--level', level.toFixed(2));
    this.#frame = requestAnimationFrame(() => this.#draw(root));
  }
}
