// The borders of the house. Each rule says why it is there; DESIGN and docs/architecture.md tell the whole story.
const layer = (name) => `^src/${name}/`
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: layer(from), pathNot: '\\.(test|bench)\\.tsx?$' },
  to: { path: '^src/', pathNot: [...allowed, from].map(layer) },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Data flows one way: a cycle means two files are one story told twice.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    only('core-stands-alone', 'core', [], 'The model computes and depends on nobody: it runs in browser, worker and server alike.'),
    only('formats-know-core', 'formats', ['core'], 'A notation is text in, schema out: it needs the model and nothing else.'),
    only('sync-knows-core', 'sync', ['core'], 'Replica and room are state machines; sockets and databases are handed to them.'),
    only('database-reads-formats', 'database', ['core', 'formats'], 'Talking to live databases needs the model and SQL.'),
    only(
      'server-connects',
      'server',
      ['core', 'formats', 'sync', 'database'],
      'The server wires the layers below it and never reaches into the page.',
    ),
    only('cli-is-thin', 'cli', ['core', 'formats', 'database'], 'The command line connects files to formats; it needs no server.'),
    {
      name: 'web-stays-in-the-browser',
      comment: 'Only web/bridge (server functions, stripped from the bundle) may see the server.',
      severity: 'error',
      from: { path: layer('web'), pathNot: ['^src/web/(bridge/|server\\.ts|start\\.ts)', '\\.(test|bench)\\.tsx?$'] },
      to: { path: '^src/', pathNot: ['core', 'formats', 'sync', 'web'].map(layer) },
    },
    {
      name: 'formats-are-siblings',
      comment: 'A format never leans on another: what two need lives in formats/shared.',
      severity: 'error',
      from: { path: '^src/formats/([^/]+)/', pathNot: '^src/formats/(shared|bench)/|\\.(test|bench)\\.ts$' },
      to: { path: '^src/formats/([^/]+)/', pathNot: ['^src/formats/$1/', '^src/formats/shared/'] },
    },
    {
      name: 'core-is-pure',
      comment: 'No packages but zod, no Node: what is true of a schema is true everywhere.',
      severity: 'error',
      from: { path: layer('core'), pathNot: '\\.(test|bench)\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: '^node_modules/zod/' },
    },
    {
      name: 'formats-and-sync-compute',
      comment: 'They compute: no files, no sockets, no processes.',
      severity: 'error',
      from: { path: '^src/(formats|sync)/', pathNot: ['\\.(test|bench)\\.ts$', '^src/formats/bench/'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nobody-imports-main',
      comment: 'The composition root sees everyone; nobody sees it, but the page server that is composed by it.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main/', '^src/web/server\\.ts$', '^src/web/bridge/'] },
      to: { path: layer('main') },
    },
    {
      name: 'nothing-from-tests',
      comment: 'The product does not know its tests.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.(test|bench)\\.tsx?$' },
      to: { path: ['^tests/', '\\.(test|bench)\\.tsx?$'] },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^virtual:', '\\?'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'routeTree\\.gen\\.ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
    reporterOptions: { archi: { collapsePattern: '^src/[^/]+' } },
  },
}
