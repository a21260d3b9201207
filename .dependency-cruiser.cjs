/** Which part may know which. Each rule says why; `npm run boundaries` enforces them. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means two parts that cannot be understood apart.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'libs-do-not-know-apps',
      comment: 'A lib is a capability that any app can use.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-do-not-know-each-other',
      comment: 'Services share contracts, never code or collections.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-through-their-index',
      comment: 'Only what index.ts exports is public.',
      severity: 'error',
      from: { path: '^(apps|libs|test|deploy)/' },
      to: {
        path: '^libs/([^/]+)/src/',
        pathNot: '^libs/[^/]+/src/index\\.ts$',
        dependencyTypes: ['aliased-tsconfig', 'aliased'],
      },
    },
    {
      name: 'libs-import-libs-by-alias',
      comment: 'Across libs only the index is public; a relative path would go round it.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'apps-import-libs-by-index',
      comment: 'Only what index.ts exports is public.',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^libs/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'pure-libs-do-no-io',
      comment: 'Dates, merging, matching and the readers are functions of their arguments.',
      severity: 'error',
      from: { path: '^libs/(dates|merging|matching|extraction|feeds)/src/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^(node:)?(fs|net|http|https|child_process|worker_threads)$|node_modules/(mongoose|mongodb|@nats-io|undici|@nestjs)',
      },
    },
    {
      name: 'only-persistence-knows-the-driver',
      comment: 'Connections, sessions and driver types come from libs/persistence.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/persistence/', '\\.spec\\.ts$'] },
      to: { path: 'node_modules/(mongodb|mongoose)/' },
    },
    {
      name: 'only-messaging-knows-nats',
      comment: 'One place publishes, consumes and acknowledges.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/messaging/', '\\.spec\\.ts$'] },
      to: { path: 'node_modules/@nats-io/' },
    },
    {
      name: 'no-tests-in-product',
      comment: 'Product code does not depend on test support.',
      severity: 'error',
      from: { path: '^(apps|libs|deploy)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^test/|\\.spec\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
