import { afterAll, describe, expect, it } from '@jest/globals';
import Ajv from 'ajv';
import fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigurationError } from '../../../library-systems/configuration-error';
import { connectLibrary, readConfigFile, readLibraryConfig } from '../../../library-systems/setup';
import { describeJsonError } from '../../../library-systems/setup/describe-json-error';
import { makeSchema } from '../../../tools/config-schema/make-schema';

const FOLDER = path.join(__dirname, '../../../docs/library-systems');
const SCHEMA = 'library.schema.json';
const EXAMPLES = readdirSync(FOLDER).filter((name) => name.endsWith('.json') && !/schema|gateway/.test(name));
const example = (name: string) => readConfigFile(path.join(FOLDER, name)) as Record<string, unknown>;
const published = JSON.parse(readFileSync(path.join(FOLDER, SCHEMA), 'utf8')) as object;
// Patterns of ours name groups and characters by their properties: JavaScript's, not those of draft 7.
const validate = new Ajv({ strict: false, validateFormats: false }).compile(published);

const problemsOf = (json: unknown): string => {
  try {
    readLibraryConfig(json);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error('It was accepted');
};

describe('a file that is not as it should be', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'shutong-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (content: string | Buffer): unknown => {
    const file = path.join(folder, 'library.json');
    writeFileSync(file, content);
    return readConfigFile(file);
  };
  const GOOD = '{\n  "name": "馆",\n  "port": 6001\n}';

  it.each([
    ['a comma too many', GOOD.replace('6001', '6001,'), 'line 4, column 1: a comma before } is one too many'],
    [
      'a comma that is missing',
      GOOD.replace('馆",', '馆"'),
      'line 3, column 3: a comma is missing before this',
    ],
    ['a full-width comma', GOOD.replace('馆",', '馆"，'), 'line 2, column 14: ， stands where , must stand'],
    [
      'a full-width colon',
      GOOD.replace('name":', 'name"：'),
      'line 2, column 9: ： stands where : must stand',
    ],
    [
      'quotes of a word processor',
      GOOD.replace('"name"', '“name”'),
      'line 2, column 3: “ stands where " must stand',
    ],
    ['single quotes', GOOD.replace('"name"', "'name'"), `line 2, column 3: ' stands where " must stand`],
    [
      'a name without quotes',
      GOOD.replace('"name"', 'name'),
      'line 2, column 3: names and texts stand in double quotes',
    ],
    ['a comment', GOOD.replace('"name"', '// x\n"name"'), 'line 2, column 3: JSON has no comments'],
    [
      'a space of another kind',
      GOOD.replace('  "name"', '　"name"'),
      'line 2, column 1: a space of another kind',
    ],
    ['a tab in a text', GOOD.replace('馆', '馆\t'), 'line 2, column 11: a text that is not closed'],
    ['an end too early', GOOD.slice(0, -1), 'it ends before it is complete'],
    ['something behind the end', `${GOOD} {}`, 'line 4, column 3: nothing may stand behind the end'],
    ['nothing', '\n', 'it is empty'],
  ])('is told by line and column: %s', (_what, text, expected) => {
    expect(() => read(text)).toThrow(ConfigurationError);
    expect(() => read(text)).toThrow(expected);
  });

  it.each([
    ['GBK', Buffer.from([...Buffer.from('{"name": "'), 0xd7, 0xdc, 0xb9, 0xdd, ...Buffer.from('"}')])],
    ['UTF-16', Buffer.from(`\ufeff${GOOD}`, 'utf16le')],
  ])('is refused as %s: readers would see a garbled name', (_what, bytes) => {
    expect(() => read(bytes)).toThrow(/is not UTF-8: save it as UTF-8/);
  });

  it('is taken with a byte order mark', () => {
    expect(read(`\ufeff${GOOD}`)).toEqual({ name: '馆', port: 6001 });
  });

  it('never has its text repeated: it may be a secret', () => {
    expect(() => read('{"password": hunter2}')).toThrow(/^(?!.*hunter2)/s);
  });

  it('has an explanation whatever it is, and only then', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', '：', 'x', '\n'),
        (json, at, put) => {
          const place = at % (json.length + 1);
          const text = json.slice(0, place) + put + json.slice(place + 1);
          expect(describeJsonError(text)).toMatch(/^(line \d+, column \d+: .|it )/);
        },
      ),
    );
  });
});

describe('the published JSON Schema', () => {
  it('is the one that is made from the schemas (npm run config-schema)', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(makeSchema())));
  });

  it('knows each kind of system', () => {
    const kinds = EXAMPLES.flatMap((name) => example(name)['kind'] ?? []);
    expect(kinds.sort()).toEqual(['folio', 'huiwen', 'interlib', 'koha', 'libstar', 'sip2', 'sru']);
  });
});

describe.each(EXAMPLES)('the example %s', (name) => {
  it('is a configuration, for the program and for editors', () => {
    expect(readLibraryConfig(example(name))).toHaveProperty('kind');
    expect([validate(example(name)), validate.errors]).toEqual([true, null]);
  });

  it('is refused with a misspelt setting, by both', () => {
    const misspelt = { ...example(name), brnaches: [] };
    expect(problemsOf(misspelt)).toContain('brnaches: there is no such setting');
    expect(validate(misspelt)).toBe(false);
  });

  it('connects without its peers being there, and ends', async () => {
    const secrets = Array.from({ length: 40 }, (_, i) => 'secret-of-an-example'[i % 20]).join('');
    const system = await connectLibrary(readLibraryConfig(example(name)), {
      secret: () => secrets,
      clock: Date,
    });
    expect(system.name).toBe('示范大学图书馆');
    await system.close();
  });
});

describe('a configuration', () => {
  const sip2 = example('sip2.json');
  const both = example('sip2-and-sru.json');

  it.each([
    ['not an object', 5, '(the whole)'],
    ['of no kind', {}, 'kind: is missing'],
    ['of a kind that there is not', { ...sip2, kind: 'sip3' }, 'kind: must be one of "sip2", "sru", '],
    ['without its host', { ...sip2, host: undefined }, 'host: is missing'],
    ['with a port of letters', { ...sip2, port: 'six' }, 'port: must be a number, without quotes'],
    [
      'with a zone that there is not',
      { ...sip2, timeZone: 'Asia/Peking' },
      'must be a zone such as Asia/Shanghai',
    ],
    [
      'with a branch twice',
      {
        ...sip2,
        branches: [
          { code: 'A', name: 'a' },
          { code: 'A', name: 'b' },
        ],
      },
      'once only',
    ],
    [
      'with a broken pattern',
      { ...sip2, denialTexts: [{ pattern: '(', code: 'DEBT' }] },
      'denialTexts.0.pattern',
    ],
    [
      'with a code that there is not',
      { ...sip2, denialTexts: [{ pattern: 'x', code: 'NO' }] },
      'denialTexts.0.code',
    ],
    ['of two parts without a match', { ...both, match: undefined }, 'match'],
    ['of a catalogue only', { ...both, circulation: undefined }, 'circulation: is missing'],
    ['with a bad part', { ...both, circulation: { kind: 'sip2', port: 1 } }, 'circulation.host: is missing'],
    ['that is a list', [sip2], '(the whole): must be settings in braces'],
    ['with branches as an object', { ...sip2, branches: {} }, 'branches: must be a list in brackets'],
    ['with a host that is an address', { ...sip2, host: 'http://sip.edu' }, 'host: must be a name'],
    ['with a host and its port', { ...sip2, host: 'sip.edu:6001' }, 'host: must be a name'],
    ['with a space behind its host', { ...sip2, host: 'sip.edu ' }, 'no spaces'],
    [
      'with hours of no branch',
      { ...sip2, openingHours: { ZB: { week: {} } } },
      'openingHours.ZB: no branch',
    ],
    [
      'with its parts in each other’s place',
      { ...both, catalog: both['circulation'], circulation: both['catalog'] },
      'catalog.kind: sip2 knows no books; did',
    ],
    [
      'with hours that end before they begin',
      { ...sip2, openingHours: { MAIN: { week: { mon: ['22:00-08:00'] } } } },
      'must end after',
    ],
  ])('%s is refused, and it is said where', (_what, json, message) => {
    expect(problemsOf(json)).toContain(message);
  });

  it('names everything that is wrong at once, and repeats no value', () => {
    const login = { userEnv: 'hunter2 secret', passwordEnv: 'P4ss-word' };
    const message = problemsOf({ ...sip2, port: 0, login });
    for (const place of ['port', 'login.userEnv', 'login.passwordEnv']) expect(message).toContain(place);
    expect(message).toContain('must be the name of an environment variable');
    expect(message).not.toMatch(/hunter2|P4ss/);
  });

  it('names what is wrong in all its parts at once, each place once', () => {
    const { circulation, catalog } = both as Record<string, object>;
    const message = problemsOf({
      ...both,
      brnaches: [],
      openingHours: { MAIN: { week: { mon: ['9-17'] } } },
      catalog: { ...catalog, URL: 'x' },
      circulation: { ...circulation, port: '6001', institutoin: 'X' },
    });
    expect(message.split('\n').slice(1)).toEqual([
      '  openingHours.MAIN.week.mon.0: must be written as 08:00-22:00',
      '  brnaches: there is no such setting here',
      '  catalog.URL: there is no such setting here',
      '  circulation.port: must be a number, without quotes',
      '  circulation.institutoin: there is no such setting here',
    ]);
  });

  it('takes hosts by name and by address', () => {
    for (const host of ['sip', 'sip.lib.edu.cn', '10.1.2.3', '::1', 'fe80::1', '图书馆.cn']) {
      expect(readLibraryConfig({ ...sip2, host })).toHaveProperty('host', host);
    }
  });

  it('of two parts describes the site once for both', () => {
    const config = readLibraryConfig(both);
    expect(config).toMatchObject({
      kind: 'composed',
      catalog: { name: '示范大学图书馆', timeZone: 'Asia/Shanghai' },
      circulation: { branches: both['branches'], denialTexts: both['denialTexts'] },
    });
  });

  it('asks for each secret by the name of its variable', async () => {
    const missing = connectLibrary(readLibraryConfig(sip2), {
      secret: (name) => {
        throw new ConfigurationError(`${name} is not set`);
      },
      clock: Date,
    });
    await expect(missing).rejects.toThrow('SIP2_USER is not set');
  });
});
