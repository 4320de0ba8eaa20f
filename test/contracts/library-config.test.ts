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

  it('names everything that is missing at once', () => {
    const result = readLibraryConfig({});
    expect(result.ok ? [] : result.problems).toHaveLength(3);
  });
});
