import type { Plugin } from 'esbuild';

const PACKAGE = '@cloudbase/wx-cloud-client-sdk';
/** Where the SDK makes its client of data models, whenever it is initialised. */
const MAKER = /[\\/]@cloudbase[\\/]node-sdk[\\/]dist[\\/]cloudbase\.js$/;

/** Stands between the SDK and the package. The client is itself a proxy that answers to names: it is made at the first one. */
const FACADE = `
const load = () => require('${PACKAGE}');
const whenUsed = (make) => {
  let made;
  return new Proxy({}, { get: (_, key) => (made ??= make())[key] });
};
exports.__esModule = true;
exports.default = {
  generateHTTPClient: (...given) => whenUsed(() => load().default.generateHTTPClient(...given)),
  generateMySQLClient: (...given) => load().default.generateMySQLClient(...given),
};
`;

/**
 * `@cloudbase/node-sdk` makes a client of data models when it is initialised, which is before the first question to the
 * database. That reads a package of 110 KB and, through its look at `Headers`, all of the platform's `fetch`: a fifth of
 * the first call of an instance (ADR 19). Whoever uses `models` gets the same client then.
 */
export const deferModels: Plugin = {
  name: 'defer-models',
  setup(pass) {
    pass.onResolve({ filter: new RegExp(`^${PACKAGE}$`) }, ({ importer, resolveDir }) =>
      MAKER.test(importer) ? { path: PACKAGE, namespace: 'deferred', pluginData: { resolveDir } } : undefined,
    );
    pass.onLoad({ filter: /.*/, namespace: 'deferred' }, ({ pluginData }) => ({
      contents: FACADE,
      resolveDir: (pluginData as { resolveDir: string }).resolveDir,
    }));
  },
};
