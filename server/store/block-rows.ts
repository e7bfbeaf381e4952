import type { BlockId, CallId, RepId, SiteId } from '../../shared/ids.ts';

/** A caller of whom a site takes no calls. */
export type BlockRow = {
  id: BlockId;
  site_id: SiteId;
  /** By which the caller was known when they were blocked; null for blocks of early versions. It may be deleted by now. */
  call_id: CallId | null;
  /** Who it is, as reps know them: a number or a name; empty for neither. */
  label: string;
  reason: string;
  rep_id: RepId;
  created_at: number;
  /** Null for good. */
  expires_at: number | null;
};

/** What a blocked caller is recognised by: `shopper:`, `network:` or `number:` and the value. */
export type BlockMarkRow = { site_id: SiteId; mark: string; block_id: BlockId };
