/**
 * Which part may import which. The floors, from the ground up: shared, bus, music, media, net, quota, telephone · acd, store,
 * config · calls, identity, sounds, images · web-push, demand, reports, shop-page · signaling, http · main. No arrow runs up, and none runs between
 * server and client.
 */

/** The server's parts, and those of them that each may import besides itself and shared/. */
const parts = {
  acd: [],
  acme: ['files', 'net'],
  bus: [],
  quota: [],
  telephone: [],
  music: [],
  media: ['music'],
  store: ['acd', 'bus'],
  sounds: ['store', 'music'],
  images: ['store'],
  identity: ['store', 'config'],
  calls: ['acd', 'store', 'bus', 'media', 'quota', 'telephone', 'config'],
  net: [],
  'shop-page': ['net'],
  demand: ['calls', 'identity', 'store'],
  reports: ['calls', 'acd', 'store'],
  'web-push': ['calls', 'store', 'bus', 'net'],
  signaling: ['calls', 'acd', 'store', 'bus', 'media', 'quota', 'identity', 'web-push', 'demand', 'config'],
  http: [
    ...[
      'calls',
      'acd',
      'store',
      'bus',
      'media',
      'quota',
      'identity',
      'sounds',
      'images',
      'demand',
      'reports',
      'net',
      'shop-page',
    ],
    'config',
    'files',
  ],
};

/** The client's parts, and those of them that each may import besides itself and shared/. */
const faces = {
  voice: [],
  ui: ['voice'],
  account: ['ui', 'voice'],
  admin: ['account', 'preview', 'ui', 'voice'],
  console: ['account', 'admin', 'ui', 'voice'],
  element: ['voice'],
  preview: ['element'],
  demo: [],
  'test-page': ['ui'],
};

/** @param {string} part */
const ownFloor = part =>
  `^(${['shared', `server/${part}`, ...parts[part].map(below => `server/${below}`)].join('|')})(/|\\.ts$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Modules that need each other are one module, or there is another to be found. Types count too.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-folder-cycles',
      comment: 'Folders stand in an order; types count too.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'shared-stands-alone',
      comment: 'shared/ is what both sides speak; it knows neither.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(server|client|test)/' },
    },
    {
      name: 'acd-is-pure',
      comment:
        'Routing decisions do no input or output: no library, no part of Node. Calendars are arithmetic too (Temporal).',
      severity: 'error',
      from: { path: '^server/acd/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: 'node_modules/temporal-polyfill/' },
    },
    {
      name: 'only-media-knows-mediasoup',
      comment: 'The SFU stays exchangeable: others know legs, sources and edges, or RTP.',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/media/' },
      to: { path: 'node_modules/mediasoup/' },
    },
    ...Object.keys(parts).map(part => ({
      name: `${part}-imports-only-below`,
      comment:
        'Arrows run down (docs: the floors). What runs up belongs in an interface owned by the caller.',
      severity: 'error',
      from: { path: `^server/${part}/` },
      to: { path: '^(server|client|shared|test)/', pathNot: ownFloor(part) },
    })),
    {
      name: 'only-main-imports-main',
      comment: 'The composition root wires parts together; no part knows it.',
      severity: 'error',
      from: { path: '^(server|client|shared)/' },
      to: { path: '^server/main\\.ts$' },
    },
    {
      name: 'setup-stands-alone',
      comment: 'Set-up runs before anything is installed: only Node itself, and plain JavaScript.',
      severity: 'error',
      from: { path: '^tools/.*\\.mjs$' },
      to: { pathNot: '^tools/.*\\.mjs$', dependencyTypesNot: ['core'] },
    },
    {
      name: 'server-never-imports-client',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^client/' },
    },
    {
      name: 'client-imports-client-and-shared',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^(server|test)/' },
    },
    ...Object.keys(faces).map(face => ({
      name: `${face}-imports-only-below`,
      comment:
        'The element, the console and the demo shop share client/voice and shared/, not each other. The demo may ' +
        "know the element's type, as an integrator does: types are erased and put nothing in its bundle.",
      severity: 'error',
      from: { path: `^client/${face}/` },
      to: {
        path: '^client/',
        pathNot: `^client/(${[face, ...faces[face]].join('|')})/`,
        ...(face === 'demo' ? { dependencyTypesNot: ['type-only'] } : {}),
      },
    })),
    {
      name: 'product-never-imports-tests',
      severity: 'error',
      from: { path: '^(server|client|shared)/' },
      to: { path: '^test/' },
    },
    {
      name: 'music-thread-loads-little',
      comment:
        'The thread for hold music starts in an instant and has a small heap: no package, not even indirectly.',
      severity: 'error',
      from: { path: '^server/music/thread\\.ts$' },
      to: { path: 'node_modules/', reachable: true },
    },
    {
      name: 'product-needs-no-development-package',
      comment: 'What runs at a merchant is in dependencies. Browser builds and types are not run there.',
      severity: 'error',
      from: { path: '^(server|shared)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
