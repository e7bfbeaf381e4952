import type { MissedCall } from '../../../shared/views.ts';
import { product } from '../../ui/product.ts';
import type { Help } from '../session/help.ts';

/** The words of what must not be overlooked, in the page and in the title of the tab. */
export const attentionTexts = {
  attention: 'Needs your attention',
  dismiss: 'Dismiss',
  timeAgo: (time: string) => `${time} ago`,
  attentionMore: (n: number) => `${n} more`,
  attentionLess: 'Show only the first',
  serverLost: 'The server can’t be reached, so no calls can come. This page tries again every few seconds.',
  serverLostInCall:
    'The connection to the server is lost. Your call is kept while this page tries again every few seconds.',
  storeDown: 'The server’s database is not answering, so no calls can come. This page says when it is back.',
  storeDownInCall: 'The server’s database is not answering. Your call goes on meanwhile.',
  missedCall: (who: string, queue: string) => `You missed a call from ${who} (${queue}).`,
  missedBecame: (became: MissedCall['became']): string => {
    switch (became.state) {
      case 'waiting':
        return 'They still wait.';
      case 'answered':
        return became.repName ? `${became.repName} answered them.` : 'Somebody else answered them.';
      case 'gone':
        return 'They are gone.';
    }
  },
  accessChanged: 'An admin changed what you may do here.',
  oneWaits: (who: string, queue: string) => `${who} is waiting in ${queue}.`,
  someWait: (n: number, who: string) => `${n} shoppers are waiting, ${who} first.`,
  stillWaits: (who: string, queue: string) => `${who} still waits in ${queue}.`,
  help: {
    reconnect: 'Reconnect now',
    'go-available': 'Go available again',
    stay: 'OK',
    'pick-up': 'Pick up now',
    'choose-microphone': 'Choose a microphone',
    'connect-microphone': 'Connect the microphone',
    'sound-on': 'Turn on sound',
    'take-over': 'Use this window',
    seen: 'Dismiss',
    'access-seen': 'Dismiss',
    dismiss: 'Dismiss',
  } satisfies Record<Help['do'], string>,
  pickUpWho: (who: string) => `Pick up now: ${who}`,
  closeHelp: (help: Help): string =>
    help.do === 'stay' ? (help.status === 'away' ? 'Stay away' : 'Stay offline') : attentionTexts.dismiss,
  titleAlert: (what: string) => `⚠ ${what} · ${product}`,
  titleNoConnection: 'No connection',
  titleNoMicrophone: 'No microphone',
  titleMissed: (who: string) => `Missed: ${who}`,
  titleStatus: { away: 'You’re away', offline: 'You’re offline' },
  titleWaiting: (n: number) => `(${n}) ${product}`,
  noConnection: 'No connection',
  noCallsTitle: 'No calls can come',
  noCallsLead:
    'The server can’t be reached. This page tries again every few seconds, and says when it is back.',
  notMeasured: 'Not measured',
} as const;
