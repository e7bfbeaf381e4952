import { loadPrefs, type Prefs, savePrefs } from './prefs.ts';

/** Show the remembered appearance; `auto` leaves it to the system. */
export function applyTheme(theme: Prefs['theme'] = loadPrefs().theme): void {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function chooseTheme(theme: Prefs['theme']): void {
  savePrefs({ theme });
  applyTheme(theme);
}
