import type { CallHost } from './call-host.ts';

/** An element that shows the call: what the call needs from it, and what it is told. */
export type Viewer = Pick<
  CallHost,
  'queue' | 'serviceWorker' | 'vocabulary' | 'context' | 'painted' | 'emit' | 'changed' | 'adopt'
> & {
  readonly element: Element;
  /** For which queue, and in which languages, a call would be made ready. */
  wants(): string;
  /** The page is back from the browser's cache: whatever was shown may be long over. */
  back(): void;
};
