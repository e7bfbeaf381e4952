/** What this browser remembers for the person at it. Nothing here is secret or worth syncing. */
export type Prefs = {
  microphoneId: string;
  speakerId: string;
  theme: 'auto' | 'light' | 'dark';
  /** Of the words, such as `de`; empty for what the browser asks for. */
  language: string;
  /** Single-key shortcuts (WCAG 2.1.4 asks that they can be turned off). */
  letterKeys: boolean;
  /** The person said "not now" to desktop notifications. */
  notificationsDeclined: boolean;
  /** The ready check has been done once on this machine. */
  checked: boolean;
};

const key = 'talk-to-us.rep';

const defaults: Prefs = {
  microphoneId: '',
  speakerId: '',
  theme: 'auto',
  language: '',
  letterKeys: true,
  notificationsDeclined: false,
  checked: false,
};

/** What is remembered; unknown or broken entries fall back to the defaults. */
export function loadPrefs(storage?: Pick<Storage, 'getItem'>): Prefs {
  let saved: Partial<Record<keyof Prefs, unknown>> = {};
  try {
    const parsed: unknown = JSON.parse((storage ?? localStorage).getItem(key) ?? '{}');
    if (parsed && typeof parsed === 'object') saved = parsed;
  } catch {
    // Storage may be blocked or hold rubbish: the defaults serve.
  }
  const text = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise);
  const flag = (value: unknown, otherwise: boolean) => (typeof value === 'boolean' ? value : otherwise);
  return {
    microphoneId: text(saved.microphoneId, defaults.microphoneId),
    speakerId: text(saved.speakerId, defaults.speakerId),
    theme: saved.theme === 'light' || saved.theme === 'dark' ? saved.theme : defaults.theme,
    language: text(saved.language, defaults.language),
    letterKeys: flag(saved.letterKeys, defaults.letterKeys),
    notificationsDeclined: flag(saved.notificationsDeclined, defaults.notificationsDeclined),
    checked: flag(saved.checked, defaults.checked),
  };
}

/** Remember a change; a full or blocked storage only means that it is asked again next time. */
export function savePrefs(
  change: Partial<Prefs>,
  storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage,
): Prefs {
  const prefs = { ...loadPrefs(storage), ...change };
  try {
    storage.setItem(key, JSON.stringify(prefs));
  } catch {
    // See above.
  }
  return prefs;
}
