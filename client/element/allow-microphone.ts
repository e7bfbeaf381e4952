/** Families of browsers that differ in where a blocked microphone is allowed again. */
type BrowserFamily = 'chrome' | 'chrome-android' | 'firefox' | 'safari' | 'safari-ios';

/** English. */
const sentences: Record<BrowserFamily, string> = {
  chrome: 'Click the icon at the left of the address bar, switch Microphone on, then try again.',
  'chrome-android': 'Tap the icon left of the address, then Permissions, and allow the microphone.',
  firefox: 'Click the crossed-out microphone in the address bar, remove the block, then try again.',
  safari: 'In the Safari menu choose “Settings for This Website”, set Microphone to Allow, then try again.',
  'safari-ios': 'Tap the page menu beside the address, then Website Settings, and set Microphone to Allow.',
};

/** Where a shopper allows the microphone again; `undefined` for browsers that are not known. */
export function allowMicrophone(userAgent: string): string | undefined {
  const family = browserFamily(userAgent);
  return family && sentences[family];
}

/** Only for choosing which sentence helps; nothing depends on it. */
function browserFamily(userAgent: string): BrowserFamily | undefined {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'safari-ios';
  if (/Firefox\//.test(userAgent)) return 'firefox';
  if (/Chrome\//.test(userAgent)) return /Android/.test(userAgent) ? 'chrome-android' : 'chrome';
  return /Safari\//.test(userAgent) ? 'safari' : undefined;
}
