import cloud from 'wx-server-sdk';
import { AppError } from '../runtime/app-error';

/** Pixels; WeChat draws from 280 to 1280. Larger than any poster shows it, and far below the bound on its bytes. */
const WIDTH = 320;
const MOST_BYTES = 100_000;

/** Of WeChat and of the platform: too many in a minute, or at once. */
const TOO_MANY = [45009, 45011];
/** Of the platform: the API is not there, not permitted, or not to be called from here. */
const NOT_HERE = [-604100, -604101, -604104];

interface OpenApi {
  wxacode: { getUnlimited(request: object): Promise<{ buffer?: unknown }> };
}
let opened: OpenApi | undefined;

function openApi(): OpenApi {
  if (!opened) {
    // its types do not know that the constant is a symbol
    cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV as unknown as string });
    opened = cloud.openapi as unknown as OpenApi;
  }
  return opened;
}

/**
 * Has WeChat draw the code of a page. The page need not be in the version that is published: codes are tried before.
 * The function's config.json must name `wxacode.getUnlimited`.
 * @param code `scene`: at most 32 letters, digits and signs that the page is given
 * @throws {AppError} UNSUPPORTED: none is to be had; BUSY: one may be had in a while
 */
export async function drawCode({
  page,
  scene,
  envVersion,
}: {
  page: string;
  scene: string;
  envVersion: 'release' | 'trial' | 'develop';
}): Promise<{ mime: 'image/png' | 'image/jpeg'; bytes: Buffer }> {
  let answer: { buffer?: unknown };
  try {
    answer = await openApi().wxacode.getUnlimited({
      page,
      scene,
      checkPath: false,
      envVersion,
      width: WIDTH,
    });
  } catch (error) {
    throw refusalOf(error);
  }
  const bytes = answer.buffer;
  const mime = Buffer.isBuffer(bytes) ? mimeOf(bytes) : undefined;
  if (!Buffer.isBuffer(bytes) || mime === undefined)
    throw new AppError('UNSUPPORTED', 'WeChat drew no picture');
  if (bytes.length > MOST_BYTES) throw new AppError('UNSUPPORTED', `a code of ${bytes.length} bytes`);
  return { mime, bytes };
}

/** What WeChat refuses by a number of its own it will refuse again; what failed on the way may get through. */
function refusalOf(error: unknown): AppError {
  const { errCode } = (error ?? {}) as { errCode?: unknown };
  const number = typeof errCode === 'number' ? errCode : 0;
  const isFinal = (number > 0 && !TOO_MANY.includes(number)) || NOT_HERE.includes(number);
  const reason = `WeChat drew no code: ${number}`;
  // the message may quote what was sent
  return isFinal ? new AppError('UNSUPPORTED', reason) : new AppError('BUSY', reason, true);
}

function mimeOf(bytes: Buffer): 'image/png' | 'image/jpeg' | undefined {
  const head = bytes.subarray(0, 4).toString('hex');
  if (head === '89504e47') return 'image/png';
  return head.startsWith('ffd8ff') ? 'image/jpeg' : undefined;
}
