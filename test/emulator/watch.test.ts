import fs from 'node:fs';
import path from 'node:path';
import { watchFolders } from '../../local/host/watch-functions';
import { temporaryFolder } from './support/start-test-emulator';

describe('watchFolders', () => {
  it('rebuilds after a save, in deep and new folders too, never twice at once, and goes on after a failure', async () => {
    const dir = temporaryFolder('watch');
    fs.mkdirSync(path.join(dir, 'deep'));
    const lines: string[] = [];
    let [running, most, builds] = [0, 0, 0];
    let built: (() => void) | undefined;
    const stop = watchFolders(
      [dir],
      async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        builds++;
        built?.();
        if (builds === 1) throw new Error('does not compile');
      },
      (line) => lines.push(line),
    );
    const saveAndWait = (file: string): Promise<void> =>
      new Promise((resolve) => {
        built = resolve;
        fs.writeFileSync(path.join(dir, file), String(builds));
      });
    await saveAndWait('deep/one.ts');
    await saveAndWait('two.ts');
    await saveAndWait('deep/one.ts');
    stop();
    expect(builds).toBeGreaterThanOrEqual(3);
    expect(most).toBe(1);
    expect(lines).toEqual(['not reloaded: does not compile']);
  });
});
