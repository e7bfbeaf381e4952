/** `/api/reach`: what an owner has to know to see whether shoppers reach the shop, and a way to try it. */
import { X509Certificate } from 'node:crypto';
import { inUrl } from '../../../shared/addresses.ts';
import type { LegId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { refuse } from '../../../shared/refusals.ts';
import { isOwnOrigin } from '../../identity/origins.ts';
import { addressesReachedBy } from '../../media/addresses.ts';
import { fetchPage } from '../../shop-page/fetch-page.ts';
import { judgePage, type Shop } from '../../shop-page/findings.ts';
import { listQueues } from '../../store/queues.ts';
import { listSites } from '../../store/sites.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { partsNotReady } from '../health.ts';
import { queueAvailability } from '../queue-availability.ts';
import type { Handlers } from './mount.ts';

export function reachHandlers(
  deps: HttpDeps,
): Handlers<
  | 'GET /api/reach'
  | 'POST /api/reach/page'
  | 'GET /api/reach/capabilities'
  | 'POST /api/reach/trials'
  | 'POST /api/reach/trials/connect'
> {
  const { db, config, place, trials, shopPages, ownOrigins, now, log } = deps;

  /** What a page of theirs is compared with. */
  async function shopsOf(sites: readonly SiteId[]): Promise<Shop[]> {
    const list = await listSites(db, sites);
    return list.map(({ id, name, key, allowedOrigins }) => ({
      ...{ id, name, key },
      allows: origin => allowedOrigins.includes(origin) || isOwnOrigin(origin, ownOrigins()),
    }));
  }

  return {
    async 'GET /api/reach'({ scope }) {
      const [queues, notReady] = await Promise.all([listQueues(db, scope.sites), partsNotReady(deps)]);
      const states = await Promise.all(
        queues.map(async ({ id, siteId, name, siteName }) => ({
          ...{ id, name, siteName },
          ...(await queueAvailability(deps, siteId, id)),
        })),
      );
      const { ports, certificate, mediaPorts, acme } = place();
      return {
        publicUrl: config.publicUrl,
        ports,
        mediaPorts,
        network: addressesReachedBy(config.host).map(address => `https://${inUrl(address)}:${ports.https}`),
        certificate: describe(certificate),
        acme,
        notReady: notReady.map(({ message: _, ...ill }) => ill),
        queues: states,
        serverTime: now(),
      };
    },

    /** What keeps the button from working on a page of the shop. */
    async 'POST /api/reach/page'({ scope, body: { url: typed, site } }) {
      const shops = await shopsOf(scope.sites);
      const meant = shops.find(({ id }) => id === site) ?? null;
      if (site !== undefined && !meant) throw new HttpError('not-found', refuse('noSuchSite'));
      const fetched = await fetchPage(shopPages, typed);
      const nothing = { url: typed, site: meant?.id ?? null };
      if (fetched.is !== 'page') return { ...nothing, findings: [fetched] };
      const { url, answer } = fetched;
      if (answer.status >= 400)
        return { ...nothing, url: url.href, findings: [{ is: 'status', status: answer.status }] };
      const page = { url, headers: answer.headers, text: answer.body.toString('utf8') };
      const servers = [...(config.publicUrl ? [new URL(config.publicUrl).origin] : []), ...ownOrigins()];
      const { findings, shop } = judgePage(page, { servers, shops, meant });
      return { url: url.href, site: shop?.id ?? null, findings };
    },

    /** Two transports of a real leg that nobody hears: the browser tries one by UDP and one by TCP. */
    async 'POST /api/reach/trials'({ member, body: { rtpCapabilities } }) {
      if (!trials) throw new HttpError('not-ready');
      // One for each admin: a new one takes the place of the one before.
      const trial = `trial:${member.id}` as LegId;
      const { send, receive } = await trials.openLeg(trial, rtpCapabilities);
      setTimeout(() => {
        if (trials.hasLeg(trial)) trials.closeLeg(trial);
      }, limits.reachTrialMs).unref();
      log.info({ rep: member.id }, 'the way of the sound is tried out');
      return { trial, send, receive, iceServers: trials.iceServers };
    },

    'GET /api/reach/capabilities'() {
      if (!trials) throw new HttpError('not-ready');
      return { routerRtpCapabilities: trials.routerRtpCapabilities };
    },

    async 'POST /api/reach/trials/connect'({ member, body: { trial, transportId, dtlsParameters } }) {
      const own = `trial:${member.id}` as LegId;
      if (!trials?.hasLeg(own) || trial !== own) throw new HttpError('not-found', refuse('trialOver'));
      await trials.connect(own, transportId, dtlsParameters);
      return {};
    },
  };
}

function describe(pem: string) {
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
