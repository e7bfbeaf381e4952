/**
 * What the live board of one site shows, kept while somebody looks at it. After a change only the calls and reps that it
 * names are read, once for all who look; a row that stays as it is stays the same object, so that whoever was sent it is
 * not sent it again.
 */
import type { Kysely } from 'kysely';
import type { BoardCall, BoardQueue, BoardRep } from '../../../../shared/board.ts';
import type { CallId, QueueId, RepId, SiteId } from '../../../../shared/ids.ts';
import { limits } from '../../../../shared/limits.ts';
import type { PartyMark, SiteChanged } from '../../../bus/bus.ts';
import type { Database } from '../../../store/schema.ts';
import {
  type LiveCall,
  type LiveQueue,
  readDay,
  readLiveCalls,
  readLiveQueues,
  readLiveReps,
} from './rows.ts';

/** A row with its text: the same object for as long as it says the same. */
export type Shown<Row> = { readonly row: Row; readonly text: string };

export type CallOnBoard = Shown<BoardCall> & Pick<LiveCall, 'queuedAt' | 'inReach'>;
const noDay: BoardQueue['today'] = { answered: 0, inTime: 0, abandoned: 0 };

export class SiteBoard {
  readonly siteId: SiteId;
  readonly calls = new Map<CallId, CallOnBoard>();
  readonly reps = new Map<RepId, Shown<BoardRep>>();
  readonly queues = new Map<QueueId, Shown<BoardQueue>>();
  /** Who serves which queue. */
  readonly members = new Map<QueueId, ReadonlySet<RepId>>();
  readonly #db: Kysely<Database>;
  readonly #now: () => number;
  readonly #changedCalls = new Set<CallId>();
  readonly #changedReps = new Set<RepId>();
  #marks: PartyMark[] = [];
  #queuesChanged = true;
  #live: readonly LiveQueue[] = [];
  #day: ReadonlyMap<QueueId, BoardQueue['today']> = new Map();
  #countedAt = Number.NEGATIVE_INFINITY;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(db: Kysely<Database>, siteId: SiteId, now: () => number) {
    this.#db = db;
    this.siteId = siteId;
    this.#now = now;
  }

  /** To be read at the next refresh. */
  changed({ callIds, repIds, queueIds, marks }: SiteChanged): void {
    for (const id of callIds) this.#changedCalls.add(id);
    for (const id of repIds) this.#changedReps.add(id);
    if (queueIds.length > 0) this.#queuesChanged = true;
    this.#marks.push(...marks);
  }

  get isRead(): boolean {
    return this.#readAt !== Number.NEGATIVE_INFINITY;
  }

  /** All of it is read at the next refresh. */
  forget(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  /** Reads what has changed since the last time. Never to be called while it is under way. */
  async refresh(): Promise<void> {
    const now = this.#now();
    const anew = now - this.#readAt > limits.boardAnewMs || now < this.#readAt;
    const marks = this.#marks.splice(0);
    const callIds = [...this.#changedCalls];
    const repIds = [...this.#changedReps];
    const queuesChanged = this.#queuesChanged || anew;
    // What changes while this is read is read the next time.
    this.#changedCalls.clear();
    this.#changedReps.clear();
    this.#queuesChanged = false;
    try {
      if (queuesChanged) await this.#readQueues();
      if (anew || callIds.length > 0) await this.#readCalls(anew ? undefined : callIds);
      // Who joins or leaves a queue is told as a change of the queue.
      if (queuesChanged || repIds.length > 0) await this.#readReps(queuesChanged ? undefined : repIds);
      if (anew || now - this.#countedAt > limits.boardTodayMs) {
        this.#day = await readDay(this.#db, this.siteId, now);
        this.#countedAt = now;
      }
      if (anew) this.#readAt = now;
    } catch (error) {
      this.forget();
      throw error;
    }
    for (const mark of marks) this.#mark(mark);
    this.#count();
  }

  async #readQueues(): Promise<void> {
    this.#live = await readLiveQueues(this.#db, this.siteId);
    this.members.clear();
    for (const { queueId, members } of this.#live) this.members.set(queueId, members);
  }

  async #readCalls(ids: CallId[] | undefined): Promise<void> {
    const found = await readLiveCalls(this.#db, this.siteId, ids);
    const gone = new Set(ids ?? this.calls.keys());
    for (const { row, queuedAt, inReach } of found) {
      gone.delete(row.callId);
      // What counts beside the row shows in no row but the queue's.
      const kept = shown(this.calls.get(row.callId), row);
      this.calls.set(row.callId, Object.assign(kept, { queuedAt, inReach }));
    }
    for (const id of gone) this.calls.delete(id);
  }

  async #readReps(ids: RepId[] | undefined): Promise<void> {
    const gone = new Set(ids ?? this.reps.keys());
    for (const row of await readLiveReps(this.#db, this.siteId, ids)) {
      gone.delete(row.repId);
      this.reps.set(row.repId, shown(this.reps.get(row.repId), row));
    }
    for (const id of gone) this.reps.delete(id);
  }

  /** What one side said of its line, with nothing read. */
  #mark(mark: PartyMark): void {
    const call = this.calls.get(mark.callId);
    if (!call || !('mos' in mark)) return;
    const side = mark.kind === 'shopper' ? 'shopper' : 'rep';
    const row = { ...call.row, quality: { ...call.row.quality, [side]: mark.mos } };
    const marked = shown(call, row);
    if (marked !== call) this.calls.set(mark.callId, { ...call, ...marked });
  }

  #count(): void {
    const inQueue = Map.groupBy(this.calls.values(), ({ row }) => row.queueId);
    const gone = new Set(this.queues.keys());
    for (const { members, ...queue } of this.#live) {
      gone.delete(queue.queueId);
      const calls = inQueue.get(queue.queueId) ?? [];
      const waiting = calls.filter(
        ({ row, inReach }) => inReach && (row.state === 'waiting' || row.state === 'ringing'),
      );
      const states = [...members].map(repId => this.reps.get(repId)?.row.state);
      const counts: BoardQueue = {
        ...queue,
        waiting: waiting.length,
        longestSince: waiting.reduce<number | null>(
          (first, { queuedAt }) => (first === null ? queuedAt : Math.min(first, queuedAt)),
          null,
        ),
        free: states.filter(state => state === 'free').length,
        busy: states.filter(state => state === 'ringing' || state === 'talking' || state === 'wrap-up')
          .length,
        talking: calls.filter(({ row }) => row.state === 'talking').length,
        today: this.#day.get(queue.queueId) ?? noDay,
      };
      this.queues.set(queue.queueId, shown(this.queues.get(queue.queueId), counts));
    }
    for (const id of gone) this.queues.delete(id);
  }
}

/** The one that was there, where it says the same. */
function shown<Row, Before extends Shown<Row>>(before: Before | undefined, row: Row): Before | Shown<Row> {
  const text = JSON.stringify(row);
  return before?.text === text ? before : { row, text };
}
