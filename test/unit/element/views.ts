import type { CallId } from '../../../shared/ids.ts';
import type { ShopperView } from '../../../shared/views.ts';

/** Second in line, with music. */
export const waiting: Extract<ShopperView, { state: 'waiting' }> = {
  state: 'waiting',
  serverTime: 1_000,
  callId: 'c1' as CallId,
  queueName: 'Sales',
  since: 0,
  place: 2,
  estimate: null,
  ringing: false,
  returned: false,
  setback: null,
  callback: { page: true, phone: false },
  announcements: null,
  message: '',
};
