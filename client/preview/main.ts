/** A page on which an owner sees the real button while choosing what it looks like. Whoever frames it says what to show. */
import type { Appearance } from '../../shared/appearance.ts';
import type { CallId } from '../../shared/ids.ts';
import type { TalkToUs } from '../element/element.ts';
import type { Screen } from '../element/states.ts';

export type Previewed = {
  appearance: Appearance;
  /** What the shop is called, and who answers. */
  shop: string;
  rep: { name: string; photo: string | null };
  state: 'idle' | 'waiting' | 'talking';
  /** Of the page around it. */
  scheme: 'light' | 'dark';
  lang: string;
};
export type PreviewWindow = Window & { show?: (shown: Previewed) => Promise<void> };

/** How long somebody has talked in the picture. */
const talkedMs = 83_000;

function screenOf({ state, rep, appearance }: Previewed): Screen {
  const now = Date.now();
  const call = { serverTime: now, callId: 'preview' as CallId, since: now };
  switch (state) {
    case 'idle':
      return { name: 'idle' };
    case 'waiting':
      return {
        name: 'waiting',
        view: {
          ...{ state, ...call, place: 2, estimate: { fromMs: 60_000, toMs: 180_000 } },
          ...{ ringing: false, returned: false, setback: null, queueName: '', message: '' },
          ...{ callback: { page: true, phone: false }, announcements: null },
        },
      };
    case 'talking':
      return {
        name: 'talking',
        view: {
          ...{ state, ...call, since: now - talkedMs, repName: rep.name },
          repPhoto: appearance.photos ? rep.photo : null,
          ...{
            muted: false,
            repMuted: false,
            repMicrophone: 'ok',
            repLost: false,
            onHold: false,
            ringing: false,
          },
        },
      };
  }
  return state satisfies never;
}

let last: Previewed['state'] | undefined;

(globalThis as unknown as PreviewWindow).show = async shown => {
  await customElements.whenDefined('talk-to-us');
  const element = document.querySelector<TalkToUs>('talk-to-us')!;
  document.documentElement.lang = shown.lang;
  document.documentElement.dataset.scheme = shown.scheme;
  element.name = shown.shop;
  element.appearance = shown.appearance;
  element.promised = { reach: 'open', opensAt: null, takesNumber: false, message: '' };
  if (shown.state === 'idle' && last === undefined) last = 'idle';
  else await element.preview(screenOf(shown));
  await element.updateComplete;
  last = shown.state;
};
