import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Sound } from '../../../shared/api/sounds.ts';
import type { SiteId, SoundId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { refusalText } from '../../ui/refusals.ts';
import { soundTexts as texts } from './sound-texts.ts';
import { toWav } from './to-wav.ts';
import { uploadSound } from './upload.ts';

/** A file on its way: sent first, then converted on the server. */
export type Upload = {
  name: string;
  step: { is: 'sending' | 'converting'; share: number } | { is: 'failed'; problem: string };
};

/** As people say how large a file may be. */
export const mostMegabytes = Math.floor(limits.maxSoundUploadBytes / 1024 / 1024);

/** While the server converts a file it is asked this often how far it is. */
const pollMs = 400;

/** The uploaded sounds of a shop, and what is being uploaded. Its host is drawn anew with every change. */
export class SoundShelf implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #siteId: SiteId | undefined;
  #connected = false;
  sounds: Sound[] = [];
  uploads: Upload[] = [];
  /** Why the list could not be loaded; the rest of the page works without it. */
  problem = '';

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#connected = true;
  }

  hostDisconnected(): void {
    this.#connected = false;
  }

  /** Those that can be played. */
  get ready(): Sound[] {
    return this.sounds.filter(sound => sound.state.is === 'ready');
  }

  async load(siteId: SiteId): Promise<void> {
    this.#siteId = siteId;
    try {
      this.sounds = await listSounds(siteId);
      this.problem = '';
    } catch (error) {
      this.problem = apiErrorText(error);
    }
    this.#host.requestUpdate();
    for (const sound of this.sounds) if (sound.state.is === 'converting') void this.#watch(sound);
  }

  /** The id of the sound once it can be played; null when it could not be taken, which `uploads` tells. */
  async upload(file: File): Promise<SoundId | null> {
    if (!this.#siteId) return null;
    const upload: Upload = { name: file.name, step: { is: 'sending', share: 0 } };
    this.uploads = [...this.uploads.filter(other => other.step.is !== 'failed'), upload];
    this.#step(upload, upload.step);
    if (file.size > limits.maxSoundUploadBytes) {
      this.#step(upload, { is: 'failed', problem: texts.tooLarge({ megabytes: mostMegabytes }) });
      return null;
    }
    try {
      const sent = await uploadSound(this.#siteId, await toWav(file), share =>
        this.#step(upload, { is: 'sending', share }),
      );
      const sound = await this.#converted(sent, share => this.#step(upload, { is: 'converting', share }));
      if (sound.state.is === 'failed')
        this.#step(upload, { is: 'failed', problem: refusalText(sound.state.problem) });
      else this.uploads = this.uploads.filter(other => other !== upload);
      this.sounds = await listSounds(this.#siteId);
      this.#host.requestUpdate();
      return sound.state.is === 'ready' ? sound.id : null;
    } catch (error) {
      this.#step(upload, { is: 'failed', problem: apiErrorText(error) });
      return null;
    }
  }

  /** A recording made here, as `name`; the id, or what went wrong, which stands with the recording and not in `uploads`. */
  async keep(recording: Blob, name: string): Promise<{ id: SoundId } | { problem: string }> {
    const id = await this.upload(new File([recording], `${name}.wav`, { type: recording.type }));
    if (id !== null) return { id };
    const failed = this.uploads.findLast(({ step }) => step.is === 'failed');
    if (failed) this.dismiss(failed);
    return { problem: failed?.step.is === 'failed' ? failed.step.problem : '' };
  }

  dismiss(upload: Upload): void {
    this.uploads = this.uploads.filter(other => other !== upload);
    this.#host.requestUpdate();
  }

  /** Rejects with `ApiError`. */
  async rename(sound: Sound, name: string): Promise<void> {
    await ask('PATCH /api/sounds/:soundId', { params: { soundId: sound.id }, body: { name } });
    await this.#again();
  }

  /** Rejects with `ApiError`. */
  async remove(sound: Sound): Promise<void> {
    await ask('DELETE /api/sounds/:soundId', { params: { soundId: sound.id } });
    await this.#again();
  }

  async #again(): Promise<void> {
    if (this.#siteId) this.sounds = await listSounds(this.#siteId);
    this.#host.requestUpdate();
  }

  /** One that was being converted when the page was opened. */
  async #watch(sound: Sound): Promise<void> {
    const done = await this.#converted(sound, () => undefined).catch(() => null);
    if (!done) return;
    this.sounds = this.sounds.map(other => (other.id === done.id ? done : other));
    this.#host.requestUpdate();
  }

  async #converted(sound: Sound, onProgress: (share: number) => void): Promise<Sound> {
    let last = sound;
    while (last.state.is === 'converting' && this.#connected) {
      onProgress(last.state.progress);
      await new Promise(resolve => setTimeout(resolve, pollMs));
      last = (await ask('GET /api/sounds/:soundId', { params: { soundId: last.id } })).sound;
    }
    return last;
  }

  #step(upload: Upload, step: Upload['step']): void {
    upload.step = step;
    this.#host.requestUpdate();
  }
}

const listSounds = async (siteId: SiteId): Promise<Sound[]> =>
  (await ask('GET /api/sounds', { query: { siteId } })).sounds;
