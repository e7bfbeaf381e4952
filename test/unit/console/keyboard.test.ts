import { describe, expect, test } from 'vitest';
import { actionFor, type KeyPress, keyOf } from '../../../client/console/session/keyboard.ts';

const press = (key: string, change: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  focus: 'page',
  ...change,
});

describe('keys', () => {
  test.each([
    ['ringing', 'Enter', 'accept'],
    ['ringing', 'a', 'accept'],
    ['ringing', 'A', 'accept'],
    ['ringing', 'Escape', 'decline'],
    ['ringing', 'd', 'decline'],
    ['talking', 'm', 'mute'],
    ['talking', 'h', 'hang-up'],
    ['idle', 'a', null],
    ['idle', 'Enter', null],
    ['talking', 'Enter', null],
    ['talking', 'Escape', null],
    ['wrap-up', 'd', null],
  ] as const)('R10 while %s, %s asks for %s', (state, key, action) => {
    expect(actionFor(press(key), state, true)).toBe(action);
  });

  test('R11 no letter acts while somebody types', () => {
    expect(actionFor(press('h', { focus: 'text' }), 'talking', true)).toBeNull();
    expect(actionFor(press('Enter', { focus: 'text' }), 'ringing', true)).toBeNull();
  });

  test('R11 Enter on a focused button is that button’s, letters still act', () => {
    expect(actionFor(press('Enter', { focus: 'control' }), 'ringing', true)).toBeNull();
    expect(actionFor(press('a', { focus: 'control' }), 'ringing', true)).toBe('accept');
  });

  test.each([{ repeat: true }, { altKey: true }, { ctrlKey: true }, { metaKey: true }])(
    'R12 %o with a letter does nothing: a key held down acts once, and the browser keeps its shortcuts',
    change => {
      expect(actionFor(press('h', change), 'talking', true)).toBeNull();
    },
  );

  test.each([
    ['ش', 'KeyA', 'A'],
    ['ф', 'KeyA', 'A'],
    // What is written on the key counts where it is a Latin letter.
    ['q', 'KeyA', 'q'],
    ['é', 'Digit2', 'é'],
    ['Enter', 'Enter', 'Enter'],
    ['ذ', 'Backquote', 'ذ'],
  ])('B230 the key that writes %s, %s, counts as %s', (key, code, counts) => {
    expect(keyOf({ key, code })).toBe(counts);
  });

  test('R13 with single keys off only Ctrl+Enter is left, and it works from within the note', () => {
    expect(actionFor(press('m'), 'talking', false)).toBeNull();
    expect(actionFor(press('Enter'), 'ringing', false)).toBeNull();
    expect(actionFor(press('Enter', { ctrlKey: true, focus: 'text' }), 'wrap-up', false)).toBe('finish');
    expect(actionFor(press('Enter', { metaKey: true, focus: 'text' }), 'wrap-up', true)).toBe('finish');
  });
});
