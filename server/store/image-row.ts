import type { RepId, SiteId } from '../../shared/ids.ts';

/** A picture, either of a site, which may choose it as its logo, or of a person. */
export type ImageRow = {
  id: string;
  /** Made from what is in it. */
  name: string;
  site_id: SiteId | null;
  rep_id: RepId | null;
  created_at: number;
  data: Buffer;
};
