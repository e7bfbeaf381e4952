/** `/api/sites`: what a merchant sets for a whole site. Admins only. */
import { randomUUID } from 'node:crypto';
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import type { QueueId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { membership, siteBody } from '../../../shared/settings.ts';
import { changeMembers } from '../../calls/commands/queue-commands.ts';
import { allowOrigin, forgetOrigin } from '../../demand/refused-origins.ts';
import { canonicalOrigin, originAllowed } from '../../identity/origins.ts';
import { listTeam } from '../../store/accounts.ts';
import { addSite, changeSite, findSite, findSiteByKey, listSites } from '../../store/sites.ts';
import { signedInAdmin } from '../admin.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import type { QuickAvailability } from '../quick-availability.ts';
import { readBody } from '../request-rules.ts';

const originBody = z.strictObject({
  origin: z
    .string()
    .max(limits.maxOriginLength)
    .refine(text => canonicalOrigin(text) === text, 'That is not the address of a web page’s server.'),
});

/** The name in small letters, as it may stand in an attribute; with a number where it is taken. */
async function freeKey(db: HttpDeps['db'], name: string): Promise<string> {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const base =
    plain
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 40) || 'shop';
  for (let number = 1; ; number++) {
    const key = number === 1 ? base : `${base}-${number}`;
    if (!(await findSiteByKey(db, key))) return key;
  }
}

export function siteSettingsRoutes(
  router: Router,
  deps: HttpDeps,
  { forget }: Pick<QuickAvailability, 'forget'>,
): void {
  router.get('/api/sites', async ctx => {
    await signedInAdmin(ctx, deps);
    ctx.body = { sites: await listSites(deps.db) };
  });

  router.post('/api/sites', async ctx => {
    const admin = await signedInAdmin(ctx, deps);
    const { name } = readBody(ctx, siteBody.pick({ name: true }));
    const siteId = randomUUID() as string as SiteId;
    const queueId = randomUUID() as string as QueueId;
    const key = await freeKey(deps.db, name);
    await deps.db.transaction().execute(tx => addSite(tx, { siteId, queueId, key, name }, deps.now()));
    const team = await listTeam(deps.db);
    await deps.transactions.change([siteId], change =>
      changeMembers(
        change,
        { siteId, queueId },
        team.map(({ id }) => membership.parse({ repId: id })),
      ),
    );
    deps.log.info({ rep: admin.id, site: siteId }, 'site added');
    ctx.body = { site: (await listSites(deps.db)).find(site => site.id === siteId) };
  });

  const siteOf = async (ctx: Context) => {
    const site = await findSite(deps.db, String(ctx.params.siteId) as SiteId);
    if (!site) throw new HttpError('not-found', 'There is no such site.');
    return site;
  };

  /** Pages that asked for the button and are not on the list, nor our own by now. */
  router.get('/api/sites/:siteId/refused-origins', async ctx => {
    await signedInAdmin(ctx, deps);
    const site = await siteOf(ctx);
    const refused = await deps.refusedOrigins.list(site.id);
    ctx.body = { refused: refused.filter(({ origin }) => !originAllowed(origin, site, deps.ownOrigins())) };
  });

  router.post('/api/sites/:siteId/allowed-origins', async ctx => {
    const admin = await signedInAdmin(ctx, deps);
    const { id } = await siteOf(ctx);
    const { origin } = readBody(ctx, originBody);
    if ((await allowOrigin(deps.db, id, origin)) === 'full')
      throw new HttpError(
        'no-room',
        'The list of addresses is full. Remove one that you no longer use first.',
      );
    forget();
    deps.log.info({ rep: admin.id, site: id, origin }, 'origin allowed');
    ctx.body = { site: (await listSites(deps.db)).find(site => site.id === id) };
  });

  router.post('/api/sites/:siteId/refused-origins/forget', async ctx => {
    await signedInAdmin(ctx, deps);
    const { id } = await siteOf(ctx);
    await forgetOrigin(deps.db, id, readBody(ctx, originBody).origin);
    ctx.body = {};
  });

  router.patch('/api/sites/:siteId', async ctx => {
    const admin = await signedInAdmin(ctx, deps);
    const change = readBody(ctx, siteBody.partial());
    const { callDays, personalDays } = change.retention ?? { callDays: 1, personalDays: 1 };
    if (personalDays > callDays)
      throw new HttpError(
        'bad-request',
        'What is known of shoppers cannot be kept longer than their calls. Choose fewer days.',
        { field: 'retention.personalDays' },
      );
    const site = await changeSite(deps.db, String(ctx.params.siteId) as SiteId, change);
    if (!site) throw new HttpError('not-found', 'There is no such site.');
    forget();
    deps.log.info({ rep: admin.id, site: site.id, changed: Object.keys(change) }, 'site changed');
    ctx.body = { site };
  });
}
