import type { Rep } from '../../shared/api/people.ts';
import type { CallId, QueueId } from '../../shared/ids.ts';

/** Where in the console somebody is. It stands in the address, so that a reload leads back there. */
export type Route =
  | { at: 'phone' }
  | { at: 'account' }
  /** The first run. */
  | { at: 'set-up' }
  | { at: 'board' }
  | { at: 'queues' }
  | { at: 'queue'; id: QueueId }
  | { at: 'team' }
  | { at: 'changes' }
  | { at: 'calls' }
  | { at: 'blocks' }
  | { at: 'call'; id: CallId }
  | { at: 'shop' }
  | { at: 'appearance' }
  | { at: 'privacy' }
  | { at: 'reach' };

/** `#settings/queues/<id>` and the like; whatever else stands there is the phone. */
export function readRoute(hash: string): Route {
  const [area, section = 'queues', written = ''] = hash.replace(/^#/, '').split('/');
  const id = decoded(written);
  if (area === 'account' || area === 'set-up') return { at: area };
  if (area !== 'settings') return { at: 'phone' };
  switch (section) {
    case 'team':
    case 'changes':
    case 'shop':
    case 'appearance':
    case 'privacy':
    case 'reach':
    case 'blocks':
    case 'board':
      return { at: section };
    case 'calls':
      return id ? { at: 'call', id: id as CallId } : { at: 'calls' };
    default:
      return id ? { at: 'queue', id: id as QueueId } : { at: 'queues' };
  }
}

/** Empty for what nobody can have written but by hand. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Whether somebody may go there: to the settings admins, of these to the live board and the blocked callers supervisors too. */
export function mayOpen({ may }: Rep, { at }: Route): boolean {
  switch (at) {
    case 'phone':
    case 'account':
      return true;
    case 'set-up':
      return may.includes('team.manage');
    case 'board':
    case 'blocks':
      return may.includes('board.see');
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
