/** Microphones that a test lets open when it wants, and in the order that it wants. */
import type { Page } from 'playwright-core';

export type WithMicrophones = typeof globalThis & {
  asked: { open: () => void; refuse: () => void; track?: MediaStreamTrack | undefined }[];
};

/** Runs in the page: the browser takes its time to open each microphone, as one does that has to wake a headset. */
export function holdMicrophones(): void {
  const page = globalThis as WithMicrophones;
  page.asked = [];
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async constraints => {
    const stream = await open(constraints);
    const [track] = stream.getAudioTracks();
    await new Promise<void>((resolve, reject) => {
      const refuse = () => {
        track?.stop();
        reject(new DOMException('There is none.', 'NotFoundError'));
      };
      page.asked.push({ open: resolve, refuse, track });
    });
    return stream;
  };
}

/** Waits until the page has asked that many times. */
export const asksForMicrophone = (page: Page, times: number) =>
  page.waitForFunction(count => (globalThis as WithMicrophones).asked.length === count, times);
/** The browser opens the one that was asked for first, second and so on. */
export const openMicrophone = (page: Page, which: number) =>
  page.evaluate(index => (globalThis as WithMicrophones).asked[index]!.open(), which - 1);
/** As if the person or the system did not let it. */
export const refuseMicrophone = (page: Page, which: number) =>
  page.evaluate(index => (globalThis as WithMicrophones).asked[index]!.refuse(), which - 1);
