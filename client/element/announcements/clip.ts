/** A recording on the voice server, on its way. */
export function fetchClip(url: string): HTMLAudioElement {
  const audio = new Audio();
  // The shop's page is of another origin.
  audio.crossOrigin = 'anonymous';
  audio.preload = 'auto';
  audio.src = url;
  return audio;
}

/** Plays it to its end, or until it is cut off. False when it cannot be played. */
export async function playClip(
  audio: HTMLAudioElement,
  signal: AbortSignal,
  started: () => void,
): Promise<boolean> {
  audio.addEventListener('playing', started, { once: true });
  const played = await new Promise<boolean>(resolve => {
    audio.onended = () => resolve(true);
    audio.onerror = () => resolve(false);
    signal.addEventListener('abort', () => resolve(true));
    audio.play().catch(() => resolve(false));
  });
  audio.pause();
  return played;
}
