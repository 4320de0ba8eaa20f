import Ajv from 'ajv';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readGatewayFile } from '../../gateway/config';
import { readLibraryConfig } from '../../library-systems/setup';
import { makeGatewaySchema } from '../../tools/config-schema/make-schema';

const FOLDER = path.join(__dirname, '../../docs/library-systems');
const EXAMPLE = path.join(FOLDER, 'gateway.json');
const json = (file: string) => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as object;
const example = json('gateway.json') as Record<string, object>;
const validate = new Ajv({ strict: false, validateFormats: false })
  .addSchema(json('library.schema.json'), 'library.schema.json')
  .compile(json('gateway.schema.json'));

const read = (config: unknown) => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'shutong-gateway-')), 'gateway.json');
  writeFileSync(file, typeof config === 'string' ? config : JSON.stringify(config));
  return readGatewayFile(file);
};

describe('the configuration of a gateway', () => {
  it('has a published JSON Schema that is made from the one that checks it (npm run config-schema)', () => {
    expect(json('gateway.schema.json')).toEqual(JSON.parse(JSON.stringify(makeGatewaySchema())));
  });

  it('has an example that the program and editors take, its library too', () => {
    expect(readLibraryConfig(readGatewayFile(EXAMPLE).library)).toHaveProperty('kind', 'composed');
    expect([validate(example), validate.errors]).toEqual([true, null]);
  });

  it.each(['running-the-gateway.md', 'running-the-gateway.zh-CN.md'])('is shown in %s as it is', (page) => {
    const text = readFileSync(path.join(FOLDER, '..', page), 'utf8');
    const [, shown = ''] = /```json\n([^`]*"listen"[^`]*)```/.exec(text) ?? [];
    expect(read(shown).listen.port).toBe(8443);
  });

  it('with the demo library is taken by both', () => {
    const demo = { ...example, library: { kind: 'demo', catalogFile: 'books.gz', dataDir: '/tmp/demo' } };
    expect(read(demo).library).toHaveProperty('kind', 'demo');
    expect([validate(demo), validate.errors]).toEqual([true, null]);
  });

  it.each<[string, object, string]>([
    ['a misspelt setting', { lisen: {} }, 'lisen: there is no such setting here'],
    ['a port in quotes', { listen: { port: '8443' } }, 'listen.port: must be a number, without quotes'],
    [
      'a secret in the place of its name',
      { keys: [{ id: 'a', secretEnv: 'p4ss word' }] },
      'keys.0.secretEnv: must be the name',
    ],
    ['no library', { library: undefined }, 'library: is missing'],
  ])('with %s is refused by both, in one line', (_what, change, expected) => {
    const wrong = JSON.parse(JSON.stringify({ ...example, ...change })) as object;
    expect(() => read(wrong)).toThrow(expected);
    expect(() => read(wrong)).toThrow(/^(?!.*p4ss)[^\n]+\n[^\n]+$/);
    expect(validate(wrong)).toBe(false);
  });

  it('is taken with a byte order mark, and names the place where it is not JSON', () => {
    expect(read(`\ufeff${JSON.stringify(example)}`).listen.port).toBe(8443);
    expect(() => read('{"listen": {"port": 1},}')).toThrow(
      'line 1, column 24: a comma before } is one too many',
    );
  });

  it('finds the files of its library beside itself', () => {
    const { library } = read({ ...example, library: { kind: 'sru', caFile: 'ca.pem' } });
    expect(library['caFile']).toMatch(/shutong-gateway-\w+\/ca.pem$/);
  });
});
