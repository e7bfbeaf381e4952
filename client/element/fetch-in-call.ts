/** Address of what Chromium needs to send and receive; see `tools/browser-build/handler-beside.ts`. */
declare const __chromiumHandler__: string;

/**
 * The voice code. What most browsers need besides is fetched side by side with it: Chromium says what it is by
 * `userAgentData`. Others fetch theirs when the voice code has looked at them (`client/voice/device.ts`).
 */
export function fetchInCall(): Promise<typeof import('./in-call.ts')> {
  if ('userAgentData' in navigator) import(/* @vite-ignore */ __chromiumHandler__).catch(() => {});
  return import('./in-call.ts');
}
