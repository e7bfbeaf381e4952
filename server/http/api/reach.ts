/** `/api/reach`: what an owner has to know to see whether shoppers reach the shop, and a way to try it. */
import { X509Certificate } from 'node:crypto';
import { inUrl } from '../../../shared/addresses.ts';
import type { LegId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { refuse } from '../../../shared/refusals.ts';
import { addressesReachedBy } from '../../media/addresses.ts';
import { createGuardedClient, FetchError } from '../../net/guarded-client.ts';
import { listQueues } from '../../store/queues.ts';
import type { HttpDeps } from '../deps.ts';
import { HttpError } from '../errors.ts';
import { partsNotReady } from '../health.ts';
import { queueAvailability } from '../queue-availability.ts';
import { readShopPage } from '../shop-page.ts';
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
  const { db, config, place, trials, now, log } = deps;
  const client = createGuardedClient({
    names: 'any',
    trustedOrigins: [],
    timeoutMs: limits.shopPageMs,
    maxBytes: limits.shopPageBytes,
  });

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
        notReady,
        queues: states,
        serverTime: now(),
      };
    },

    /** What the shop's own page says about microphones, and whether the button is on it. */
    async 'POST /api/reach/page'({ body: { url } }) {
      try {
        const answer = await client.send(URL.parse(url)?.href ?? url, {
          method: 'GET',
          headers: { accept: 'text/html', 'user-agent': 'TalkToUs-check' },
          body: null,
        });
        return readShopPage(answer);
      } catch (error) {
        if (!(error instanceof FetchError)) throw error;
        throw new HttpError('bad-request', refuse(`page-${error.problem}`), { field: 'url', cause: error });
      }
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
