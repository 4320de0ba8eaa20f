import fs from 'node:fs';
import path from 'node:path';
import { ROOT, runTool, writeTree } from './support';

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}

const FOLDERS = [
  'bench',
  'cloudfunctions',
  'console',
  'contracts',
  'gateway',
  'library-systems',
  'local',
  'miniprogram',
  'test',
  'tools',
];
const created: string[] = [];

/** Cruises a tree of files, each given as the lines it starts with; returns `rule: from → to`. */
function cruise(files: Record<string, string[]>): string[] {
  const tree = writeTree({
    'package.json': JSON.stringify({
      dependencies: { 'wx-server-sdk': '1', '@cloudbase/node-sdk': '1', valibot: '1' },
      devDependencies: { jest: '1' },
    }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: { module: 'ESNext', moduleResolution: 'Bundler', verbatimModuleSyntax: true },
    }),
    ...Object.fromEntries(
      ['wx-server-sdk', '@cloudbase/node-sdk', 'valibot', 'jest'].flatMap((name) => [
        [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
        [`node_modules/${name}/index.js`, ''],
      ]),
    ),
    ...Object.fromEntries(FOLDERS.map((folder) => [`${folder}/.keep.ts`, 'export {};'])),
    ...Object.fromEntries(
      Object.entries(files).map(([name, lines]) => [
        name,
        [...lines, 'export const x = 1;', 'export type T = 1;', ''].join('\n'),
      ]),
    ),
  });
  created.push(tree);
  const { stdout, stderr } = runTool(
    'depcruise',
    ['--config', path.join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', ...FOLDERS],
    { cwd: tree },
  );
  if (stdout === '') throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).sort();
}

afterAll(() => {
  for (const tree of created) fs.rmSync(tree, { recursive: true, force: true });
});

describe('import rules', () => {
  it('accept what docs/ARCHITECTURE.md allows', () => {
    expect(
      cruise({
        'miniprogram/lib/isbn.ts': ["import { x as digit } from './digits';", 'digit;'],
        'miniprogram/lib/digits.ts': [],
        'miniprogram/services/api.ts': ["import type { T } from '../../contracts/catalog';"],
        'miniprogram/pages/home/home.ts': [
          "import { x } from '../../services/api';",
          "import '../../lib/isbn';",
        ],
        'contracts/catalog.ts': ["import 'valibot';", "import '../miniprogram/lib/isbn';"],
        'cloudfunctions/reader/index.ts': [
          "import 'wx-server-sdk';",
          "import '../features/loans/renew-loans';",
          "import '../../library-systems/gateway';",
        ],
        'cloudfunctions/features/loans/renew-loans.ts': [
          "import './loan-lines';",
          "import '../../stores/loans';",
          "import '../../runtime/route';",
          "import '../../../contracts/catalog';",
          "import '../../../library-systems/library-fault';",
        ],
        'cloudfunctions/features/loans/loan-lines.ts': [],
        'cloudfunctions/stores/loans.ts': ["import '../cloud/database';"],
        'cloudfunctions/cloud/database.ts': ["import '@cloudbase/node-sdk';"],
        'cloudfunctions/runtime/route.ts': [],
        'library-systems/library-fault.ts': [],
        'library-systems/catalog-index/index.ts': [],
        'library-systems/demo/index.ts': ["import '../catalog-index';", "import '../library-fault';"],
        'library-systems/gateway/index.ts': ["import '../library-fault';"],
        'library-systems/setup/index.ts': ["import '../demo';", "import '../gateway';"],
        'gateway/index.ts': [
          "import '../library-systems/setup';",
          "import type { T } from '../contracts/catalog';",
        ],
        'local/start.ts': ["import '../gateway';", "import '../library-systems/demo';", "import 'jest';"],
        'test/a.test.ts': ["import '../local/start';", "import 'wx-server-sdk';"],
      }),
    ).toEqual([]);
  });

  it('refuse what it forbids, each by its own rule', () => {
    expect(
      cruise({
        'miniprogram/services/runs-schemas.ts': ["import { x } from '../../contracts/catalog';"],
        'miniprogram/services/knows-server.ts': [
          "import type { T } from '../../cloudfunctions/runtime/route';",
          "import type { T as U } from '../../library-systems/library-fault';",
          "import type { T as V } from '../../gateway';",
        ],
        'console/main.ts': ["import { x } from '../contracts/catalog';"],
        'miniprogram/lib/leans.ts': ["import 'valibot';", "import '../services/api';", "import 'node:fs';"],
        'miniprogram/services/api.ts': [],
        'contracts/catalog.ts': [],
        'contracts/impure.ts': ["import '../cloudfunctions/runtime/route';", "import 'node:fs';"],
        'cloudfunctions/runtime/route.ts': [],
        'cloudfunctions/runtime/text.ts': ["import '../../miniprogram/services/api';"],
        'cloudfunctions/runtime/sdk.ts': ["import 'wx-server-sdk';"],
        'cloudfunctions/runtime/tests.ts': ["import 'jest';", "import './not-there';"],
        'cloudfunctions/cloud/database.ts': [],
        'cloudfunctions/readers/find-reader.ts': ["import '../cloud/database';"],
        'cloudfunctions/features/holds/place-hold.ts': [],
        'cloudfunctions/features/loans/renew-loans.ts': [
          "import '../holds/place-hold';",
          "import '../../cloud/database';",
          "import '../../../library-systems/demo';",
          "import '@cloudbase/node-sdk';",
        ],
        'library-systems/library-fault.ts': [],
        'library-systems/demo/index.ts': [
          "import '../sip2';",
          "import '../../cloudfunctions/runtime/route';",
          "import '../../gateway';",
          "import '../../local/clock';",
        ],
        'library-systems/setup/index.ts': [],
        'library-systems/sip2/index.ts': ["import './lines';", "import '../setup';"],
        'library-systems/sip2/lines.ts': ["import './index';"],
        'gateway/index.ts': ["import '../contracts/catalog';", "import '../cloudfunctions/runtime/route';"],
        'local/clock.ts': [],
      }),
    ).toEqual([
      '1-clients-never-see-the-server: miniprogram/services/knows-server.ts → cloudfunctions/runtime/route.ts',
      '1-clients-never-see-the-server: miniprogram/services/knows-server.ts → gateway/index.ts',
      '1-clients-never-see-the-server: miniprogram/services/knows-server.ts → library-systems/library-fault.ts',
      '1-clients-take-only-types-from-contracts: console/main.ts → contracts/catalog.ts',
      '1-clients-take-only-types-from-contracts: miniprogram/services/runs-schemas.ts → contracts/catalog.ts',
      '1-lib-imports-nothing: miniprogram/lib/leans.ts → fs',
      '1-lib-imports-nothing: miniprogram/lib/leans.ts → miniprogram/services/api.ts',
      '1-lib-imports-nothing: miniprogram/lib/leans.ts → node_modules/valibot/index.js',
      '1-only-lib-leaves-the-miniprogram: cloudfunctions/runtime/text.ts → miniprogram/services/api.ts',
      '2-features-know-ports-not-adapters: cloudfunctions/features/loans/renew-loans.ts → cloudfunctions/cloud/database.ts',
      '2-features-know-ports-not-adapters: cloudfunctions/features/loans/renew-loans.ts → library-systems/demo/index.ts',
      '2-features-stay-apart: cloudfunctions/features/loans/renew-loans.ts → cloudfunctions/features/holds/place-hold.ts',
      '3-adapters-stay-apart: library-systems/demo/index.ts → library-systems/sip2/index.ts',
      '3-adapters-stay-apart: library-systems/sip2/index.ts → library-systems/setup/index.ts',
      '3-library-systems-stand-below: library-systems/demo/index.ts → cloudfunctions/runtime/route.ts',
      '4-contracts-are-pure: contracts/impure.ts → cloudfunctions/runtime/route.ts',
      '4-contracts-do-no-io: contracts/impure.ts → fs',
      '5-only-stores-touch-the-database: cloudfunctions/features/loans/renew-loans.ts → cloudfunctions/cloud/database.ts',
      '5-only-stores-touch-the-database: cloudfunctions/readers/find-reader.ts → cloudfunctions/cloud/database.ts',
      '5-wechat-sdk-only-at-the-edge: cloudfunctions/features/loans/renew-loans.ts → node_modules/@cloudbase/node-sdk/index.js',
      '5-wechat-sdk-only-at-the-edge: cloudfunctions/runtime/sdk.ts → node_modules/wx-server-sdk/index.js',
      '6-gateway-imports-library-systems: gateway/index.ts → cloudfunctions/runtime/route.ts',
      '6-gateway-takes-only-types-from-contracts: gateway/index.ts → contracts/catalog.ts',
      '6-nothing-imports-the-gateway: library-systems/demo/index.ts → gateway/index.ts',
      '6-nothing-imports-the-gateway: miniprogram/services/knows-server.ts → gateway/index.ts',
      '7-nothing-imports-helpers: library-systems/demo/index.ts → local/clock.ts',
      '8-no-cycles: library-systems/sip2/index.ts → library-systems/sip2/lines.ts',
      'everything-resolves: cloudfunctions/runtime/tests.ts → ./not-there',
      'product-needs-no-development-packages: cloudfunctions/runtime/tests.ts → node_modules/jest/index.js',
    ]);
  });
});
