import type { SiteWordSlot } from '../../../shared/domain.ts';
import type { Language } from '../../../shared/i18n/languages.ts';

type Catalogue = Readonly<Record<string, string>>;

/** Where ours stand that the shop's own words stand in for. None of them has anything put in. */
const siteMessages: Partial<Record<SiteWordSlot, string>> = {
  // Not in a catalogue: an id.
  label: 'button.label',
  open: 'button.open',
  // Not in a catalogue: an id.
  title: 'call.title',
  greeting: 'call.connectingDetail',
};
const queueMessages = {
  waiting: 'call.music',
  closed: 'problem.closedDetail',
  noRep: 'problem.noRepDetail',
  full: 'problem.queueFullDetail',
};

const read = (catalogue: Catalogue, messages: Record<string, string>) =>
  Object.fromEntries(Object.entries(messages).map(([slot, id]) => [slot, catalogue[id] ?? '']));

export type DefaultWords = { site: Record<string, string>; queue: Record<string, string> };
export const noWords: DefaultWords = { site: {}, queue: {} };

/** What the element says in that language where the shop has no words of its own; nothing where that cannot be fetched. */
export async function defaultWords(language: Language): Promise<DefaultWords> {
  try {
    const { default: catalogue } = (await import(`../../../shared/i18n/element/${language}.json`)) as {
      default: Catalogue;
    };
    return { site: read(catalogue, siteMessages), queue: read(catalogue, queueMessages) };
  } catch {
    return noWords;
  }
}
