/** Views to test with: a rep who is available and has nothing to do, changed by what a test says. */
import type { CallId, OfferId } from '../../../shared/ids.ts';
import type { CallCard, RepView, RepWork } from '../../../shared/views.ts';

export const card = (callId = 'call-1', name?: string): CallCard => ({
  callId: callId as CallId,
  queueName: 'Sales',
  siteName: 'Lantern & Loom',
  siteLogo: null,
  siteAccent: null,
  context: name ? { name } : {},
  cart: null,
  phone: null,
  lastCall: null,
  since: 1_000,
  callback: null,
});

export const ringing = (offerId = 'offer-1', call = card()): Extract<RepWork, { state: 'ringing' }> => ({
  state: 'ringing',
  offerId: offerId as OfferId,
  madeAt: 10_000,
  dueAt: 30_000,
  call,
  handed: null,
});

export const talking = (
  change: Partial<Extract<RepWork, { state: 'talking' }>> = {},
): Extract<RepWork, { state: 'talking' }> => ({
  state: 'talking',
  call: card(),
  answeredAt: 20_000,
  muted: false,
  shopperMuted: false,
  shopperMicrophone: 'ok',
  handed: null,
  transfer: null,
  transferFailed: null,
  onHoldSince: null,
  shopperLost: false,
  quality: { shopper: null, rep: null },
  transferTo: [],
  ...change,
});

export const wrapUp = (): Extract<RepWork, { state: 'wrap-up' }> => ({
  state: 'wrap-up',
  call: card(),
  endedAt: 60_000,
  reason: 'shopper-hung-up',
  dueAt: 75_000,
});

export const viewOf = (work: RepWork = { state: 'idle' }, change: Partial<RepView> = {}): RepView => ({
  serverTime: 10_000,
  rep: { name: 'Ana Novak', email: 'ana@example.com' },
  access: 'main rep *',
  status: 'available',
  statusReason: 'chosen',
  statusSince: 0,
  statusNote: '',
  awayReasons: [],
  declineReasons: [],
  told: null,
  mediaReady: true,
  work,
  queues: [],
  waiting: [],
  absent: [],
  absentTotal: 0,
  waitingTotal: 0,
  missed: null,
  ...change,
});
