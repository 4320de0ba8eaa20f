import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { RenewOutcome } from '../../../contracts/loans';
import { openDemoLibrary } from '../../../library-systems/demo';
import { bundleProgram } from '../../support/bundle-program';
import { CATALOG_FILE, NOW } from '../support/demo';
import { loansOf } from './support';

type Renewed = Extract<RenewOutcome, { status: 'renewed' }> & { ref: string };

describe('killing the demo library', () => {
  it.each([3, 25, 70])(
    'loses no renewal that it acknowledged: after %i',
    async (count) => {
      const dataDir = await mkdtemp(path.join(tmpdir(), 'shutong-kill-'));
      const child = spawn(
        process.execPath,
        [await bundleProgram(path.join(__dirname, 'renew-without-end.ts')), dataDir],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const acknowledged: Renewed[] = [];
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged.push(JSON.parse(line) as Renewed);
        if (acknowledged.length === count) child.kill('SIGKILL');
      }
      if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
      expect(child.signalCode).toBe('SIGKILL');
      expect(acknowledged.length).toBeGreaterThanOrEqual(count);

      const reopened = await openDemoLibrary({
        catalogFile: CATALOG_FILE,
        dataDir,
        clock: { now: () => NOW },
      });
      for (const { ref, loanId, dueAt } of acknowledged) {
        const loan = (await loansOf(reopened, ref)).find((each) => each.loanId === loanId)!;
        expect(loan.dueAt).toBe(dueAt);
        // Once: a renewal found again on opening is not renewed twice.
        expect(Date.parse(loan.dueAt) - NOW).toBeLessThan(250 * 86_400_000);
        const { item } = (await reopened.catalog!.itemByBarcode!(loan.itemBarcode))!;
        expect(item).toMatchObject({ status: 'onLoan', dueAt });
      }
      await reopened.reset();
      const fresh = await loansOf(reopened, 'p2');
      expect(fresh.every(({ renewal }) => renewal.allowed)).toBe(true);
      await reopened.close();
      await rm(dataDir, { recursive: true });
    },
    60_000,
  );
});
