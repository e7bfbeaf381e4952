/** `/api/reach`: what an owner has to know to see whether shoppers reach the shop, and a way to try it. Admins only. */
import { X509Certificate } from 'node:crypto';
import type Router from '@koa/router';
import { z } from 'zod';
import { inUrl } from '../../../shared/addresses.ts';
import type { PageReport, ReachReport } from '../../../shared/admin.ts';
import type { LegId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { dtlsParameters, rtpCapabilities } from '../../../shared/protocol.ts';
import { addressesReachedBy } from '../../media/addresses.ts';
import { createGuardedClient, FetchError, type FetchProblem } from '../../net/guarded-client.ts';
import { listQueues } from '../../store/queues.ts';
import { signedInAdmin } from '../admin.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { partsNotReady } from '../health.ts';
import { queueAvailability } from '../queue-availability.ts';
import { readBody } from '../request-rules.ts';
import { readShopPage } from '../shop-page.ts';

const pageBody = z.strictObject({ url: z.string().trim().max(limits.maxUrlLength) });
const trialBody = z.strictObject({ rtpCapabilities });
const connectBody = z.strictObject({
  trial: z.string().max(64),
  transportId: z.string().max(64),
  dtlsParameters,
});

const problems: Record<FetchProblem, string> = {
  'not-allowed': 'Only a page that begins with https:// and a public name can be looked at from here.',
  'not-public': 'That name leads into a private network, which shoppers do not reach.',
  unreachable: 'The page could not be reached from this server.',
  'too-slow': 'The page took too long to answer.',
  'too-large': 'The page is too large to be looked at.',
};

export function reachRoutes(router: Router, deps: HttpDeps): void {
  const { db, config, place, trials, now, log } = deps;
  const client = createGuardedClient({
    names: 'any',
    trustedOrigins: [],
    timeoutMs: limits.shopPageMs,
    maxBytes: limits.shopPageBytes,
  });

  router.get('/api/reach', async ctx => {
    await signedInAdmin(ctx, deps);
    const [queues, notReady] = await Promise.all([listQueues(db), partsNotReady(deps)]);
    const states = await Promise.all(
      queues.map(async ({ id, siteId, name, siteName }) => ({
        ...{ id, name, siteName },
        ...(await queueAvailability(deps, siteId, id)),
      })),
    );
    const { ports, certificate, mediaPorts } = place();
    const report: ReachReport = {
      publicUrl: config.publicUrl,
      ports,
      mediaPorts,
      network: addressesReachedBy(config.host).map(address => `https://${inUrl(address)}:${ports.https}`),
      certificate: describe(certificate),
      notReady,
      queues: states,
      serverTime: now(),
    };
    ctx.body = report;
  });

  /** What the shop's own page says about microphones, and whether the button is on it. */
  router.post('/api/reach/page', async ctx => {
    await signedInAdmin(ctx, deps);
    const { url } = readBody(ctx, pageBody);
    const asked = URL.parse(url)?.href ?? url;
    try {
      const answer = await client.send(asked, {
        method: 'GET',
        headers: { accept: 'text/html', 'user-agent': 'TalkToUs-check' },
        body: null,
      });
      const report: PageReport = readShopPage(answer);
      ctx.body = report;
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      throw new HttpError('bad-request', problems[error.problem], { field: 'url', cause: error });
    }
  });

  /** Two transports of a real leg that nobody hears: the browser tries one by UDP and one by TCP. */
  router.post('/api/reach/trials', async ctx => {
    const admin = await signedInAdmin(ctx, deps);
    const { rtpCapabilities: capabilities } = readBody(ctx, trialBody);
    if (!trials) throw new HttpError('not-ready');
    // One for each admin: a new one takes the place of the one before.
    const trial = `trial:${admin.id}` as LegId;
    const media = await trials.openLeg(trial, capabilities);
    setTimeout(() => {
      if (trials.hasLeg(trial)) trials.closeLeg(trial);
    }, limits.reachTrialMs).unref();
    log.info({ rep: admin.id }, 'the way of the sound is tried out');
    ctx.body = { trial, send: media.send, receive: media.receive, iceServers: trials.iceServers };
  });

  router.get('/api/reach/capabilities', async ctx => {
    await signedInAdmin(ctx, deps);
    if (!trials) throw new HttpError('not-ready');
    ctx.body = { routerRtpCapabilities: trials.routerRtpCapabilities };
  });

  router.post('/api/reach/trials/connect', async ctx => {
    const admin = await signedInAdmin(ctx, deps);
    const { trial, transportId, dtlsParameters: dtls } = readBody(ctx, connectBody);
    const own = `trial:${admin.id}` as LegId;
    if (!trials?.hasLeg(own) || trial !== own)
      throw new HttpError('not-found', 'That trial is over. Try again.');
    await trials.connect(own, transportId, dtls);
    ctx.body = {};
  });
}

function describe(pem: string): ReachReport['certificate'] {
  const certificate = new X509Certificate(pem);
  return {
    selfSigned: certificate.issuer === certificate.subject,
    names: (certificate.subjectAltName ?? '')
      .split(', ')
      .map(name => name.replace(/^(DNS|IP Address):/, ''))
      .filter(name => name !== ''),
    from: certificate.validFromDate.getTime(),
    until: certificate.validToDate.getTime(),
  };
}
