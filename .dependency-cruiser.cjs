// Who may import whom: the rules of docs/ARCHITECTURE.md, numbered as there.
const OURS =
  '^(miniprogram|console|contracts|cloudfunctions|library-systems|gateway|local|test|bench|tools)/';
const HELPERS = '^(local|test|bench|tools)/';
const WECHAT_SDK = '(^|node_modules/)(wx-server-sdk|@cloudbase/node-sdk)(/|$)';
const ENTRIES = '^cloudfunctions/(reader|public|staff|jobs|messages)/';
/** The port's vocabulary and small helpers shared by adapters lie directly in library-systems/. */
const PORT = 'library-systems/[^/]+[.]ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: '1-clients-take-only-types-from-contracts',
      comment: 'A page that ran the schemas would carry the schema library to every phone.',
      severity: 'error',
      from: { path: '^(miniprogram|console)/' },
      to: { path: '^contracts/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: '1-clients-never-see-the-server',
      severity: 'error',
      from: { path: '^(miniprogram|console)/' },
      to: { path: '^(cloudfunctions|library-systems|gateway)/' },
    },
    {
      name: '1-lib-imports-nothing',
      comment: 'miniprogram/lib runs on every side, so it may lean on none.',
      severity: 'error',
      from: { path: '^miniprogram/lib/' },
      to: { pathNot: '^miniprogram/lib/' },
    },
    {
      name: '1-only-lib-leaves-the-miniprogram',
      comment:
        'Pages, services and texts belong to the phone; what every side needs goes to miniprogram/lib.',
      severity: 'error',
      from: { path: OURS, pathNot: ['^miniprogram/', HELPERS] },
      to: { path: '^miniprogram/(?!lib/)' },
    },
    {
      name: '2-features-know-ports-not-adapters',
      severity: 'error',
      from: { path: '^cloudfunctions/features/' },
      to: {
        path: OURS,
        pathNot: [
          '^cloudfunctions/(features|stores|readers|runtime)/',
          '^contracts/',
          '^miniprogram/lib/',
          `^${PORT}`,
        ],
      },
    },
    {
      name: '2-features-stay-apart',
      severity: 'error',
      from: { path: '^cloudfunctions/features/([^/]+)/' },
      to: { path: '^cloudfunctions/features/', pathNot: '^cloudfunctions/features/$1/' },
    },
    {
      name: '3-adapters-stay-apart',
      comment: 'The folders named last are no adapters but what adapters share.',
      severity: 'error',
      from: { path: '^library-systems/([^/]+)/', pathNot: '^library-systems/setup/' },
      to: {
        path: '^library-systems/[^/]+/',
        pathNot: ['^library-systems/$1/', '^library-systems/(catalog-index|http|marc|web-session)/'],
      },
    },
    {
      name: '3-library-systems-stand-below',
      comment: 'Adapters are hosted by the gateway or by a function and know neither.',
      severity: 'error',
      from: { path: '^library-systems/' },
      to: { path: '^(cloudfunctions|console)/' },
    },
    {
      name: '4-contracts-are-pure',
      severity: 'error',
      from: { path: '^contracts/' },
      to: { path: OURS, pathNot: ['^contracts/', '^miniprogram/lib/'] },
    },
    {
      name: '4-contracts-do-no-io',
      severity: 'error',
      from: { path: '^contracts/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: '5-wechat-sdk-only-at-the-edge',
      severity: 'error',
      from: { pathNot: ['^cloudfunctions/cloud/', `${ENTRIES}index[.]ts$`, HELPERS, 'node_modules'] },
      to: { path: WECHAT_SDK },
    },
    {
      name: '5-only-stores-touch-the-database',
      severity: 'error',
      from: {
        path: '^cloudfunctions/',
        pathNot: ['^cloudfunctions/(stores|cloud)/', `${ENTRIES}index[.]ts$`],
      },
      to: { path: '^cloudfunctions/cloud/(database|transaction)' },
    },
    {
      name: '6-gateway-imports-library-systems',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { path: OURS, pathNot: ['^(gateway|library-systems|contracts|miniprogram/lib)/'] },
    },
    {
      name: '6-gateway-takes-only-types-from-contracts',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { path: '^contracts/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: '6-nothing-imports-the-gateway',
      severity: 'error',
      from: { pathNot: ['^gateway/', HELPERS] },
      to: { path: '^gateway/' },
    },
    {
      name: '7-nothing-imports-helpers',
      comment: 'Faults and clocks are wrapped around the product in local/; the product knows nothing of it.',
      severity: 'error',
      from: { path: OURS, pathNot: HELPERS },
      to: { path: HELPERS },
    },
    { name: '8-no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: { path: OURS },
      to: { couldNotResolve: true },
    },
    {
      name: 'product-needs-no-development-packages',
      severity: 'error',
      from: { path: OURS, pathNot: HELPERS },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|miniprogram_npm)/|^test/fixtures/|^tools/official/node_modules/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
