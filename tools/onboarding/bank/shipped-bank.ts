import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readBank } from './read-bank';
import type { Bank } from './read-bank';

const FOLDER = path.join(__dirname, '../../../content/onboarding/bank');

/**
 * The questions that come with Shutong.
 * @param today local date
 * @throws {Unsound}
 */
export async function readShippedBank(today: string): Promise<Bank> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
  return readBank(
    names.map((name) => path.join(FOLDER, name)),
    today,
  );
}
