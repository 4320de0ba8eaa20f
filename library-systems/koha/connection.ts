import type { Named } from '../../contracts/catalog';
import type { AskIlsDi } from './ask-ils-di';
import type { KohaConfig } from './config';
import type { Refusals } from './denials';
import type { Rest } from './rest/rest-client';

/** What the parts of this adapter stand on. */
export interface Koha {
  readonly config: KohaConfig;
  readonly clock: { now(): number };
  readonly ask: AskIlsDi;
  readonly rest?: Rest;
  readonly refusals: Refusals;
}

/** A branch by its code; the library's own name where the configuration has none. */
export function branchNamed({ config }: Pick<Koha, 'config'>, code: string, name?: string): Named {
  return config.branches.find((branch) => branch.code === code) ?? { code, name: name ?? code };
}
