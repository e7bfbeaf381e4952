import type { Message } from '../../shared/i18n/message.ts';
import * as m from '../../shared/i18n/messages/problem.ts';

/** Where a shopper allows the microphone again; `undefined` for browsers that are not known. */
export function allowMicrophone(userAgent: string): Message<'problem'> | undefined {
  if (/iPhone|iPad|iPod/.test(userAgent)) return m.deniedSafariIos;
  if (/Firefox\//.test(userAgent)) return m.deniedFirefox;
  if (/Chrome\//.test(userAgent)) return /Android/.test(userAgent) ? m.deniedChromeAndroid : m.deniedChrome;
  return /Safari\//.test(userAgent) ? m.deniedSafari : undefined;
}
