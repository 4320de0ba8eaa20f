import { randomBytes } from 'node:crypto';
import type { ExerciseOutput } from '../../../contracts/onboarding';
import type { Context } from '../../runtime/context';
import { createDice } from './engine/dice';
import { generateExercise } from './engine/generate-exercise';
import { requireKey } from './open-record';
import { readBooks } from './read-library-facts';

/** Books of this library to practise with, others each time. */
export async function makeExercise(context: Context): Promise<ExerciseOutput> {
  await requireKey(context, 'read');
  return generateExercise(await readBooks(context), createDice(randomBytes(32)));
}
