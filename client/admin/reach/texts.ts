import type { ServerNotice } from '../../../shared/api/server.ts';

/** The words of the page that checks whether shoppers reach the shop. */
export const reachTexts = {
  title: 'Is my shop reachable?',
  lead: 'Checked from this browser, as a shopper’s would. What is red keeps shoppers from calling.',
  again: 'Check again',
  checking: 'Trying…',

  address: 'The address people use',
  addressGood: (address: string) => `Shoppers reach this server as ${address}.`,
  onlyComputer: (network: string | null) =>
    `This address works on this very computer only.${network ? ` In your network it is ${network}.` : ''} Set PUBLIC_URL to the address that people use.`,
  onlyNetwork:
    'This address works in your own network only. For people elsewhere set PUBLIC_URL to the address that they use.',
  networkAddress: (address: string) =>
    `${address} works in your own network only; shoppers elsewhere cannot open it.`,
  setPublicUrl: (network: string | null) =>
    `Give the server a public name with https, and start it with PUBLIC_URL set to that address, such as https://voice.your-shop.com.${network ? ` Until then, other devices of your network reach it as ${network}.` : ''}`,
  httpsOnHttpPort: (address: string, port: string) =>
    `${address} cannot work: port ${port} is the one without encryption.`,
  usePort: (port: number) =>
    `Use port ${port} for https, or let a web server in front of it do the encryption on port 443.`,
  plainHttp: (address: string) =>
    `${address} is not encrypted, and browsers give no page without encryption the microphone.`,
  useHttps: 'Set PUBLIC_URL to an address that begins with https://.',

  certificate: 'Encryption',
  notSecure: 'This page was opened without encryption, so that the browser gives it no microphone.',
  notSeenHere:
    'This page was opened without encryption. On this very computer that works; elsewhere it does not.',
  openByHttps: (address: string) => `Open ${address}/rep and check there.`,
  certificateGood: (until: string) => `The certificate is good until ${until}.`,
  certificateAccepted: 'The browser accepts the certificate of this address.',
  selfSigned:
    'This server made its certificate itself: every shopper’s browser warns of it, and the button does not work in a shop’s page until somebody accepts it.',
  getCertificate:
    'Set ACME_DOMAIN, and the server gets a certificate by itself; or put one into CERTS_DIR, or a web server with one in front.',
  certificateComes: 'One is being asked for; look again in a minute.',
  expired: (until: string) => `The certificate ended on ${until}.`,
  expires: (until: string) => `The certificate ends on ${until}.`,
  notCovered: (host: string) => `The certificate is not for ${host}.`,
  renew: 'Put a new one into CERTS_DIR and restart the server.',

  origins: 'Where the button may appear',
  originsNone: 'Only this server’s own pages may show the button.',
  originsNoneTodo: 'Enter the address of your shop.',
  originsGood: (list: string) => `Pages of ${list} may show it.`,
  toShop: 'Open the shop’s settings',
  asked: (origin: string) => `${origin} asked for the button and was refused.`,
  askedOften: (count: number, at: string) =>
    `${count === 1 ? 'Once' : `${count} times`}, last on ${at}. If it is yours:`,
  allow: (origin: string) => `Allow ${origin}`,
  notMine: (origin: string) => `Forget ${origin}`,
  allowed: (origin: string) => `${origin} may show the button from now on.`,

  duty: 'Who answers now',
  onDuty: 'A click would ring somebody now.',
  busy: 'Everybody on duty is busy: a click waits in line.',
  busyTodo: 'If that is so often, ask another colleague to go available.',
  nobody: 'Nobody is on duty.',
  nobodyTodo:
    'Go available yourself, or ask a colleague to. Without anybody, the queue’s settings can offer a callback.',
  closed: 'Closed until further notice.',
  closedUntil: (at: string) => `Closed now. Opens ${at}.`,
  closedTodo: 'Outside of opening hours, shoppers can leave a number if the queue’s settings offer it.',
  full: 'So many wait that nobody else is let in.',
  fullTodo: 'Ask colleagues to go available, or raise the limit in the queue’s settings.',

  server: 'The server',
  serverGood: 'Database and sound are up.',
  serverTodo: 'Look at the log of the server.',
  notices: 'What the server noticed',
  notice: {
    'proxy-not-trusted': [
      'A web server in front passes on shoppers’ addresses, but this server does not read them: all shoppers count as one.',
      'Start the server with TRUST_PROXY=on, if that web server is yours.',
    ],
    'proxy-missing': [
      'TRUST_PROXY is on, but most requests name no address of a shopper.',
      'Let the web server in front send X-Forwarded-For, or turn TRUST_PROXY off if there is none.',
    ],
  } satisfies Record<ServerNotice['code'], readonly [words: string, todo: string]>,

  sound: 'The way of the sound',
  soundGood: 'Sound gets through, by UDP and by TCP.',
  soundHere:
    'Sound gets through to this browser, by UDP and by TCP. From outside of your network it may differ.',
  soundFromInside: 'Sound gets through to this browser, but it is on the inside of your network.',
  tryOutside: (address: string) => `Open ${address}/rep on a phone that uses mobile data, and check there.`,
  noSound: 'No sound gets through to this browser, neither by UDP nor by TCP.',
  onlyTcp: 'Sound gets through by TCP only, which stutters when the network is busy.',
  onlyUdp: 'Sound gets through by UDP only: networks that allow no UDP, such as many offices, hear nothing.',
  openPorts: (ports: string) =>
    `Open port ${ports} for UDP and TCP in the firewall and the router. If the server is behind a router, set ANNOUNCED_ADDRESS to the address seen from outside.`,
  openUdp: (ports: string) => `Open port ${ports} for UDP in the firewall and the router.`,
  openTcp: (ports: string) => `Open port ${ports} for TCP in the firewall and the router.`,
  noTrial: 'This browser could not try it.',
} as const;
