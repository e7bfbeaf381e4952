import type { TeamMember } from '../../../shared/api/people.ts';
import type { ClipSlot } from '../../../shared/domain.ts';
import type { Language } from '../../../shared/i18n/languages.ts';
import type { QueueId } from '../../../shared/ids.ts';
import type { Membership, QueueSettings } from '../../../shared/settings.ts';
import type { WordsKey } from '../form/own-words.ts';
import type { Problem } from '../form/problem.ts';
import type { SoundShelf } from './sound-shelf.ts';

/** What is edited on the page of a queue. */
export type QueueDraft = { name: string; settings: QueueSettings; members: Membership[] };

/** As much of it as opening hours need. */
export type HoursForm = Pick<QueueForm, 'problem' | 'now' | 'say' | 'focus'> & {
  settings: Pick<QueueSettings, 'hours'>;
  set(change: Pick<QueueSettings, 'hours'>): void;
};

/** The page of a queue as its groups see it. */
export type QueueForm = QueueDraft & {
  /** As it is on the server. */
  saved: QueueDraft;
  id: QueueId;
  problem: Problem | null;
  team: readonly TeamMember[];
  /** The other queues of the shop. */
  others: readonly { id: QueueId; name: string }[];
  /** Skills that somebody has. */
  knownSkills: readonly string[];
  shelf: SoundShelf;
  /** Of which language the words are shown, of those that the shop speaks, with ours to compare. */
  words: {
    languages: readonly Language[];
    shown: WordsKey;
    ours: Record<string, string>;
    show(key: WordsKey): void;
  };
  /** Which announcement is being recorded. */
  recording: ClipSlot | null;
  /** ms UTC. */
  now: number;
  /** As a function where it comes later than the drawing, such as after an upload. */
  set(change: Partial<QueueSettings> | ((now: QueueSettings) => Partial<QueueSettings>)): void;
  setName(name: string): void;
  setMembers(members: Membership[]): void;
  /** Opens the recorder for an announcement, or closes it; what is in it is given up only after a question. */
  record(slot: ClipSlot | null): void;
  /** For screen readers: what a button did elsewhere on the page. */
  say(text: string): void;
  /** Once the change is drawn, the focus goes to the first match. */
  focus(selector: string): void;
};
