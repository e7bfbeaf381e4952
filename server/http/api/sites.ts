/** `/api/sites`: what a shop's page may ask before anybody clicks, and what a merchant sets for a whole site. */
import { randomUUID } from 'node:crypto';
import cors from '@koa/cors';
import type { Appearance } from '../../../shared/appearance.ts';
import type { QueueId, SiteId } from '../../../shared/ids.ts';
import { refuse } from '../../../shared/refusals.ts';
import { openSite } from '../../calls/commands/queue-commands.ts';
import { inLanguage } from '../../calls/routing/availability.ts';
import { allowOrigin, forgetOrigin } from '../../demand/refused-origins.ts';
import { originAllowed } from '../../identity/origins.ts';
import { difference, recordAudit, recordChange } from '../../store/audit.ts';
import { siteHasImage } from '../../store/images.ts';
import type { Scope } from '../../store/members.ts';
import { changeSite, findSite, findSiteByKey, listSites, readSiteSettings } from '../../store/sites.ts';
import type { AvailabilityCache } from '../availability-cache.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError, storeDown } from '../errors.ts';
import type { Handlers } from './mount.ts';
import { accountIn } from './team.ts';

/**
 * Does it with the name in small letters, as it may stand in an attribute; with a number where that is taken, be it in this very
 * moment: the index is what decides.
 */
async function withFreeKey(
  db: HttpDeps['db'],
  name: string,
  add: (key: string) => Promise<void>,
): Promise<void> {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const base =
    plain
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 40) || 'shop';
  for (let number = 1; ; number++) {
    const key = number === 1 ? base : `${base}-${number}`;
    if (await findSiteByKey(db, key)) continue;
    try {
      await add(key);
      return;
    } catch (error) {
      if (!(await findSiteByKey(db, key))) throw error;
    }
  }
}

/** Throws `changed-meanwhile` with the first field that is neither what the asker saw nor what they want. */
function mustBeSeen(
  wanted: Partial<Appearance> = {},
  seen: Partial<Appearance> = {},
  current: Appearance,
): void {
  for (const key of Object.keys(seen) as (keyof Appearance)[])
    if (key in wanted && current[key] !== seen[key] && current[key] !== wanted[key])
      throw new HttpError('changed-meanwhile', undefined, { field: `appearance.${key}` });
}

export function siteHandlers(
  deps: HttpDeps,
  quick: AvailabilityCache,
): Handlers<
  | 'GET /api/sites/:siteKey/availability'
  | 'GET /api/sites'
  | 'POST /api/sites'
  | 'PATCH /api/sites/:siteId'
  | 'GET /api/sites/:siteId/refused-origins'
  | 'POST /api/sites/:siteId/refused-origins/forget'
  | 'POST /api/sites/:siteId/allowed-origins'
> {
  const { db, transactions, log } = deps;
  const noSuchSite = () => new HttpError('not-found', refuse('noSuchSite'));
  const siteOf = async (siteId: SiteId, { sites }: Scope) => {
    const site = await findSite(db, siteId);
    if (!site || !sites.includes(siteId)) throw noSuchSite();
    return site;
  };
  const sheetOf = async (siteId: SiteId) => {
    const sheet = (await listSites(db, [siteId]))[0];
    if (!sheet) throw noSuchSite();
    return sheet;
  };

  return {
    async 'GET /api/sites/:siteKey/availability'({ ctx, params, query: { queue: queueId, lang } }) {
      if (deps.storeTrouble()) {
        // Whose list it is on cannot be looked up; that nobody can call is no secret.
        ctx.set('access-control-allow-origin', '*');
        throw storeDown();
      }
      const site = await findSiteByKey(db, params.siteKey);
      // Browsers leave the header out when a page asks its own server; a page elsewhere cannot leave it out.
      const origin = ctx.get('origin');
      const allowed = origin === '' || !site || originAllowed(origin, site, deps.ownOrigins());
      // An unknown key has no list; anybody may read that it is unknown, which helps who mistyped it.
      await cors({ origin: () => (allowed ? origin : '') })(ctx, async () => undefined);
      if (!site) throw new HttpError('unknown-site');
      if (!allowed) {
        deps.refusedOrigins.note(site.id, origin, deps.networkOf(ctx.ip));
        throw new HttpError(
          'origin-not-allowed',
          refuse('originNotListed', { origin: origin.slice(0, 200) }),
        );
      }
      const reading = deps.reachability(site.id, queueId);
      const { appearance } = readSiteSettings(site);
      const answer = { ...inLanguage(await reading, lang), appearance };
      quick.answering(ctx.req, ctx.res, { siteId: site.id, queueId, reading }, answer);
      return answer;
    },

    async 'GET /api/sites'({ scope }) {
      return { sites: await listSites(db, scope.sites) };
    },

    async 'POST /api/sites'({ member, scope, body: { name, queue: queueName, accountId: wanted } }) {
      const accountId = accountIn(scope, wanted);
      // Whose role is about some sites only would not see the new one.
      if (member.memberships.find(one => one.accountId === accountId)?.sites)
        throw new HttpError('not-allowed');
      const siteId = randomUUID() as string as SiteId;
      const queueId = randomUUID() as string as QueueId;
      const deed = { accountId, by: member.id, action: 'site.added', target: name } as const;
      await withFreeKey(db, name, key =>
        transactions.change([], async change => {
          await openSite(change, {
            accountId,
            siteId,
            queueId,
            key,
            name,
            ...(queueName ? { queueName } : {}),
          });
          await recordAudit(change.db, deed, deps.now());
        }),
      );
      log.info({ rep: member.id, site: siteId }, 'site added');
      return { site: await sheetOf(siteId) };
    },

    /** Pages that asked for the button and are not on the list, nor our own by now. */
    async 'GET /api/sites/:siteId/refused-origins'({ scope, params }) {
      const site = await siteOf(params.siteId, scope);
      const refused = await deps.refusedOrigins.list(site.id);
      return { refused: refused.filter(({ origin }) => !originAllowed(origin, site, deps.ownOrigins())) };
    },

    async 'POST /api/sites/:siteId/allowed-origins'({ member, scope, params, body: { origin } }) {
      const { id, account_id: accountId, name } = await siteOf(params.siteId, scope);
      const deed = { accountId, by: member.id, action: 'site.changed', target: name } as const;
      await transactions.change([id], async change => {
        const became = await allowOrigin(change.db, id, origin);
        if (became === 'full') throw new HttpError('no-room', refuse('addressListFull'));
        if (became === 'was-allowed') return;
        await recordAudit(change.db, { ...deed, after: { allowedOrigin: origin } }, deps.now());
      });
      quick.forget();
      log.info({ rep: member.id, site: id, origin }, 'origin allowed');
      return { site: await sheetOf(id) };
    },

    async 'POST /api/sites/:siteId/refused-origins/forget'({ scope, params, body: { origin } }) {
      const { id } = await siteOf(params.siteId, scope);
      await forgetOrigin(db, id, origin);
      return {};
    },

    async 'PATCH /api/sites/:siteId'({ member, scope, params, body }) {
      await siteOf(params.siteId, scope);
      const { callDays, personalDays } = body.retention ?? { callDays: 1, personalDays: 1 };
      if (personalDays > callDays)
        throw new HttpError('bad-request', refuse('keptLongerThanCalls'), {
          field: 'retention.personalDays',
        });
      const { before: seen, ...wanted } = body;
      const site = await transactions.change([params.siteId], async change => {
        const [before] = await listSites(change.db, [params.siteId]);
        if (!before) throw noSuchSite();
        mustBeSeen(wanted.appearance, seen?.appearance, before.appearance);
        const logo = wanted.appearance?.logo;
        if (logo && !(await siteHasImage(change.db, before.id, logo)))
          throw new HttpError('not-found', refuse('pictureGone'), { field: 'appearance.logo' });
        const changed = await changeSite(change.db, before.id, wanted);
        if (!changed) throw noSuchSite();
        const deed = { accountId: before.accountId, by: member.id, target: before.name };
        const differs = difference(before, changed);
        await recordChange(change.db, { ...deed, action: 'site.changed', ...differs }, deps.now());
        // Pages that are open are told in which language, and in which words, they speak from now on.
        if (wanted.languages || wanted.words) change.route(before.id);
        return changed;
      });
      quick.forget();
      log.info({ rep: member.id, site: site.id, changed: Object.keys(body) }, 'site changed');
      return { site };
    },
  };
}
