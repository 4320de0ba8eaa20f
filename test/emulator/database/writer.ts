/**
 * A process that writes until it is killed, and tells on its standard output what has been acknowledged:
 * run as node --import tsx writer.ts <folder> <round>.
 */
import { Database } from '../../../local/emulator/database';
import { Client } from './client';

const SCHEMA = { collections: { left: { indexes: [] }, right: { indexes: [] }, single: { indexes: [] } } };
const [, , dir = '', round = ''] = process.argv;

async function write(): Promise<void> {
  const database = await Database.open({
    dir,
    schema: SCHEMA,
    clock: Date,
    log: () => undefined,
    compactAbove: 30_000,
  });
  const client = new Client(database, 'single');
  const tell = (line: string) => process.stdout.write(`${line}\n`);
  const singles = async (writer: number): Promise<void> => {
    for (let n = 0; ; n++) {
      const _id = `${round}-${writer}-${n}`;
      await client.insert({ _id });
      tell(`single ${_id}`);
    }
  };
  const pairs = async (writer: number): Promise<void> => {
    for (let n = 0; ; n++) {
      const _id = `${round}-${writer}-${n}`;
      const transaction = await client.begin();
      await transaction.of('left').insert({ _id, filling: 'x'.repeat(n % 300) });
      await transaction.of('right').insert({ _id });
      await transaction.commit();
      tell(`pair ${_id}`);
    }
  };
  await Promise.all([singles(0), singles(1), pairs(2), pairs(3)]);
}

void write();
