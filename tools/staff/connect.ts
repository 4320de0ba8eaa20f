import { wrong } from './arguments';
import type { CommonArguments } from './arguments';
import { staffOver } from './call-staff';
import type { CallStaff } from './call-staff';
import { cloudTransport, localTransport } from './transports';

/**
 * The way to the function; only looked for when an order is really given, so that files are checked without any.
 * @param env the environment variables
 */
export function connect(
  { target }: CommonArguments,
  env: Readonly<Record<string, string | undefined>>,
): CallStaff {
  let call: CallStaff | undefined;
  const open = (): CallStaff => {
    if (!target) throw wrong('where? --local URL or --env ENV_ID', '连到哪里？请用 --local 或 --env');
    if ('local' in target) return staffOver(localTransport(target.local));
    const [secretId, secretKey] = [env['TENCENTCLOUD_SECRETID'], env['TENCENTCLOUD_SECRETKEY']];
    if (!secretId || !secretKey) {
      throw wrong(
        'the environment variables TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY are needed',
        '需要环境变量 TENCENTCLOUD_SECRETID 和 TENCENTCLOUD_SECRETKEY',
      );
    }
    return staffOver(cloudTransport({ env: target.env, secretId, secretKey }));
  };
  return (action, input) => (call ??= open())(action, input);
}
