import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import * as v from 'valibot';
import { staffApi } from '../../contracts/staff';
import type { StaffAction } from '../../tools/staff/call-staff';

type Answer = unknown;
type Act = (input: never) => Answer;

export interface FakeStaff {
  url: string;
  /** What was ordered, in order. */
  orders: { action: StaffAction; input: Record<string, unknown> }[];
  close: () => Promise<void>;
}

/** Where the local cloud answers `/local/run`: checks every order against the contract and answers as told, at once or in time. */
export async function startFakeStaff(acts: Partial<Record<StaffAction, Act>>): Promise<FakeStaff> {
  const orders: FakeStaff['orders'] = [];
  const answer = (body: { function: string; event: { action: StaffAction; input: unknown } }): unknown => {
    const { action } = body.event;
    const input = v.safeParse(staffApi[action].input, body.event.input);
    if (body.function !== 'staff' || !input.success) return fault('BAD_REQUEST');
    orders.push({ action, input: input.output });
    const act = acts[action];
    return act ? act(input.output as never) : fault('NOT_FOUND');
  };
  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const answered = Promise.resolve(
        request.url === '/local/run' ? answer(JSON.parse(text) as never) : undefined,
      );
      void answered.then((given) => {
        if (given === CUT) response.destroy();
        else if (given !== HANG) response.end(JSON.stringify(given));
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    orders,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export const ok = (data: unknown): Answer => ({ ok: true, data });
export const fault = (code: string): Answer => ({
  ok: false,
  error: { code, retryable: false, requestId: 'r-1' },
});
/** The connection ends without an answer; or no answer ever comes. */
export const CUT = Symbol('cut');
export const HANG = Symbol('hang');
