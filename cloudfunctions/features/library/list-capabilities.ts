import type { CapabilitiesOutput } from '../../../contracts/library';
import { abilitiesOf, capabilitiesOf } from '../../../library-systems/capabilities';
import type { Context } from '../../runtime/context';

export async function listCapabilities(context: Context): Promise<CapabilitiesOutput> {
  const library = await context.library();
  return {
    library: { name: library.name, branches: [...library.branches] },
    capabilities: capabilitiesOf(library),
    ...(library.catalog && { search: abilitiesOf(library.catalog) }),
  };
}
