import { wordsOf } from '../../ui/words.ts';

const words = wordsOf('changes');

type Deed = (params: { who: string; of: string }) => string;

/** The words of who changed what. */
export const changesTexts = {
  ...words,
  /** `of`: to what it was done, as people name it. What a newer server knows and this page does not is told by its name. */
  did: (who: string, action: string, of: string): string => {
    if (action === 'caller.unblocked' && !of) return words.unblockedSomebody({ who });
    const [about = '', what = ''] = action.split('.');
    const deeds: Record<string, Record<string, Deed>> = words.did;
    const deed = Object.hasOwn(deeds, about) && Object.hasOwn(deeds[about]!, what) && deeds[about]![what];
    if (deed) return deed({ who, of });
    return of ? words.unknownOf({ who, action, of }) : words.unknown({ who, action });
  },
  /** Somebody in the list of who answers. `tier`: from which on, where not from the first. */
  member: (name: string, tier: string | null, penalty: number): string => {
    if (tier === null) return penalty > 0 ? words.memberLess({ name, n: penalty }) : name;
    return penalty > 0 ? words.memberInLess({ name, tier, n: penalty }) : words.memberIn({ name, tier });
  },
} as const;
