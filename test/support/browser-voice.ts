/** Headless Chromium has no voice to speak with. This gives its pages one that makes no sound and keeps what it was told. */
import type { Page } from 'playwright-core';

type Said = { text: string; lang: string; cutOff: boolean };
type Voiced = typeof globalThis & { said: Said[] };

/** Call before the page is opened. @param lastsMs how long each sentence takes */
export async function giveVoice(page: Page, languages: string[], lastsMs: number): Promise<void> {
  await page.addInitScript(voice, { languages, lastsMs });
}

/** What was said on the present page. */
export const saidOn = (page: Page): Promise<Said[]> => page.evaluate(() => (globalThis as Voiced).said);

/** Runs in the page: the part of the Web Speech API that speaks. */
function voice({ languages, lastsMs }: { languages: string[]; lastsMs: number }): void {
  const said: Said[] = [];
  type Utterance = {
    text: string;
    lang: string;
    onstart?: () => void;
    onend?: () => void;
    onerror?: () => void;
  };
  let present: { entry: Said; utterance: Utterance; timer: number } | undefined;
  const synthesis = {
    pending: false,
    get speaking() {
      return present !== undefined;
    },
    getVoices: () => languages.map(lang => ({ lang, default: false })),
    addEventListener() {},
    removeEventListener() {},
    speak(utterance: Utterance) {
      const entry = { text: utterance.text, lang: utterance.lang, cutOff: false };
      said.push(entry);
      const timer = window.setTimeout(() => {
        present = undefined;
        utterance.onend?.();
      }, lastsMs);
      present = { entry, utterance, timer };
      utterance.onstart?.();
    },
    cancel() {
      if (!present) return;
      const { entry, utterance, timer } = present;
      clearTimeout(timer);
      entry.cutOff = true;
      present = undefined;
      utterance.onerror?.();
    },
  };
  class Spoken {
    readonly text: string;
    lang = '';
    constructor(text: string) {
      this.text = text;
    }
  }
  Object.defineProperties(globalThis, {
    said: { value: said },
    speechSynthesis: { value: synthesis },
    SpeechSynthesisUtterance: { value: Spoken },
  });
}
