/** Modules in their order: each may use those before it, and never those after it (docs/adr/0009). */
const order = [
  'parties',
  'runs',
  'incidents',
  'announcements',
  'restraint',
  'alerts',
  'relays',
  'dissemination',
  'exercises',
  'analysis',
  'realtime',
];
/** `replay` without a running service starts one of its own; this one file does it, and only when it is needed. */
const STARTS_A_SERVICE = '^src/cli/service-locator\\.ts$';
const spec = '\\.spec\\.ts$';
const library = (names) => `(^|/)node_modules/(@types/)?(${names.join('|')})(/|$)`;

const moduleOrder = order.slice(0, -1).map((name, index) => ({
  name: `module-order-${name}`,
  comment:
    `${name} may import only the modules listed before it. If it must learn something from a later one, ` +
    'it declares an interface that the later one registers, or the later one listens to an event.',
  severity: 'error',
  from: { path: `^src/modules/${name}/` },
  to: { path: `^src/modules/(${order.slice(index + 1).join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment:
        'A circle cannot be understood, tested or loaded in part; it also would need forwardRef, which we do not use.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-is-pure',
      comment:
        'Core holds the decisions. They stay provable by tables only while they see nothing but other decisions and ' +
        'libraries that compute: no Nest, TypeORM, BullMQ, file, socket, clock or environment.',
      severity: 'error',
      from: { path: '^src/core/', pathNot: spec },
      to: { pathNot: ['^src/core/', library(['zod', 'yaml', 'd3-geo', 'geographiclib-geodesic'])] },
    },
    {
      name: 'core-tests-are-pure',
      comment:
        'A test of core may also draw cases (fast-check) and read sample files, and nothing more: no mocks, no app.',
      severity: 'error',
      from: { path: `^src/core/.*${spec}` },
      to: {
        pathNot: [
          '^src/core/',
          '^(node:)?(fs|path|url)$',
          library(['zod', 'yaml', 'd3-geo', 'geographiclib-geodesic', 'fast-check']),
        ],
      },
    },
    {
      name: 'platform-knows-no-module',
      comment:
        'Platform is what every module stands on; if it knew one, that module could never be taken out or tested alone.',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: spec },
      to: { path: '^(src|migrations|console|test)/', pathNot: ['^src/(core|platform)/', '^migrations/'] },
    },
    {
      name: 'platform-tests-know-no-module',
      comment: 'The same, but a test may use what other tests use: a server that misbehaves, keys.',
      severity: 'error',
      from: { path: `^src/platform/.*${spec}` },
      to: { path: '^(src|migrations|console)/', pathNot: ['^src/(core|platform)/', '^migrations/'] },
    },
    ...moduleOrder,
    {
      name: 'modules-are-in-the-order',
      comment: 'A module folder that is not in the order above would escape it: add its name there.',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: `^src/modules/(${order.join('|')})/` },
      to: {},
    },
    {
      name: 'modules-keep-their-edges',
      comment:
        'A later module may use services, repositories and types of an earlier one within its own transaction ' +
        '(docs/adr/0009). Its controllers, gateways and processors translate for the outside and decide nothing: ' +
        'whoever called one would depend on HTTP, a socket or a job.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/[^/]+/.*\\.(controller|gateway|processor)\\.ts$', pathNot: '^src/modules/$1/' },
    },
    {
      name: 'nobody-calls-realtime',
      comment:
        'Realtime tails the feeds. Whoever called it would deliver past the feed, and a restart would lose that.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/modules/realtime/', '^src/[^/]+\\.ts$'] },
      to: { path: '^src/modules/realtime/' },
    },
    {
      name: 'modules-know-no-entry-point',
      comment: 'Nothing imports upwards: main, worker, cli and app* put the parts together, so no part may know them.',
      severity: 'error',
      from: { path: '^src/(core|platform|modules|cli)/', pathNot: STARTS_A_SERVICE },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'commands-are-thin',
      comment: 'A command speaks to the service over HTTP and sockets, so that it works against any running service.',
      severity: 'error',
      from: { path: '^src/cli/', pathNot: STARTS_A_SERVICE },
      to: { path: '^(src|console|migrations|test)/', pathNot: '^src/(cli|core|platform)/' },
    },
    {
      name: 'nobody-calls-commands',
      comment: 'What a command and the service share belongs in core or platform.',
      severity: 'error',
      from: { path: '^src/(core|platform|modules)/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'typeorm-in-its-place',
      comment:
        'TypeORM is the pool, transactions and migrations; repositories write SQL on a transaction that they are given ' +
        '(docs/adr/0008). So no query and no entity can leak into a decision or an answer.',
      severity: 'error',
      // A spec may make the error that the library would throw.
      from: { path: '^(src|console)/', pathNot: ['^src/platform/database/', '\\.spec\\.ts$'] },
      to: { path: library(['@nestjs/typeorm', 'typeorm']) },
    },
    {
      name: 'bullmq-in-its-place',
      comment:
        'The queue only triggers and times; PostgreSQL is the truth. One folder keeps it replaceable on both backends.',
      severity: 'error',
      from: { path: '^(src|console)/', pathNot: '^src/platform/queue/' },
      to: { path: library(['@nestjs/bullmq', 'bullmq']) },
    },
    {
      name: 'sockets-in-their-place',
      comment:
        'An item reaches a socket from its feed only; a socket elsewhere would be a second way past the sequence.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(modules/realtime|platform|cli)/' },
      to: {
        path: library(['socket\\.io', 'socket\\.io-client', '@nestjs/websockets', '@nestjs/platform-socket\\.io']),
      },
    },
    {
      name: 'console-shares-core-only',
      comment: 'The console runs in a browser: it may share decisions with the service, and nothing that needs Node.',
      severity: 'error',
      from: { path: '^console/' },
      to: { path: '^(src|migrations|test|scripts)/', pathNot: '^src/core/' },
    },
    {
      name: 'not-to-dev-dependency',
      comment: 'The image and an installation without dev dependencies would not start.',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: spec },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is dead, or was forgotten when it was wired.',
      severity: 'error',
      from: { path: '^src/', orphan: true, pathNot: [spec, '\\.d\\.ts$', '^src/[^/]+\\.ts$'] },
      to: {},
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
