import type { Colleague } from '../../../shared/api/calls.ts';
import { texts } from '../texts.ts';

/** The words of what the desk shows while nothing rings. */
export const overviewTexts = {
  today: 'Today',
  answered: 'Answered',
  missed: 'Missed',
  meanWait: 'Average wait',
  meanTalk: 'Average talk',
  /** Nothing to take a mean of. */
  none: '–',
  recent: 'Recent calls',
  recentNone: 'No calls yet',
  recentNoneLead: 'Calls that are over show up here.',
  allCalls: 'All calls',
  talkedTo: (names: string, time: string) => `talked to ${names || 'a colleague'}, ${time}`,
  unanswered: (time: string) => `nobody answered, waited ${time}`,
  callNumber: (phone: string) => `Call ${phone}`,
  team: 'Team',
  alone: 'Nobody else answers these calls yet.',
  invite: 'Invite somebody',
  moreColleagues: (n: number) => `and ${n} more`,
  stale: 'These could not be renewed just now; it is tried again in a minute.',
  failed: 'The day’s figures could not be loaded. It is tried again in a minute.',
  /** What a colleague is doing. */
  doing: ({ status, statusNote, work }: Colleague): string => {
    switch (work) {
      case 'idle':
        return texts.statusWords(status, status === 'away' ? statusNote : '');
      case 'ringing':
        return 'Ringing';
      case 'talking':
        return 'On a call';
      case 'wrap-up':
        return 'After-call work';
    }
    return work satisfies never;
  },
} as const;
