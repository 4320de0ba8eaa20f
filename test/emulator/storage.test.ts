import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import {
  buildFixtures,
  startTestEmulator,
  temporaryFolder,
  type TestEmulator,
} from './support/start-test-emulator';

jest.setTimeout(60_000);

interface Link {
  fileID: string;
  status: number;
  tempFileURL: string;
}

describe('storage of the local cloud', () => {
  let cloud: TestEmulator;
  let functionsDir: string;

  beforeAll(async () => {
    functionsDir = await buildFixtures(['probe', 'native']);
    // in a folder of its own: what is written outside of the data would lie there, and nothing of others does
    cloud = await startTestEmulator({ functionsDir, dataDir: path.join(temporaryFolder('storage'), 'data') });
  });
  afterAll(() => cloud.emulator.close());

  const upload = async (cloudPath: string, text: string): Promise<string> =>
    (await cloud.probe<{ fileID: string }>({ do: 'upload-text', path: cloudPath, data: text })).fileID;
  const linkOf = async (fileId: string): Promise<Link> => {
    const [link] = await cloud.probe<Link[]>({ do: 'links', fileId });
    if (!link) throw new Error('no answer');
    return link;
  };

  it.each([
    'a.txt',
    '目录/文 件.txt',
    'odd/100%25 #1?x=1&y.txt',
    "quote's/plus+.txt",
    `${'长'.repeat(200)}.txt`,
  ])('brings back what was put at %s, through wx-server-sdk', async (cloudPath) => {
    const fileId = await upload(cloudPath, `content of ${cloudPath}`);
    expect(fileId).toBe(`cloud://local.6c6f-local-1250000000/${cloudPath}`);
    await expect(cloud.probe({ do: 'download', fileId })).resolves.toBe(`content of ${cloudPath}`);
  });

  it('serves @cloudbase/node-sdk too, with size and type', async () => {
    const native = (event: unknown): Promise<unknown> =>
      cloud.emulator.callAsClient({ function: 'native', openid: 'o-1', event });
    const { fileID } = (await native({ do: 'upload' })) as { fileID: string };
    await expect(native({ do: 'info', fileId: fileID })).resolves.toMatchObject({
      fileList: [{ code: 'SUCCESS', size: 6, mime: 'text/plain', fileName: 'native.txt' }],
    });
  });

  it('takes what a client uploads, and lets it write over nothing but its own', async () => {
    const put = (openid: string, cloudPath: string, text: string): Promise<string> =>
      cloud.emulator.uploadAsClient({ openid, cloudPath, content: Readable.from([Buffer.from(text)]) });
    const fileId = await put('o-1', 'clients/a.txt', 'first');
    expect(await put('o-1', 'clients/a.txt', 'second')).toBe(fileId);
    await expect(put('o-2', 'clients/a.txt', 'theirs')).rejects.toMatchObject({ errCode: -503002 });
    const ours = await upload('functions/b.txt', 'of a function');
    await expect(put('o-1', 'functions/b.txt', 'theirs')).rejects.toMatchObject({ errCode: -503002 });
    await expect(put('', 'clients/c.txt', 'of nobody')).rejects.toMatchObject({ errCode: -501023 });
    await expect(put('o-1', '../c.txt', 'outside')).rejects.toMatchObject({ errCode: -501007 });
    expect(await cloud.probe({ do: 'download', fileId })).toBe('second');
    expect(await cloud.probe({ do: 'download', fileId: ours })).toBe('of a function');
    // a function may write over anything
    await upload('clients/a.txt', 'of a function');
    await expect(put('o-1', 'clients/a.txt', 'third')).rejects.toMatchObject({ errCode: -503002 });
  });

  it('takes at most 50 MB of a client', async () => {
    function* chunks(): Generator<Buffer> {
      for (let i = 0; i < 51; i++) yield Buffer.alloc(1024 * 1024);
    }
    const large = { openid: 'o-1', cloudPath: 'large.bin', content: Readable.from(chunks()) };
    await expect(cloud.emulator.uploadAsClient(large)).rejects.toMatchObject({ errCode: -503001 });
  });

  it('replaces and deletes', async () => {
    const fileId = await upload('twice.txt', 'first');
    await upload('twice.txt', 'second');
    await expect(cloud.probe({ do: 'download', fileId })).resolves.toBe('second');
    await expect(cloud.probe({ do: 'delete', fileId })).resolves.toMatchObject([
      { fileID: fileId, status: 0 },
    ]);
    await expect(cloud.probe({ do: 'delete', fileId })).resolves.toMatchObject([{ status: -503003 }]);
    await expect(linkOf(fileId)).resolves.toMatchObject({ status: -503003, tempFileURL: '' });
    await expect(cloud.probe({ do: 'download', fileId })).rejects.toMatchObject({ errCode: -504002 });
  });

  it.each(['../../outside.txt', '/absolute.txt', 'a/../../b', 'a//b', './a', '', 'nul\0byte', 'a/..'])(
    'refuses the path %j and writes nothing outside',
    async (cloudPath) => {
      await expect(upload(cloudPath, 'x')).rejects.toMatchObject({ errCode: -504002 });
      expect(fs.readdirSync(path.join(cloud.dataDir, '..'))).toEqual(['data']);
    },
  );

  it('opens a link for its own file only, and not after its time', async () => {
    const [mine, other] = [await upload('mine.txt', 'mine'), await upload('other.txt', 'other')];
    const [link, otherLink] = [(await linkOf(mine)).tempFileURL, (await linkOf(other)).tempFileURL];
    await expect((await fetch(link)).text()).resolves.toBe('mine');
    const [, signature = ''] = link.split('.').slice(-2);
    const forged = `${otherLink.slice(0, otherLink.lastIndexOf('.'))}.${signature}`;
    expect((await fetch(forged)).status).toBe(403);
    expect((await fetch(`${link.slice(0, -2)}${link.endsWith('AA') ? 'BB' : 'AA'}`)).status).toBe(403);
    // a link for reading writes nothing
    expect((await fetch(link, { method: 'PUT', body: 'changed' })).status).toBe(403);
    expect((await fetch(link, { method: 'DELETE' })).status).toBe(405);
    await cloud.emulator.moveClock(Date.now() + 25 * 3_600_000);
    expect((await fetch(link)).status).toBe(403);
    await cloud.emulator.moveClock(Date.now());
    await expect((await fetch(link)).text()).resolves.toBe('mine');
  });

  it('never lets a stored page run as a page of this origin', async () => {
    const fileId = await upload('page.html', '<script>alert(1)</script>');
    const { headers } = await fetch((await linkOf(fileId)).tempFileURL);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-security-policy')).toContain('sandbox');
  });

  it('shows files to pages of another port, but to nobody who came by another name', async () => {
    const link = (await linkOf(await upload('shown.txt', 'shown'))).tempFileURL;
    const page = { origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-site' };
    const shown = await fetch(link, { headers: page });
    expect([shown.status, shown.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    const status = await new Promise((resolve, reject) => {
      const req = http.get(link, { headers: { host: 'evil.example' } }, (res) => resolve(res.statusCode));
      req.on('error', reject);
    });
    expect(status).toBe(403);
  });

  it('keeps one of two uploads to the same path whole, and nothing of the other', async () => {
    const texts = ['a'.repeat(300_000), 'b'.repeat(300_000), 'c'.repeat(300_000)];
    const before = fs.readdirSync(path.join(cloud.dataDir, 'storage')).length;
    const [fileId = ''] = await Promise.all(texts.map((text) => upload('contested.txt', text)));
    expect(texts).toContain(await cloud.probe({ do: 'download', fileId }));
    expect(fs.readdirSync(path.join(cloud.dataDir, 'storage'))).toHaveLength(before + 2);
  });

  it('refuses what is larger than 50 MB, keeps the old file and leaves nothing behind', async () => {
    const fileId = await upload('large.bin', 'small');
    const files = fs.readdirSync(path.join(cloud.dataDir, 'storage')).sort();
    await expect(
      cloud.probe({ do: 'upload', path: 'large.bin', size: 60 * 1024 * 1024 }),
    ).rejects.toMatchObject({ message: expect.stringContaining('EntityTooLarge') as string });
    expect(fs.readdirSync(path.join(cloud.dataDir, 'storage')).sort()).toEqual(files);
    await expect(cloud.probe({ do: 'download', fileId })).resolves.toBe('small');
  });

  it('keeps files over a restart, removes what a crash left, and forgets all on reset', async () => {
    const fileId = await upload('kept.txt', 'kept');
    await cloud.emulator.close();
    fs.writeFileSync(path.join(cloud.dataDir, 'storage', 'half.bytes'), 'half');
    cloud = await startTestEmulator({ functionsDir, dataDir: cloud.dataDir });
    await expect(cloud.probe({ do: 'download', fileId })).resolves.toBe('kept');
    expect(fs.existsSync(path.join(cloud.dataDir, 'storage', 'half.bytes'))).toBe(false);
    await cloud.emulator.reset();
    await expect(linkOf(fileId)).resolves.toMatchObject({ status: -503003 });
    expect(fs.readdirSync(path.join(cloud.dataDir, 'storage'))).toEqual([]);
  });
});
