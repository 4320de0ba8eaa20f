import * as v from 'valibot';
import type { ShiftableClock } from '../clock';
import type { Emulator } from '../emulator';
import { LINK_FAULTS } from '../faulty-link';
import type { OpenLibrary } from './library';
import { seedMessages } from './seed-messages';
import { seedOnboarding } from './seed-onboarding';
import { seedReport } from './seed-report';
import { subscribe } from './subscribe';

/** A request that cannot be done as it stands. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';

  constructor(
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

export interface LocalParts {
  emulator: Emulator;
  library: OpenLibrary;
  clock: ShiftableClock;
}

/** One endpoint: what it takes and what it answers. */
interface LocalAction {
  /** Largest body, bytes. */
  limit: number;
  run: (parts: LocalParts, body: unknown) => Promise<unknown>;
}

/** Room for the largest event and what goes around it, so that the cloud itself can refuse what is larger. */
const CALL_LIMIT = 7 * 1024 * 1024;
const SMALL_LIMIT = 64 * 1024;

/** A point in time that says its zone. */
const Moment = v.pipe(
  v.string(),
  v.regex(
    /^(19[7-9]|20)\d+-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/,
    'ISO 8601 with an offset',
  ),
  v.transform((text) => Date.parse(text)),
  v.finite('not a moment'),
);
const Openid = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
const Times = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));

function action<T>(
  limit: number,
  schema: v.GenericSchema<unknown, T>,
  run: (parts: LocalParts, input: T) => Promise<unknown>,
): LocalAction {
  return {
    limit,
    run: (parts, body) => {
      const parsed = v.safeParse(schema, body);
      if (!parsed.success) {
        const [issue] = parsed.issues;
        throw new BadRequest(`${v.getDotPath(issue) ?? 'body'}: ${issue.message}`);
      }
      return run(parts, parsed.output);
    },
  };
}

/** What can be POSTed beside the mini program's own pages. */
export const LOCAL_ACTIONS: ReadonlyMap<string, LocalAction> = new Map([
  [
    '/call',
    action(
      CALL_LIMIT,
      v.object({ function: v.string(), openid: v.optional(v.string(), ''), event: v.optional(v.unknown()) }),
      ({ emulator }, call) => emulator.callAsClient({ ...call, event: call.event }),
    ),
  ],
  [
    '/local/run',
    action(
      CALL_LIMIT,
      v.object({ function: v.string(), event: v.optional(v.unknown()) }),
      ({ emulator }, call) => emulator.callAsPlatform({ ...call, event: call.event }),
    ),
  ],
  ['/local/reset', action(SMALL_LIMIT, v.optional(v.strictObject({}), {}), (parts) => reset(parts))],
  [
    '/local/clock',
    action(SMALL_LIMIT, v.strictObject({ now: v.nullable(Moment) }), async ({ emulator, clock }, { now }) => {
      const fired = await emulator.moveClock(now ?? Date.now());
      return {
        now: new Date(clock.now()).toISOString(),
        fired: fired.map((firing) => ({ ...firing, at: new Date(firing.at).toISOString() })),
      };
    }),
  ],
  [
    '/local/faults',
    action(
      SMALL_LIMIT,
      v.strictObject({ library: v.picklist(LINK_FAULTS) }),
      async ({ library }, { library: fault }) => {
        if (!library.setFault) throw new BadRequest('only the demo library can be disturbed', 409);
        library.setFault(fault);
        return { library: fault };
      },
    ),
  ],
  [
    '/local/return',
    action(
      SMALL_LIMIT,
      v.strictObject({ barcode: v.pipe(v.string(), v.regex(/^\w{1,32}$/)) }),
      async ({ library }, { barcode }) => {
        if (!library.takeBack) throw new BadRequest('only the demo library has a counter', 409);
        try {
          await library.takeBack(barcode);
        } catch (error) {
          throw new BadRequest(error instanceof Error ? error.message : String(error));
        }
        return { barcode };
      },
    ),
  ],
  [
    '/local/credits',
    action(
      SMALL_LIMIT,
      v.strictObject({
        openid: Openid,
        templateId: Openid,
        count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(-1_000_000), v.maxValue(1_000_000)), 1),
      }),
      async ({ emulator }, { openid, templateId, count }) => ({
        openid,
        templateId,
        credits: emulator.addCredits(openid, templateId, count),
      }),
    ),
  ],
  [
    '/local/subscribe',
    action(
      SMALL_LIMIT,
      v.strictObject({
        openid: Openid,
        answers: v.pipe(
          v.array(v.strictObject({ templateId: Openid, answer: v.picklist(['accept', 'reject']) })),
          v.minLength(1),
          v.maxLength(3),
        ),
      }),
      async ({ emulator, clock }, { openid, answers }) => {
        await subscribe(emulator, clock, openid, answers);
        return {};
      },
    ),
  ],
  [
    '/local/unionid',
    action(SMALL_LIMIT, v.strictObject({ openid: Openid, unionid: Openid }), ({ emulator }, link) => {
      emulator.setUnionid(link.openid, link.unionid);
      return Promise.resolve(link);
    }),
  ],
  [
    '/local/open-api',
    action(
      SMALL_LIMIT,
      v.strictObject({
        api: v.string(),
        errcode: v.optional(v.pipe(v.number(), v.integer())),
        errmsg: v.optional(v.string()),
        result: v.optional(v.record(v.string(), v.unknown())),
        times: v.optional(Times, 1),
      }),
      async ({ emulator }, script) => {
        if (script.errcode === undefined && script.result === undefined) {
          throw new BadRequest('errcode or result is expected');
        }
        try {
          emulator.scriptOpenApi(script);
        } catch (error) {
          throw new BadRequest(error instanceof Error ? error.message : String(error));
        }
        return script;
      },
    ),
  ],
]);

/** As if started with --reset: the data of the first start, the demo library as it began, no faults, the machine's time. */
export async function reset({ emulator, library, clock }: LocalParts): Promise<Record<string, never>> {
  library.setFault?.('none');
  await emulator.reset();
  await library.reset();
  await Promise.all([seedOnboarding(emulator, library), seedMessages(emulator)]);
  await seedReport(emulator, library, clock);
  return {};
}
