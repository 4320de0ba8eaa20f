import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pointSdksTo } from '../../emulator/database/serve';
import { startLocalCloud, type LocalCloud } from '../../support/local-cloud';
import { run } from './support/staff';

describe('orders with the keys of a cloud environment', () => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud();
    // The SDK reads its address from the environment.
    pointSdksTo(cloud.url());
  }, 120_000);
  afterAll(() => cloud.stop());

  const env = { TENCENTCLOUD_SECRETID: 'id', TENCENTCLOUD_SECRETKEY: 'key' };

  it('reach the staff function through the SDK, as nobody', async () => {
    const { code, out, error } = await run(['settings', '--env', 'local'], { env });
    expect(`${code} ${error}`).toBe('0 There is no bank yet. / 还没有题库。');
    expect(JSON.parse(out)).toMatchObject({ requiredOf: [] });
    const unknown = await run(['waive', '0000-0000-0000', '--reason', 'x', '--env', 'local'], {
      env,
      answer: 'y',
    });
    expect(unknown.error).toContain('there is no such reader');
    expect(unknown.code).toBe(1);
  });
});
