import { startGateway } from '../../../gateway';
import { connectGateway } from '../../../library-systems/gateway';
import type { SystemUnderTest } from '../describe-library-system';
import { KEY } from './demo';

/** The same system as the functions see it: through a gateway and its client. */
export async function behindGateway(inner: SystemUnderTest): Promise<SystemUnderTest> {
  const gateway = await startGateway({
    library: inner.system,
    keys: [KEY],
    clock: Date,
    log: () => undefined,
  });
  const { id: keyId, secret } = KEY;
  const system = await connectGateway({ url: gateway.url, keyId, secret, timeoutMs: 5_000 });
  return {
    system,
    close: async () => {
      await gateway.close();
      await inner.close();
    },
  };
}
