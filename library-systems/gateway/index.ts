import * as v from 'valibot';
import { LibraryFault } from '../library-fault';
import type { Call, Output } from '../circulation-from-calls';
import type { LibrarySystem } from '../library-system';
import { DESCRIBE, Description, operations } from '../operations';
import { systemFromCalls } from '../system-from-calls';
import { openConnection, post } from './post';
import type { ClientTls, Connection } from './post';
import { authorize } from './signing';

export interface GatewayConfig {
  /** `https://…`, or `http://…` within one machine or a private network. */
  url: string;
  keyId: string;
  secret: string;
  /** Limit for one whole exchange, in milliseconds. */
  timeoutMs: number;
  tls?: ClientTls;
  /** Milliseconds since the epoch; the machine's clock if left out. */
  now?: () => number;
}

const FAULT_CODES = ['UNREACHABLE', 'TIMEOUT', 'GARBLED', 'REJECTED', 'LOST'] as const;
const DataAnswer = v.strictObject({ data: v.unknown() });
const FaultAnswer = v.object({ fault: v.object({ code: v.picklist(FAULT_CODES) }) });

/**
 * Connects to a gateway and asks once what its library system can do; members
 * absent there are absent here.
 * @throws LibraryFault when the gateway cannot be asked; also later, from every operation
 */
export async function connectGateway(config: GatewayConfig): Promise<LibrarySystem> {
  const connection = openConnection(config.url, config.timeoutMs, config.tls);
  const ask = <T>(name: string, input: unknown, output: v.GenericSchema<unknown, T>, repeatable: boolean) =>
    askGateway(config, connection, name, input, output, repeatable);
  const description = await ask(DESCRIBE, {}, Description, true);

  const call: Call = (operation, input) => {
    const { output, kind } = operations[operation];
    return ask(
      operation,
      input,
      output as v.GenericSchema<unknown, Output<typeof operation>>,
      kind === 'read',
    );
  };
  return systemFromCalls(description, call);
}

async function askGateway<T>(
  { keyId, secret, now = Date.now }: GatewayConfig,
  connection: Connection,
  name: string,
  input: unknown,
  output: v.GenericSchema<unknown, T>,
  repeatable: boolean,
): Promise<T> {
  const signedPath = `/v1/${name}`;
  // A proxy may serve the gateway under a prefix; the gateway sees, and checks, the path without it.
  const path = connection.url.pathname.replace(/\/$/, '') + signedPath;
  const body = Buffer.from(JSON.stringify(input));
  // A second try is signed anew: the gateway refuses a nonce that it has seen.
  const authorization = (): string =>
    authorize({ method: 'POST', path: signedPath, body }, { id: keyId, secret }, now());
  const answer = await post(connection, path, body, authorization, repeatable ? 'read' : 'write');

  if (answer.status === 401) throw new LibraryFault('REJECTED', 'The gateway refuses the key or the clock');
  const json = parseJson(answer.body);
  const proxyFault = repeatable ? 'UNREACHABLE' : 'LOST';
  if (answer.status === 502 || answer.status === 504) {
    const fault = v.safeParse(FaultAnswer, json);
    // Without our body it comes from a proxy before the gateway, which may have passed the request on.
    const code = fault.success ? fault.output.fault.code : answer.status === 504 ? 'TIMEOUT' : proxyFault;
    throw new LibraryFault(code, `The library system behind the gateway failed in ${name}: ${code}`);
  }
  if (answer.status === 400 || answer.status === 404 || answer.status === 413) {
    throw new LibraryFault('REJECTED', `The gateway does not know ${name} in this form (${answer.status})`);
  }
  if (answer.status !== 200)
    throw new LibraryFault('GARBLED', `The gateway answered ${name} with ${answer.status}`);
  const data = v.safeParse(
    v.pipe(
      DataAnswer,
      v.transform((wire) => wire.data),
      output,
    ),
    json,
  );
  if (!data.success) throw new LibraryFault('GARBLED', `The gateway's answer to ${name} does not fit`);
  return data.output;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
