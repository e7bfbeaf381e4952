/** What an owner is told about the reachability of the shop: one line each, and what to do. Pure. */

import { reachOf } from '../../../shared/addresses.ts';
import type { ReachReport, ServerNotice } from '../../../shared/api/server.ts';
import { refusalText } from '../../ui/refusals.ts';
import { dateTime } from '../calls/call-time.ts';
import type { Finding } from '../finding/line.ts';
import { reachTexts as texts } from './texts.ts';

/** The page on which this is looked at. */
export type Here = Pick<Location, 'hostname' | 'origin' | 'port' | 'protocol'> & { isSecureContext: boolean };

const day = 24 * 60 * 60 * 1000;

/** The address that people are given: what the operator said, else the one in this browser's address bar. */
export const addressOf = (
  { publicUrl }: Pick<ReachReport, 'publicUrl'>,
  here: Pick<Here, 'origin'>,
): string => (publicUrl ? new URL(publicUrl).origin : here.origin);

/** Words of warning for an address that is handed out; empty where everybody can open it. */
export function warningFor(address: string, network: readonly string[] = []): string {
  const reach = reachOf(new URL(address).hostname);
  if (reach === 'everywhere') return '';
  return reach === 'own-network' ? texts.onlyNetwork : texts.onlyComputer(network[0] ?? null);
}

export function addressFinding(report: ReachReport, here: Here): Finding {
  const title = texts.address;
  const address = addressOf(report, here);
  const { hostname, protocol, port } = new URL(address);
  if (protocol === 'https:' && port === String(report.ports.http))
    return {
      is: 'broken',
      title,
      words: texts.httpsOnHttpPort({ address, port }),
      todo: texts.usePort({ port: String(report.ports.https) }),
    };
  const reach = reachOf(hostname);
  if (reach === 'this-computer')
    return {
      is: 'broken',
      title,
      words: texts.onlyComputer(null),
      todo: texts.setPublicUrl(report.network[0] ?? null),
    };
  if (reach === 'own-network')
    return {
      is: 'attention',
      title,
      words: texts.networkAddress({ address }),
      todo: texts.setPublicUrl(null),
    };
  if (protocol === 'http:')
    return { is: 'broken', title, words: texts.plainHttp({ address }), todo: texts.useHttps };
  return { is: 'ok', title, words: texts.addressGood({ address }), todo: '' };
}

export function certificateFinding(report: ReachReport, here: Here, now: number): Finding {
  const title = texts.certificate;
  const { selfSigned, names, until } = report.certificate;
  if (report.acme?.failure)
    return {
      is: 'attention',
      title,
      words: selfSigned ? texts.selfSigned : texts.certificateGood({ until: dateTime(until) }),
      todo: report.acme.failure.told.map(one => refusalText(one)).join(' '),
    };
  if (here.protocol !== 'https:')
    return here.isSecureContext
      ? {
          is: 'attention',
          title,
          words: texts.notSeenHere,
          todo: texts.openByHttps({ address: `${httpsAddress(report, here)}/rep` }),
        }
      : {
          is: 'broken',
          title,
          words: texts.notSecure,
          todo: texts.openByHttps({ address: `${httpsAddress(report, here)}/rep` }),
        };
  // A proxy in front has a certificate of its own, which this browser has just accepted.
  if (here.port !== String(report.ports.https) && here.port !== '')
    return { is: 'ok', title, words: texts.certificateAccepted, todo: '' };
  if (here.port === '' && report.ports.https !== 443)
    return { is: 'ok', title, words: texts.certificateAccepted, todo: '' };
  if (until < now)
    return { is: 'broken', title, words: texts.expired({ until: dateTime(until) }), todo: texts.renew };
  if (!names.some(name => covers(name, here.hostname)))
    return { is: 'broken', title, words: texts.notCovered({ host: here.hostname }), todo: texts.renew };
  if (selfSigned)
    return {
      is: 'attention',
      title,
      words: texts.selfSigned,
      todo: report.acme ? texts.certificateComes : texts.getCertificate,
    };
  if (until < now + 14 * day)
    return { is: 'attention', title, words: texts.expires({ until: dateTime(until) }), todo: texts.renew };
  return { is: 'ok', title, words: texts.certificateGood({ until: dateTime(until) }), todo: '' };
}

const httpsAddress = ({ publicUrl, ports }: ReachReport, { hostname }: Here): string =>
  publicUrl?.startsWith('https:') ? publicUrl : `https://${hostname}:${ports.https}`;

/** `*.shop.example` covers one label. */
function covers(name: string, host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (!name.startsWith('*.')) return name.toLowerCase() === bare;
  return bare.includes('.') && bare.slice(bare.indexOf('.')) === name.slice(1).toLowerCase();
}

export function dutyFindings({ queues }: ReachReport): Finding[] {
  return queues.map(({ name, siteName, availability, opensAt }) => {
    const several = new Set(queues.map(queue => queue.siteName)).size > 1;
    const title = several ? texts.queueOf({ shop: siteName, queue: name }) : name;
    switch (availability) {
      case 'open':
        return { is: 'ok', title, words: texts.onDuty, todo: '' };
      case 'closed':
        return {
          is: 'attention',
          title,
          words: opensAt === null ? texts.closed : texts.closedUntil({ at: dateTime(opensAt) }),
          todo: texts.closedTodo,
        };
      case 'busy':
        return { is: 'attention', title, words: texts.busy, todo: texts.busyTodo };
      case 'queue-full':
        return { is: 'attention', title, words: texts.full, todo: texts.fullTodo };
      case 'no-rep':
        return { is: 'broken', title, words: texts.nobody, todo: texts.nobodyTodo };
    }
    return availability satisfies never;
  });
}

/** One for each part that cannot be used. */
export function healthFindings({ notReady }: ReachReport): Finding[] {
  const title = texts.server;
  if (notReady.length === 0) return [{ is: 'ok', title, words: texts.serverGood, todo: '' }];
  return notReady.map(ill => ({
    ...{ is: 'broken', title, words: texts.notReady(ill), todo: texts.serverTodo },
  }));
}

/** `udp` and `tcp`: whether the sound got through from this browser. */
export function soundFinding(
  { mediaPorts, publicUrl }: ReachReport,
  { udp, tcp }: { udp: boolean; tcp: boolean },
  here: Here,
): Finding {
  const title = texts.sound;
  const ports =
    mediaPorts.first === mediaPorts.last ? `${mediaPorts.first}` : `${mediaPorts.first}–${mediaPorts.last}`;
  if (!udp && !tcp) return { is: 'broken', title, words: texts.noSound, todo: texts.openPorts({ ports }) };
  if (!udp) return { is: 'attention', title, words: texts.onlyTcp, todo: texts.openUdp({ ports }) };
  if (!tcp) return { is: 'attention', title, words: texts.onlyUdp, todo: texts.openTcp({ ports }) };
  const inside = reachOf(here.hostname) !== 'everywhere';
  return inside && publicUrl !== null
    ? {
        is: 'attention',
        title,
        words: texts.soundFromInside,
        todo: texts.tryOutside({ address: `${publicUrl}/rep` }),
      }
    : { is: 'ok', title, words: inside ? texts.soundHere : texts.soundGood, todo: '' };
}

/** A proxy that the server was not told of, or that says nothing. */
export function noticeFinding({ code }: ServerNotice): Finding {
  const [words, todo] = texts.notice[code];
  return { is: 'attention', title: texts.notices, words, todo };
}
