import type {
  Block,
  CallOutcome,
  CallPage,
  CallStory,
  ListedQueue,
  PageReport,
  QueueSheet,
  ReachReport,
  RefusedOrigin,
  ServerNotice,
  SiteSheet,
  Sound,
  UnmetHour,
} from '../../shared/admin.ts';
import type { BlockId, CallId, QueueId, RepId, SiteId, SoundId } from '../../shared/ids.ts';
import type { Membership, QueueSettings, SkillNeed, TeamSettings } from '../../shared/settings.ts';
import { ask } from '../ui/api.ts';

/** What of a site an admin may change. */
export type SiteChange = Partial<Pick<SiteSheet, 'name' | 'allowedOrigins' | 'retention'>>;

const queue = (id: QueueId) => `/api/queues/${encodeURIComponent(id)}`;
const skillsOf = (id: RepId) => `/api/team/${encodeURIComponent(id)}/skills`;
const sound = (id: SoundId) => `/api/sounds/${encodeURIComponent(id)}`;

/** Which calls; what is empty does not matter. Days as `2026-11-25`, of this browser's time zone, both inclusive. */
export type CallSearch = {
  siteId: SiteId;
  text: string;
  queueId: string;
  repId: string;
  outcome: CallOutcome | '';
  fromDay: string;
  toDay: string;
};

/** As the server reads it. */
export function searchQuery(find: CallSearch, more: Record<string, string> = {}): URLSearchParams {
  const { fromDay, toDay, ...words } = find;
  const query = new URLSearchParams(more);
  for (const [name, value] of Object.entries(words)) if (value !== '') query.set(name, value);
  if (fromDay) query.set('from', String(startOf(fromDay)));
  // The day after, whose length may be 23 or 25 hours.
  if (toDay) query.set('until', String(startOf(toDay, 1)));
  return query;
}

/** When a day begins here, ms UTC; `later` days after it. */
function startOf(day: string, later = 0): number {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).getTime();
}

/** The admin area's HTTP requests. Each rejects with `ApiError`. */
type QueueChange = { name?: string; settings?: Partial<QueueSettings>; members?: Membership[] };

export const requests = {
  queues: () => ask<{ queues: ListedQueue[] }>('GET', '/api/queues').then(a => a.queues),
  addQueue: (siteId: SiteId, name: string) =>
    ask<{ queue: QueueSheet }>('POST', '/api/queues', { siteId, name }).then(a => a.queue),
  /** What is left out stays as it is. `before`: what was shown of what is changed. Answers with what counts from now on. */
  changeQueue: (id: QueueId, change: QueueChange & { before: QueueChange }) =>
    ask<Pick<QueueSheet, 'name' | 'settings' | 'members'>>('PATCH', queue(id), change),
  removeQueue: (id: QueueId) => ask<unknown>('DELETE', queue(id)),

  setSkills: (id: RepId, skills: SkillNeed[]) =>
    ask<{ skills: SkillNeed[] }>('PUT', skillsOf(id), { skills }).then(a => a.skills),
  teamSettings: () => ask<TeamSettings>('GET', '/api/team/settings'),
  setTeamSettings: (settings: TeamSettings) => ask<TeamSettings>('PUT', '/api/team/settings', settings),

  sites: () => ask<{ sites: SiteSheet[] }>('GET', '/api/sites').then(a => a.sites),
  addSite: (name: string) => ask<{ site: SiteSheet }>('POST', '/api/sites', { name }).then(a => a.site),
  changeSite: (id: SiteId, change: SiteChange) =>
    ask<{ site: SiteSheet }>('PATCH', `/api/sites/${encodeURIComponent(id)}`, change).then(a => a.site),

  /** The newest first; those behind `next` of the page before. */
  calls: (find: CallSearch, limit: number, next?: CallPage['next']) =>
    ask<CallPage>(
      'GET',
      `/api/calls?${searchQuery(find, { limit: String(limit), ...(next ? { before: `${next.startedAt},${next.callId}` } : {}) })}`,
    ),
  /** Clicks that led to no call, by hour. */
  unmet: (siteId: SiteId, from: number) =>
    ask<{ hours: UnmetHour[] }>(
      'GET',
      `/api/unmet-demand?${new URLSearchParams({ siteId, from: String(from) })}`,
    ).then(a => a.hours),
  call: (id: CallId) =>
    ask<{ call: CallStory }>('GET', `/api/calls/${encodeURIComponent(id)}`).then(a => a.call),

  /** Who is blocked in any shop, the newest first. */
  blocks: () => ask<{ blocks: Block[] }>('GET', '/api/blocks').then(a => a.blocks),
  liftBlock: (id: BlockId) => ask<unknown>('DELETE', `/api/blocks/${encodeURIComponent(id)}`),

  reach: () => ask<ReachReport>('GET', '/api/reach'),
  /** What the server noticed about how it is run. */
  notices: () =>
    ask<{ notices: ServerNotice[] }>('GET', '/api/server-notices').then(
      a => a.notices,
      // The rest of the page is worth more than this.
      () => [],
    ),
  shopPage: (url: string) => ask<PageReport>('POST', '/api/reach/page', { url }),
  refusedOrigins: (id: SiteId) =>
    ask<{ refused: RefusedOrigin[] }>('GET', `/api/sites/${encodeURIComponent(id)}/refused-origins`).then(
      a => a.refused,
    ),
  allowOrigin: (id: SiteId, origin: string) =>
    ask<{ site: SiteSheet }>('POST', `/api/sites/${encodeURIComponent(id)}/allowed-origins`, { origin }).then(
      a => a.site,
    ),
  forgetOrigin: (id: SiteId, origin: string) =>
    ask<unknown>('POST', `/api/sites/${encodeURIComponent(id)}/refused-origins/forget`, { origin }),

  sounds: (siteId: SiteId) =>
    ask<{ sounds: Sound[] }>('GET', `/api/sounds?${new URLSearchParams({ siteId })}`).then(a => a.sounds),
  sound: (id: SoundId) => ask<{ sound: Sound }>('GET', sound(id)).then(a => a.sound),
  renameSound: (id: SoundId, name: string) => ask<unknown>('PATCH', sound(id), { name }),
  removeSound: (id: SoundId) => ask<unknown>('DELETE', sound(id)),
};
