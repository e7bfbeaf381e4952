/** Which rows of the boards of some sites somebody sees who looks by a filter. */
import type {
  BoardCall,
  BoardCallState,
  BoardFilter,
  BoardPush,
  BoardQueue,
  BoardRep,
} from '../../../../shared/board.ts';
import { limits } from '../../../../shared/limits.ts';
import type { CallOnBoard, Shown, SiteBoard } from './site-board.ts';

/** One page of one kind of rows. */
export type Page<Row> = { total: number; rows: ReadonlyMap<string, Shown<Row>> };
export type BoardPage = { queues: Page<BoardQueue>; calls: Page<BoardCall>; reps: Page<BoardRep> };

const rank: Record<BoardCallState, number> = { waiting: 0, ringing: 1, 'calling-back': 2, talking: 3 };

/** @param boards only of sites that the one who looks may see */
export function pageOf(boards: readonly SiteBoard[], filter: BoardFilter): BoardPage {
  const seen = boards.filter(({ siteId }) => !filter.siteId || siteId === filter.siteId);
  const name = filter.name.toLocaleLowerCase();
  const isNamed = (rep: { name: string }) => rep.name.toLocaleLowerCase().includes(name);
  const calls: CallOnBoard[] = [];
  // Whoever serves several sites is one rep.
  const reps = new Map<string, Shown<BoardRep>>();
  const queues: Shown<BoardQueue>[] = [];
  for (const board of seen) {
    for (const call of board.calls.values()) {
      const { row } = call;
      if (filter.queueId && row.queueId !== filter.queueId) continue;
      if (filter.callState && row.state !== filter.callState) continue;
      if (name && !row.reps.some(isNamed)) continue;
      calls.push(call);
    }
    const members = filter.queueId ? board.members.get(filter.queueId) : null;
    for (const rep of board.reps.values()) {
      const { row } = rep;
      if (members !== null && !members?.has(row.repId)) continue;
      if (filter.repState && row.state !== filter.repState) continue;
      if (name && !isNamed(row)) continue;
      reps.set(row.repId, rep);
    }
    for (const queue of board.queues.values())
      if (!filter.queueId || queue.row.queueId === filter.queueId) queues.push(queue);
  }
  calls.sort(
    ({ row: a }, { row: b }) =>
      rank[a.state] - rank[b.state] || a.since - b.since || (a.callId < b.callId ? -1 : 1),
  );
  const sorted = [...reps.values()].sort(
    ({ row: a }, { row: b }) => order.compare(a.name, b.name) || (a.repId < b.repId ? -1 : 1),
  );
  return {
    queues: cut(queues, 0, limits.boardQueues, ({ queueId }) => queueId),
    calls: cut(calls, filter.callPage, limits.boardPage, ({ callId }) => callId),
    reps: cut(sorted, filter.repPage, limits.boardPage, ({ repId }) => repId),
  };
}

const order = new Intl.Collator('en');

/** The last page where there are fewer. */
function cut<Row>(
  all: readonly Shown<Row>[],
  wanted: number,
  size: number,
  idOf: (row: Row) => string,
): Page<Row> {
  const page = Math.max(0, Math.min(wanted, Math.ceil(all.length / size) - 1));
  const rows = all.slice(page * size, (page + 1) * size);
  return { total: all.length, rows: new Map(rows.map(one => [idOf(one.row), one])) };
}

/** What somebody has to be sent who was sent `before`; null for nothing. The rows are text already. */
export function changesBetween(
  before: BoardPage | null,
  after: BoardPage,
  serverTime: number,
): string | null {
  const parts = (['queues', 'calls', 'reps'] as const).flatMap(kind => {
    const part = partBetween<unknown>(before?.[kind] ?? null, after[kind]);
    return part === null ? [] : [`"${kind satisfies keyof BoardPush}":${part}`];
  });
  if (parts.length === 0) return null;
  return `{"push":"board","serverTime":${serverTime},"fresh":${before === null},${parts.join(',')}}`;
}

function partBetween<Row>(before: Page<Row> | null, after: Page<Row>): string | null {
  const ids = [...after.rows.keys()];
  const isMoved =
    !before || before.rows.size !== ids.length || [...before.rows.keys()].some((id, at) => id !== ids[at]);
  const rows = ids.filter(id => before?.rows.get(id) !== after.rows.get(id));
  if (before && !isMoved && rows.length === 0 && before.total === after.total) return null;
  const texts = rows.map(id => after.rows.get(id)!.text).join(',');
  return `{"total":${after.total},${isMoved ? `"ids":${JSON.stringify(ids)},` : ''}"rows":[${texts}]}`;
}
