/** The language of a tag without its region; some voices write `de_DE`. */
const primary = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0] ?? '';

/** The browser's voices now; some learn of theirs only after a while. */
export const voices = (): SpeechSynthesisVoice[] => globalThis.speechSynthesis?.getVoices() ?? [];

/** Not every browser tells when its voices become known. */
export const onVoices = (does: 'addEventListener' | 'removeEventListener', listener: () => void): void =>
  globalThis.speechSynthesis?.[does]?.('voiceschanged', listener);

/** A voice that speaks `language`, of the region that `tag` names if there is one. */
export function voiceFor<Voice extends Pick<SpeechSynthesisVoice, 'lang' | 'default'>>(
  from: readonly Voice[],
  language: string,
  tag: string,
): Voice | undefined {
  const able = from.filter(voice => primary(voice.lang) === language);
  const region = tag.toLowerCase();
  return (
    able.find(voice => voice.lang.replace('_', '-').toLowerCase() === region) ??
    able.find(voice => voice.default) ??
    able[0]
  );
}

/**
 * Says a sentence to its end. All pages of a browser share one queue of what is to be said, which can only be emptied as
 * a whole: so nothing is said while the shop's page speaks itself, and only what is ours is cut off.
 */
export async function speak(
  text: string,
  voice: SpeechSynthesisVoice,
  signal: AbortSignal,
  started: () => void,
): Promise<void> {
  if (speechSynthesis.speaking || speechSynthesis.pending) return;
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  const stop = () => speechSynthesis.cancel();
  signal.addEventListener('abort', stop);
  // Where a browser speaks only after a click, it never starts.
  utterance.onstart = started;
  await new Promise<void>(resolve => {
    utterance.onend = utterance.onerror = () => resolve();
    // Not every browser tells an utterance that it was cut off.
    signal.addEventListener('abort', () => resolve());
    speechSynthesis.speak(utterance);
  });
  signal.removeEventListener('abort', stop);
}
