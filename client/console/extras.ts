import { loadWords } from '../ui/words.ts';

/** Fetches a part that few ask for, with the words of all such parts. False where it does not come. */
export async function fetchExtra(part: () => Promise<unknown>): Promise<boolean> {
  try {
    await loadWords('extras');
    await part();
    return true;
  } catch {
    // Offline, or a new version has taken the place of this one's files.
    return false;
  }
}
