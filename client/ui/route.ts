import type { Rep } from '../../shared/api/people.ts';
import type { CallId, QueueId } from '../../shared/ids.ts';

/** Where in the console somebody is. It stands in the address, so that a reload leads back there. */
export type Route =
  | { at: 'phone' }
  | { at: 'account' }
  /** The first run. */
  | { at: 'set-up' }
  | { at: 'queues' }
  | { at: 'queue'; id: QueueId }
  | { at: 'calls' }
  | { at: 'call'; id: CallId }
  | { at: Section };

/** Pages of the settings that are one, and called in the address what they are called here. */
const sections = [
  'team',
  'changes',
  'shop',
  'appearance',
  'privacy',
  'reach',
  'blocks',
  'reports',
  'board',
] as const;
type Section = (typeof sections)[number];

/** `#settings/queues/<id>` and the like; whatever else stands there is the phone. */
export function readRoute(hash: string): Route {
  const [area, section = 'queues', written = ''] = hash.replace(/^#/, '').split('/');
  const id = decoded(written);
  if (area === 'account' || area === 'set-up') return { at: area };
  if (area !== 'settings') return { at: 'phone' };
  const known = sections.find(one => one === section);
  if (known) return { at: known };
  if (section === 'calls') return id ? { at: 'call', id: id as CallId } : { at: 'calls' };
  return id ? { at: 'queue', id: id as QueueId } : { at: 'queues' };
}

/** Empty for what nobody can have written but by hand. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Whether somebody may go there: to the settings admins, of these to the board, blocked callers, reports and their calls supervisors too. */
export function mayOpen({ may }: Rep, { at }: Route): boolean {
  switch (at) {
    case 'phone':
    case 'account':
      return true;
    case 'board':
      return may.includes('board.see');
    case 'blocks':
    case 'reports':
    case 'call':
      return may.includes('blocks.manage');
    default:
      return may.includes('queues.manage');
  }
}

export function hashOf(route: Route): string {
  switch (route.at) {
    case 'phone':
      return '';
    case 'account':
    case 'set-up':
      return `#${route.at}`;
    case 'queue':
      return `#settings/queues/${encodeURIComponent(route.id)}`;
    case 'call':
      return `#settings/calls/${encodeURIComponent(route.id)}`;
    default:
      return `#settings/${route.at}`;
  }
}
