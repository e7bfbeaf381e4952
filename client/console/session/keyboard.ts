import type { RepWork } from '../../../shared/views.ts';

/** What a key can do on the phone. */
export type PhoneAction = 'accept' | 'decline' | 'mute' | 'hold' | 'hang-up' | 'finish';

/** The part of a `KeyboardEvent` that matters, and where the focus is. */
export type KeyPress = {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
  /** `text`: the person is typing; `control`: a button or link that has its own use for Enter. */
  focus: 'text' | 'control' | 'page';
};

/** The keys of each state, as the console shows them. */
export const shortcuts: { action: PhoneAction; state: RepWork['state']; keys: string[] }[] = [
  { action: 'accept', state: 'ringing', keys: ['Enter', 'A'] },
  { action: 'decline', state: 'ringing', keys: ['Escape', 'D'] },
  { action: 'mute', state: 'talking', keys: ['M'] },
  { action: 'hold', state: 'talking', keys: ['P'] },
  { action: 'hang-up', state: 'talking', keys: ['H'] },
  { action: 'finish', state: 'wrap-up', keys: ['Ctrl+Enter'] },
];

/**
 * The action that a key press asks for in a state, or `null`.
 *
 * Letters never act while somebody types; Enter never acts on behalf of a focused button, since Enter on a
 * focused "Decline" must decline. A key held down acts once. `letters: false` turns the single keys off
 * (WCAG 2.1.4); Ctrl+Enter, which is no single key, stays.
 */
export function actionFor(press: KeyPress, state: RepWork['state'], letters: boolean): PhoneAction | null {
  if (press.repeat || press.altKey) return null;
  if (press.ctrlKey || press.metaKey) return press.key === 'Enter' && state === 'wrap-up' ? 'finish' : null;
  if (!letters || press.focus === 'text') return null;
  if (press.key === 'Enter' && press.focus !== 'page') return null;
  const key = press.key.length === 1 ? press.key.toUpperCase() : press.key;
  return shortcuts.find(s => s.state === state && s.keys.includes(key))?.action ?? null;
}

/** The key of an event; where the layout has other letters, such as Arabic ones, the Latin one of the same key. */
export function keyOf({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  return key.length === 1 && /[^\p{Script=Latin}\P{L}]/u.test(key) && code.startsWith('Key')
    ? code.slice(3)
    : key;
}

/** Where the focus is, through shadow roots: `path` is `event.composedPath()`. */
export function focusOf(path: EventTarget[]): KeyPress['focus'] {
  for (const target of path) {
    if (!(target instanceof HTMLElement)) continue;
    if (target.matches('button, a[href], summary, dialog, [type=radio], [type=checkbox]')) return 'control';
    if (target.isContentEditable || target.matches('textarea, select, input')) return 'text';
  }
  return 'page';
}
