import { describe, expect, test } from 'vitest';
import { noteDraft } from '../../../client/console/session/note-draft.ts';
import { loadPrefs, savePrefs } from '../../../client/ui/prefs.ts';
import type { CallId } from '../../../shared/ids.ts';

/** A storage as browsers have it, without a browser. */
function storage(initial: Record<string, string> = {}) {
  const kept = new Map(Object.entries(initial));
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

describe('what this browser remembers', () => {
  test('R40 devices, appearance and keys are remembered; a change leaves the rest', () => {
    const box = storage();
    savePrefs({ microphoneId: 'mic', theme: 'dark' }, box);
    savePrefs({ letterKeys: false }, box);
    expect(loadPrefs(box)).toMatchObject({
      microphoneId: 'mic',
      theme: 'dark',
      letterKeys: false,
      speakerId: '',
    });
  });

  test.each(['{', 'null', '[]', '{"theme":"pink","letterKeys":"no","microphoneId":7}'])(
    'R40 what cannot be read falls back to the defaults: %s',
    text => {
      expect(loadPrefs(storage({ 'talk-to-us.rep': text }))).toEqual(loadPrefs(storage()));
    },
  );

  test('R40 a blocked storage stops nothing', () => {
    const blocked = {
      getItem: (): string => {
        throw new Error('blocked');
      },
      setItem: () => {
        throw new Error('blocked');
      },
    };
    expect(savePrefs({ theme: 'dark' }, blocked).theme).toBe('dark');
    expect(loadPrefs(blocked).theme).toBe('auto');
  });

  test('R41 a note that is being written survives a reload, for its own call only', () => {
    const box = storage();
    noteDraft.save('call-1' as CallId, 'Wants the sage one', box);
    expect(noteDraft.load('call-1' as CallId, box)).toBe('Wants the sage one');
    expect(noteDraft.load('call-2' as CallId, box)).toBe('');
  });
});
