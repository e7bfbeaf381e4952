import type { BoardCall, BoardPush, BoardQueue, BoardRep } from '../../../shared/board.ts';

type Part<Row> = { total: number; rows: readonly Row[] };
/** What of the live board is looked at. */
export type BoardRows = { queues: Part<BoardQueue>; calls: Part<BoardCall>; reps: Part<BoardRep> };

const none = { total: 0, rows: [] };
export const noRows: BoardRows = { queues: none, calls: none, reps: none };

/** The rows after the server told what changed. */
export function withChanges(before: BoardRows, { fresh, queues, calls, reps }: BoardPush): BoardRows {
  const from = fresh ? noRows : before;
  return {
    queues: changed(from.queues, queues, row => row.queueId),
    calls: changed(from.calls, calls, row => row.callId),
    reps: changed(from.reps, reps, row => row.repId),
  };
}

function changed<Row>(
  before: Part<Row>,
  part: { total: number; ids?: string[] | undefined; rows: Row[] } | undefined,
  idOf: (row: Row) => string,
): Part<Row> {
  if (!part) return before;
  const known = new Map([...before.rows, ...part.rows].map(row => [idOf(row), row]));
  const ids = part.ids ?? before.rows.map(idOf);
  return { total: part.total, rows: ids.map(id => known.get(id)).filter(row => row !== undefined) };
}
