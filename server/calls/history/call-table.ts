/** The list of calls as a table for a spreadsheet. */
import type { CallSummary, UnmetHour } from '../../../shared/api/calls.ts';
import { limits } from '../../../shared/limits.ts';
import { outcomeOf } from './call-list.ts';
import { byteOrderMark, csvLine } from './csv.ts';

const columns: Record<string, (call: CallSummary) => string | number | null> = {
  'Began (UTC)': call => clock(call.startedAt),
  'Ended (UTC)': call => (call.endedAt === null ? null : clock(call.endedAt)),
  Queue: call => call.queueName,
  Outcome: call => outcomeOf(call) ?? call.state,
  'Ended because': call => call.endReason,
  'Talked to': call => call.repNames.join(', '),
  'In line (s)': call => seconds(call.waitedMs),
  'Of that, ringing (s)': call => seconds(call.rangMs),
  'Talked (s)': call => seconds(call.talkedMs ?? 0),
  Callback: call => call.callback,
  Name: call => call.context.name ?? null,
  Number: call => call.phone,
  'Page title': call => call.context.page?.title ?? null,
  Page: call => call.context.page?.url ?? null,
  Cart: call => call.context.cart?.total ?? null,
  Note: call => call.note,
  Call: call => call.callId,
};

const clock = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
const seconds = (ms: number) => Math.round(ms / 1000);

/** As text, a piece at a time. No more than `limits.exportedCalls`; a last line says so where there are more. */
export async function* callTable(calls: AsyncIterable<CallSummary>): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(Object.keys(columns));
  let count = 0;
  for await (const call of calls) {
    if (count === limits.exportedCalls) {
      yield csvLine([`Only the newest ${count} calls are here. Choose a shorter time for the others.`]);
      return;
    }
    count++;
    yield csvLine(Object.values(columns).map(read => read(call)));
  }
}

/** Clicks that led to no call, as text. */
export const unmetTable = (hours: readonly UnmetHour[]): string =>
  byteOrderMark +
  [
    csvLine(['Hour (UTC)', 'Queue', 'Reason', 'Clicks']),
    ...hours.map(({ hour, queueName, reason, count }) => csvLine([clock(hour), queueName, reason, count])),
  ].join('');
