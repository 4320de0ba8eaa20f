/** A canvas of type 2d, whose size on the screen and in dots is up to its caller. */
export type Canvas = WechatMiniprogram.Canvas;
export type Brush = WechatMiniprogram.CanvasRenderingContext.CanvasRenderingContext2D;

/** How saving into the album ended; `denied`: the reader has forbidden it before, and can allow it again in the settings. */
export type Saved = 'saved' | 'cancelled' | 'denied' | 'failed';

/** Finds the canvas of a page. @returns undefined where the page does not show it (yet) */
export function findCanvas(
  page: { createSelectorQuery(): WechatMiniprogram.SelectorQuery },
  selector: string,
): Promise<Canvas | undefined> {
  return new Promise((resolve) => {
    page
      .createSelectorQuery()
      .select(selector)
      .fields({ node: true })
      .exec((found: ({ node?: Canvas } | null)[]) => resolve(found[0]?.node));
  });
}

/** A canvas with the size of its place on the page, px. */
export interface PlacedCanvas {
  canvas: Canvas;
  width: number;
  height: number;
}

/** As `findCanvas`, with the size that the page gives it. */
export function findPlacedCanvas(
  component: { createSelectorQuery(): WechatMiniprogram.SelectorQuery },
  selector: string,
): Promise<PlacedCanvas | undefined> {
  return new Promise((resolve) => {
    component
      .createSelectorQuery()
      .select(selector)
      .fields({ node: true, size: true })
      .exec((found: ({ node?: Canvas; width: number; height: number } | null)[]) => {
        const place = found[0];
        if (place?.node === undefined) resolve(undefined);
        else resolve({ canvas: place.node, width: place.width, height: place.height });
      });
  });
}

/**
 * Loads a picture to be drawn on a canvas.
 * @param src a path or a `data:` address
 * @throws Error where it is none
 */
export function loadPicture(canvas: Canvas, src: string): Promise<WechatMiniprogram.Image> {
  return new Promise((resolve, reject) => {
    const image = canvas.createImage();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('not a picture'));
    image.src = src;
  });
}

/**
 * Writes what is on a canvas into a picture.
 * @param size of the picture in dots
 * @returns its path
 * @throws an object with `errMsg` of WeChat
 */
export async function canvasPicture(
  canvas: Canvas,
  size: { width: number; height: number },
): Promise<string> {
  const { tempFilePath } = await wx.canvasToTempFilePath({
    canvas,
    destWidth: size.width,
    destHeight: size.height,
    fileType: 'png',
  });
  return tempFilePath;
}

/** Puts a picture into the phone's album. Asks for the permission where that was never asked. */
export async function savePicture(filePath: string): Promise<Saved> {
  try {
    await wx.saveImageToPhotosAlbum({ filePath });
    return 'saved';
  } catch (error) {
    const words = (error as { errMsg?: string }).errMsg ?? '';
    // 'privacy': the reader has just said no to WeChat's question about privacy
    if (/cancel|privacy/i.test(words)) return 'cancelled';
    return /auth|denied|permission/i.test(words) ? 'denied' : 'failed';
  }
}

/** Opens WeChat's page of what this mini program may do. @returns whether pictures may be saved now */
export async function allowSaving(): Promise<boolean> {
  try {
    const { authSetting } = await wx.openSetting();
    return authSetting['scope.writePhotosAlbum'] === true;
  } catch {
    // Left without an answer.
    return false;
  }
}

/** Shows a picture large, from where WeChat can send it on. */
export function showPicture(path: string): void {
  void wx.previewImage({ urls: [path], current: path });
}
