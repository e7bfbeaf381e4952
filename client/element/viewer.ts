import type { CallHost } from './call-host.ts';

/** An element that shows the call: what the call needs from it, and what it is told. */
export type Viewer = Pick<
  CallHost,
  'queue' | 'serviceWorker' | 'vocabulary' | 'context' | 'painted' | 'emit' | 'changed'
> & {
  readonly element: Element;
  /** For which queue, and in which languages, a call would be made ready. */
  wants(): string;
  /** Takes what came with code that was fetched later, see `PageCall.styles`. */
  adopt(): void;
  /** The page is back from the browser's cache: whatever was shown may be long over. */
  back(): void;
};
