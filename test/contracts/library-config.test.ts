import { readLibraryConfig } from '../../cloudfunctions/runtime/config';

const complete = {
  LIBRARY_GATEWAY_URL: 'https://library.example.edu.cn:8443',
  LIBRARY_GATEWAY_KEY_ID: 'k1',
  LIBRARY_GATEWAY_KEY: 's'.repeat(32),
};

describe('settings of the reader function', () => {
  it('reads a complete environment and has a default time limit', () => {
    expect(readLibraryConfig({ ...complete, PATH: '/bin' })).toEqual({
      ok: true,
      config: {
        gatewayUrl: complete.LIBRARY_GATEWAY_URL,
        keyId: 'k1',
        secret: 's'.repeat(32),
        timeoutMs: 8000,
      },
    });
  });

  it.each([
    ['LIBRARY_GATEWAY_URL', undefined],
    ['LIBRARY_GATEWAY_URL', 'library.example.edu.cn'],
    ['LIBRARY_GATEWAY_URL', 'file:///etc/passwd'],
    ['LIBRARY_GATEWAY_URL', 'http://library.example.edu.cn'],
    ['LIBRARY_GATEWAY_URL', 'http://10.0.0.1.example.edu.cn'],
    ['LIBRARY_GATEWAY_URL', 'http://127.0.0.1@library.example.edu.cn'],
    ['LIBRARY_GATEWAY_URL', 'http://172.32.0.1'],
    ['LIBRARY_GATEWAY_URL', 'http://[2001:db8::1]'],
    ['LIBRARY_GATEWAY_KEY_ID', undefined],
    ['LIBRARY_GATEWAY_KEY_ID', 'a key with blanks'],
    ['LIBRARY_GATEWAY_KEY', undefined],
    ['LIBRARY_GATEWAY_KEY', 'short-secret'],
    ['LIBRARY_TIMEOUT_MS', 'soon'],
    ['LIBRARY_TIMEOUT_MS', '0'],
    ['LIBRARY_TIMEOUT_MS', '60000'],
  ])('names %s when it is %s, and never repeats the value', (name, value) => {
    const result = readLibraryConfig({ ...complete, [name]: value });
    if (result.ok) throw new Error('accepted');
    expect(result.problems).toHaveLength(1);
    expect(result.problems[0]).toContain(`set ${name}: `);
    if (name === 'LIBRARY_GATEWAY_KEY' && value) expect(result.problems[0]).not.toContain(value);
  });

  it.each([
    'http://127.0.0.1:9',
    'http://localhost:8081',
    'http://10.1.2.3',
    'http://172.16.0.9:80/lib',
    'http://192.168.1.1',
    'http://[::1]:1',
    'http://[fd00::1]',
  ])('takes %s: without TLS, but within a private network', (url) => {
    expect(readLibraryConfig({ ...complete, LIBRARY_GATEWAY_URL: url }).ok).toBe(true);
  });

  it('names everything that is missing at once', () => {
    const result = readLibraryConfig({});
    expect(result.ok ? [] : result.problems).toHaveLength(3);
  });
});

describe('certificates for the gateway', () => {
  // made up: what stands between the lines is looked at only when a connection is opened
  const pem = (what: string) => `-----BEGIN ${what}-----\nMIIB\n-----END ${what}-----\n`;
  const CERT = pem('CERTIFICATE');
  const KEY = pem('PUBLIC KEY');
  const inOneLine = (text: string) => Buffer.from(text).toString('base64');

  it('are taken as PEM, or as its base64 in one line', () => {
    for (const write of [(text: string) => text, inOneLine]) {
      const own = { LIBRARY_GATEWAY_CERT: write(CERT), LIBRARY_GATEWAY_CERT_KEY: write(KEY) };
      expect(readLibraryConfig({ ...complete, LIBRARY_GATEWAY_CA: write(CERT), ...own })).toMatchObject({
        config: { tls: { ca: CERT, cert: CERT, key: KEY } },
      });
      expect(readLibraryConfig({ ...complete, ...own })).toMatchObject({ config: { tls: { cert: CERT } } });
    }
  });

  it.each([
    ['LIBRARY_GATEWAY_CA', { LIBRARY_GATEWAY_CA: 'server.pem' }],
    ['LIBRARY_GATEWAY_CERT', { LIBRARY_GATEWAY_CERT: 'aGVsbG8=', LIBRARY_GATEWAY_CERT_KEY: KEY }],
    ['LIBRARY_GATEWAY_CERT_KEY', { LIBRARY_GATEWAY_CERT: CERT }],
    ['LIBRARY_GATEWAY_CERT_KEY', { LIBRARY_GATEWAY_CERT_KEY: KEY }],
  ])('name %s when they are of no use', (name, wrong) => {
    const result = readLibraryConfig({ ...complete, ...wrong });
    expect(result.ok ? [] : result.problems).toEqual([expect.stringContaining(`set ${name}: `)]);
  });
});
