import type { ReaderAction } from '../../contracts/index';
import type { PublicApi } from '../../contracts/public';
import type { Result } from '../../contracts/result';

/** The cloud functions that a client may call: what each takes and answers. The function rules refuse all others. */
interface CloudFunctions {
  public: { event: { action: keyof PublicApi; input: unknown }; answer: Result<unknown> };
  reader: { event: { action: ReaderAction; input: unknown }; answer: Result<unknown> };
}

declare global {
  interface WxCloud {
    /**
     * Calls a function by a name that exists, with an event of its shape.
     * The answer's type is a promise of the function; what really came must be looked at.
     */
    callFunction<Name extends keyof CloudFunctions>(call: {
      name: Name;
      data: CloudFunctions[Name]['event'];
    }): Promise<{ result: CloudFunctions[Name]['answer'] }>;
  }
}
