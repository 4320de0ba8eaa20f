export type ScanResult =
  { kind: 'text'; text: string } | { kind: 'cancelled' } | { kind: 'denied' } | { kind: 'failed' };

/** Opens WeChat's scanner for bar codes and QR codes, camera or album. */
export async function scanCode(): Promise<ScanResult> {
  try {
    const { result } = await wx.scanCode({ scanType: ['barCode', 'qrCode'] });
    return { kind: 'text', text: result };
  } catch (error) {
    const message = (error as { errMsg?: string }).errMsg ?? '';
    if (/cancel/i.test(message)) return { kind: 'cancelled' };
    return /auth|deny|denied|privacy|permission/i.test(message) ? { kind: 'denied' } : { kind: 'failed' };
  }
}
