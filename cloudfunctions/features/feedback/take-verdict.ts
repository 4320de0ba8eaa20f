import * as v from 'valibot';
import type { Context } from '../../runtime/context';
import { takePictureVerdict } from '../../stores/feedback-verdicts';

/** The event `wxa_media_check` of security.mediaCheckAsync 2, as far as it matters. */
const Verdict = v.object({
  trace_id: v.pipe(v.string(), v.regex(/^[\w-]{8,128}$/)),
  errcode: v.optional(v.number(), 0),
  result: v.optional(v.object({ suggest: v.optional(v.string()) })),
});

const MEANS = new Map([
  ['pass', 'passed'],
  ['risky', 'rejected'],
  ['review', 'review'],
] as const);

/**
 * Takes WeChat's verdict about a picture. Only the trace says which: it is WeChat's answer to our own question, stays
 * on the server, and is forgotten with the first verdict, so that one that is forged, foreign or comes twice does
 * nothing. `FromUserName` says nothing for sure: WeChat's documentation calls it the name of the pushing service. Whoever
 * calls this has to have refused what a client sent.
 * @param event as it was pushed
 */
export async function takeVerdict(
  context: Pick<Context, 'now'>,
  event: unknown,
): Promise<'taken' | 'nothing'> {
  const parsed = v.safeParse(Verdict, event);
  if (!parsed.success) return 'nothing';
  const { trace_id: trace, errcode, result } = parsed.output;
  const verdict = errcode === 0 ? MEANS.get(result?.suggest as 'pass') : undefined;
  // without a word about the picture (it could not be fetched) it is asked anew
  return (await takePictureVerdict(trace, verdict, context.now())) ? 'taken' : 'nothing';
}
