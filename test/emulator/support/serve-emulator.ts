import { ShiftableClock } from '../../../local/clock';
import { startEmulator } from '../../../local/emulator';

/** What the test asks of the emulator in this process: a call of `keeper` with an event. */
interface Ask {
  id: number;
  event: unknown;
}

/** Runs an emulator in a process of its own, so that a test can kill it: `<data folder> <functions folder>`. */
async function main(): Promise<void> {
  const [, , dataDir = '', functionsDir = ''] = process.argv;
  const emulator = await startEmulator({
    dataDir,
    functionsDir,
    schema: { collections: { items: { indexes: [] } } },
    rules: { '*': { invoke: true } },
    functionEnv: {},
    clock: new ShiftableClock(),
    log: () => undefined,
  });
  process.on('message', ({ id, event }: Ask) => {
    emulator.callAsClient({ function: 'keeper', openid: 'o-1', event }).then(
      (answer) => process.send?.({ id, answer }),
      (error: unknown) => process.send?.({ id, error: String(error) }),
    );
  });
  process.send?.({ ready: true });
}

void main();
