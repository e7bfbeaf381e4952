import type { ClipSlot } from '../domain.ts';
import type { Texts } from './message.ts';
import * as m from './messages/spoken.ts';

/** What a browser says where the shop has no recording. Whole sentences: they follow each other. */
export function sentence(t: Texts<'spoken'>, slot: ClipSlot): string {
  switch (slot) {
    case 'greeting':
      return t(m.greeting);
    case 'next':
      return t(m.next);
    case 'place-more':
      return t(m.placeMore);
    case 'wait-1':
      return t(m.waitMinute);
    case 'wait-more':
      return t(m.waitMore);
    default: {
      const [kind, figure] = slot.split('-') as ['place' | 'wait', string];
      return kind === 'place'
        ? t(m.place, { place: Number(figure) })
        : t(m.wait, { minutes: Number(figure) });
    }
  }
}
