import type { PICTURE_TYPES } from '../../contracts/feedback';
import { MAX_PICTURE_BYTES } from './feedback-limits';

export type PictureType = (typeof PICTURE_TYPES)[number];

/** A picture as the reader chose it. */
export interface ChosenPicture {
  path: string;
  /** Bytes */
  size: number;
}

/** `cancelled`: the reader has left without a choice, or does not agree that pictures are read. */
export type Choice =
  { kind: 'chosen'; pictures: ChosenPicture[] } | { kind: 'cancelled' } | { kind: 'failed' };

export type Prepared =
  { kind: 'ready'; path: string; type: PictureType } | { kind: 'tooLarge' | 'wrongType' };

/** From so many bytes on a picture is made smaller before it is sent. */
const LARGE_BYTES = 1024 * 1024;
/** Wide enough to read a screenshot, px. */
const WIDTH = 1_600;
const QUALITY = 80;

/** Opens the album or the camera. @param count how many may be chosen */
export async function choosePictures(count: number): Promise<Choice> {
  try {
    const { tempFiles } = await wx.chooseMedia({
      count,
      mediaType: ['image'],
      sizeType: ['compressed'],
      sourceType: ['album', 'camera'],
    });
    return {
      kind: 'chosen',
      pictures: tempFiles.slice(0, count).map(({ tempFilePath, size }) => ({ path: tempFilePath, size })),
    };
  } catch (error) {
    const words = (error as { errMsg?: string }).errMsg ?? '';
    return { kind: /cancel|privacy|auth|denied/i.test(words) ? 'cancelled' : 'failed' };
  }
}

/** Makes a large picture smaller, and says what type it is by its name. */
export async function preparePicture({ path, size }: ChosenPicture): Promise<Prepared> {
  const given = typeOf(path);
  // another type may become a JPEG by being made smaller
  if (given !== undefined && size <= LARGE_BYTES) return { kind: 'ready', path, type: given };
  const smaller = await compress(path);
  if (smaller !== undefined) {
    const type = typeOf(smaller);
    if (type !== undefined) return { kind: 'ready', path: smaller, type };
  }
  if (given === undefined) return { kind: 'wrongType' };
  return size > MAX_PICTURE_BYTES ? { kind: 'tooLarge' } : { kind: 'ready', path, type: given };
}

async function compress(src: string): Promise<string | undefined> {
  try {
    return (await wx.compressImage({ src, quality: QUALITY, compressedWidth: WIDTH })).tempFilePath;
  } catch {
    // Some phones cannot make smaller what is not a JPEG: then it is sent as it is.
    return undefined;
  }
}

function typeOf(path: string): PictureType | undefined {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase();
  if (extension === 'jpeg') return 'jpg';
  return extension === 'jpg' || extension === 'png' || extension === 'webp' ? extension : undefined;
}

/**
 * Puts a picture where the library's function allowed it.
 * @param progress is told how much of it has gone, 0 … 100
 * @returns its file id
 * @throws an object with `errMsg` of WeChat
 */
export function uploadPicture(
  cloudPath: string,
  filePath: string,
  progress: (percent: number) => void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const task = wx.cloud.uploadFile({
      cloudPath,
      filePath,
      success: ({ fileID }) => resolve(fileID),
      fail: reject,
    });
    task.onProgressUpdate(({ progress: percent }) => progress(percent));
  });
}

/** Shows pictures large, one of them first. */
export function showPictures(urls: string[], current: string): void {
  void wx.previewImage({ urls, current });
}
