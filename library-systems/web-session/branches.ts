import type { Named } from '../../contracts/catalog';

/**
 * The branch that a system means by a code or a name: one of those configured where it is one of them,
 * else as the system calls it, for a copy is not left out because its branch was not written down.
 */
export function branchOf(
  branches: readonly Named[],
  code: string | undefined,
  name: string | undefined,
): Named {
  const known =
    branches.find((branch) => code !== undefined && branch.code === code) ??
    branches.find((branch) => name !== undefined && branch.name === name);
  if (known) return known;
  return { code: code ?? name ?? '', name: name ?? code ?? '' };
}
