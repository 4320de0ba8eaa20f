import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readDeskConfig } from '../../cloudfunctions/runtime/config';
import { deskKeys } from '../../local/host/desk-keys';

describe('the keys of a data folder', () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shutong-keys-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it('are such as the function takes, stay the same, and are its owner’s to read only', () => {
    const dataDir = path.join(folder, 'new');
    const keys = deskKeys(dataDir);
    expect(readDeskConfig(keys)).toMatchObject({ ok: true });
    expect(deskKeys(dataDir)).toEqual(keys);
    expect(deskKeys(path.join(folder, 'other'))).not.toEqual(keys);
    expect(fs.readdirSync(dataDir)).toEqual(['keys.json']);
    expect(fs.statSync(path.join(dataDir, 'keys.json')).mode & 0o777).toBe(0o600);
  });

  it('are never made anew over a file that cannot be read: what they sealed would be lost', () => {
    fs.writeFileSync(path.join(folder, 'keys.json'), '{');
    expect(() => deskKeys(folder)).toThrow();
    expect(fs.readFileSync(path.join(folder, 'keys.json'), 'utf8')).toBe('{');
  });
});
