/** The server itself: its health, how it is reached, and what its owner should know. */
import { z } from 'zod';
import { availabilities } from '../domain.ts';
import { id } from '../id-schemas.ts';
import type { QueueId, SiteId } from '../ids.ts';
import { limits } from '../limits.ts';
import { dtlsParameters, rtpCapabilities } from '../protocol.ts';
import { done, moment, type Routes, refusal } from './route.ts';
import { pageReport } from './shop-page.ts';

const port = z.number().int();
const acmeReport = z.strictObject({
  domains: z.array(z.string()),
  until: moment.nullable().describe('Until when the newest one is good; null while there is none that is'),
  failure: z
    .strictObject({ told: z.array(refusal), nextTryAt: moment })
    .nullable()
    .describe('The last try was in vain: why, with what to do'),
});
/** The certificate that this server gets for itself. */
export type AcmeReport = z.output<typeof acmeReport>;

const notReadyProblem = z.string().optional().describe('For programs, such as `full` of a database');
const notReadyParams = z
  .record(z.string(), z.number())
  .optional()
  .describe('Figures of the problem, such as `dead` of `all` media workers');

const reachReport = z.strictObject({
  publicUrl: z.string().nullable(),
  ports: z.strictObject({ http: port, https: port }),
  mediaPorts: z
    .strictObject({ first: port, last: port })
    .describe('By which sound comes and goes, UDP and TCP'),
  network: z.array(z.string()).describe('Addresses of this machine in its own network, with https'),
  certificate: z
    .strictObject({ selfSigned: z.boolean(), names: z.array(z.string()), from: moment, until: moment })
    .describe('Of the server itself, which a web server in front of it may replace'),
  acme: acmeReport.nullable().describe('Null where no certificate is asked for'),
  notReady: z
    .array(z.strictObject({ part: z.string(), problem: notReadyProblem, params: notReadyParams }))
    .describe('What cannot be used at present'),
  queues: z.array(
    z.strictObject({
      id: id<QueueId>(),
      name: z.string(),
      siteName: z.string(),
      availability: z.enum(availabilities),
      opensAt: moment.nullable(),
    }),
  ),
  serverTime: moment,
});
/** What an owner's page says about reachability is told from. */
export type ReachReport = z.output<typeof reachReport>;

const serverNotice = z.discriminatedUnion('code', [
  z
    .strictObject({
      code: z.literal('proxy-not-trusted'),
      params: z.strictObject({ percent: z.number(), certain: z.boolean() }),
    })
    .describe(
      '`percent` of the requests bear X-Forwarded-For while TRUST_PROXY is off. `certain`: those of signed-in people do',
    ),
  z
    .strictObject({ code: z.literal('proxy-missing'), params: z.strictObject({ percent: z.number() }) })
    .describe('TRUST_PROXY is on, and only `percent` of the requests bear X-Forwarded-For'),
]);
/** Something about how the server is run that its owner should know, until it is mended. */
export type ServerNotice = z.output<typeof serverNotice>;

const transport = z.strictObject({
  id: z.string(),
  iceParameters: z.unknown(),
  iceCandidates: z.array(z.unknown()),
  dtlsParameters: z.unknown(),
});
const iceServer = z.strictObject({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
});

export const serverRoutes = {
  'GET /healthz': {
    does: 'Answers while the process runs.',
    may: null,
    answer: z.strictObject({ status: z.literal('ok') }),
  },
  'GET /readyz': {
    does: 'Tells whether the server can take calls; with status 503 which part cannot.',
    may: null,
    answer: z.union([
      z.strictObject({ status: z.literal('ready') }),
      z.strictObject({
        status: z.literal('not-ready'),
        failing: z.array(
          z.strictObject({
            part: z.enum(['database', 'media', 'shutdown']),
            problem: notReadyProblem,
            params: notReadyParams,
            message: z.string().describe('For the operator'),
          }),
        ),
      }),
    ]),
  },
  'GET /metrics': {
    does: 'Figures for Prometheus, for this machine and private networks, or whoever shows METRICS_TOKEN.',
    may: null,
    answer: { contentType: 'text/plain; version=0.0.4; charset=utf-8' },
    errors: ['not-allowed'],
  },
  'GET /api': {
    does: 'This description, as a page.',
    may: null,
    answer: { contentType: 'text/html; charset=utf-8' },
  },
  'GET /api/openapi.json': {
    does: 'This description, in OpenAPI 3.1.',
    may: null,
    answer: z.record(z.string(), z.unknown()),
  },
  'GET /api/server-notices': {
    does: 'Tells what the server noticed about how it is run.',
    may: 'server.see',
    answer: z.strictObject({ notices: z.array(serverNotice) }),
  },
  'GET /api/reach': {
    does: 'Tells how the server is reached.',
    may: 'server.see',
    answer: reachReport,
  },
  'POST /api/reach/page': {
    does: 'Fetches a page of the shop and tells what keeps the button from working on it.',
    may: 'server.see',
    body: z.strictObject({
      url: z.string().trim().max(limits.maxUrlLength),
      site: id<SiteId>().optional().describe('Whose button it should be; any when left out'),
    }),
    answer: pageReport,
    errors: ['not-found'],
  },
  'GET /api/reach/capabilities': {
    does: 'Tells what the media server can send and receive.',
    may: 'server.see',
    answer: z.strictObject({ routerRtpCapabilities: z.unknown() }),
    errors: ['not-ready'],
  },
  'POST /api/reach/trials': {
    does: 'Opens two transports that nobody hears, so that the browser can try the way of the sound.',
    may: 'server.see',
    body: z.strictObject({ rtpCapabilities }),
    answer: z.strictObject({
      trial: z.string(),
      send: transport,
      receive: transport,
      iceServers: z.array(iceServer),
    }),
    errors: ['not-ready'],
  },
  'POST /api/reach/trials/connect': {
    does: 'DTLS of one of these transports.',
    may: 'server.see',
    body: z.strictObject({
      trial: z.string().max(64),
      transportId: z.string().max(64),
      dtlsParameters,
    }),
    answer: done,
    errors: ['not-found'],
  },
} as const satisfies Routes;
