import { asCanvasNode, type CanvasNode } from '../builtins/canvas';
import { NotInPreview } from '../errors';
import { resolveFile } from '../files';
import { keepTemporary } from '../user-files';
import { askPictures } from '../ui/picture-sheet';
import { askBarcode } from '../ui/scan-sheet';
import { showImages } from '../ui/image-viewer';
import { asyncCall } from './call';
import { privateCall } from './privacy';

interface CanvasFile {
  canvas: CanvasNode;
  x?: number;
  y?: number;
  width?: number;
  height?: number;
  destWidth?: number;
  destHeight?: number;
  fileType?: string;
  quality?: number;
}

/** Cuts out and scales a part of a canvas. Sizes are in CSS pixels of the canvas's box, as in WeChat. */
async function canvasToFile(options: CanvasFile): Promise<{ tempFilePath: string }> {
  const { canvas } = options;
  if (!(canvas instanceof HTMLCanvasElement || canvas instanceof OffscreenCanvas)) {
    throw new NotInPreview('wx.canvasToTempFilePath without a canvas of type 2d');
  }
  const shownWidth = canvas instanceof HTMLCanvasElement ? canvas.clientWidth || canvas.width : canvas.width;
  const scale = canvas.width / shownWidth;
  const width = options.width ?? shownWidth;
  const height = options.height ?? canvas.height / scale;
  const target = new OffscreenCanvas(
    options.destWidth ?? Math.round(width * devicePixelRatio),
    options.destHeight ?? Math.round(height * devicePixelRatio),
  );
  const context = target.getContext('2d');
  if (!context) throw new Error('create bitmap failed');
  const [x, y] = [(options.x ?? 0) * scale, (options.y ?? 0) * scale];
  context.drawImage(canvas, x, y, width * scale, height * scale, 0, 0, target.width, target.height);
  const jpg = options.fileType === 'jpg';
  const blob = await target.convertToBlob({
    type: jpg ? 'image/jpeg' : 'image/png',
    quality: options.quality ?? 1,
  });
  return { tempFilePath: await keepTemporary(blob, jpg ? 'jpg' : 'png') };
}

interface Chosen {
  count?: number;
  mediaType?: string[];
  sourceType?: string[];
  sizeType?: string[];
  camera?: string;
}

/** Pictures of the album; films are not there. */
async function chooseMedia({ count = 9, mediaType = ['image', 'video'] }: Chosen): Promise<object> {
  if (mediaType.join() !== 'image')
    throw new NotInPreview(`wx.chooseMedia({ mediaType: ${JSON.stringify(mediaType)} })`);
  const files = await askPictures(count);
  if (!files) throw new Error('cancel');
  return { type: 'image', tempFiles: await Promise.all(files.map(keepChosen)) };
}

async function keepChosen(file: File): Promise<object> {
  const extension = /\.([a-z\d]{1,5})$/i.exec(file.name)?.[1]?.toLowerCase() ?? 'jpg';
  return { tempFilePath: await keepTemporary(file, extension), size: file.size, fileType: 'image' };
}

interface Compression {
  src: string;
  quality?: number;
  compressedWidth?: number;
  compressedHeight?: number;
}

/** Draws the picture anew as a JPEG; one side alone keeps its shape, as in WeChat. */
async function compressImage({
  src,
  quality = 80,
  compressedWidth,
  compressedHeight,
}: Compression): Promise<{ tempFilePath: string }> {
  const image = await loadImage(src);
  const shape = image.naturalWidth / image.naturalHeight;
  const width =
    compressedWidth ?? (compressedHeight === undefined ? image.naturalWidth : compressedHeight * shape);
  const height = compressedHeight ?? width / shape;
  const target = new OffscreenCanvas(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)));
  const context = target.getContext('2d');
  if (!context) throw new Error('create bitmap failed');
  context.drawImage(image, 0, 0, target.width, target.height);
  const blob = await target.convertToBlob({ type: 'image/jpeg', quality: quality / 100 });
  return { tempFilePath: await keepTemporary(blob, 'jpg') };
}

async function loadImage(src: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = resolveFile(src, '');
  await image.decode();
  return image;
}

export const media = {
  scanCode: asyncCall<{ onlyFromCamera?: boolean; scanType?: string[] }>(
    'scanCode',
    ['onlyFromCamera', 'scanType'],
    async ({ onlyFromCamera = false, scanType = ['barCode', 'qrCode'] }) => {
      const found = await askBarcode({ onlyFromCamera, scanType });
      if (!found) throw new Error('cancel');
      return found;
    },
  ),
  canvasToTempFilePath: (options: CanvasFile & object, _component?: object) =>
    asyncCall<CanvasFile>(
      'canvasToTempFilePath',
      ['canvas', 'x', 'y', 'width', 'height', 'destWidth', 'destHeight', 'fileType', 'quality'],
      canvasToFile,
    )(options),
  createOffscreenCanvas: ({
    type = 'webgl',
    width = 300,
    height = 150,
  }: {
    type?: string;
    width?: number;
    height?: number;
  }): CanvasNode => {
    if (type !== '2d') throw new NotInPreview(`wx.createOffscreenCanvas({ type: '${type}' })`);
    return asCanvasNode(new OffscreenCanvas(width, height));
  },
  getImageInfo: asyncCall<{ src: string }>('getImageInfo', ['src'], async ({ src }) => {
    const image = await loadImage(src);
    return {
      width: image.naturalWidth,
      height: image.naturalHeight,
      path: src,
      orientation: 'up',
      type: 'unknown',
    };
  }),
  chooseMedia: privateCall<Chosen>(
    'chooseMedia',
    ['count', 'mediaType', 'sourceType', 'sizeType', 'camera'],
    chooseMedia,
  ),
  compressImage: asyncCall<Compression>(
    'compressImage',
    ['src', 'quality', 'compressedWidth', 'compressedHeight'],
    compressImage,
  ),
  previewImage: asyncCall<{ urls: string[]; current?: string | number; showmenu?: boolean }>(
    'previewImage',
    ['urls', 'current', 'showmenu'],
    ({ urls, current = 0 }) => {
      void showImages(urls, typeof current === 'number' ? current : urls.indexOf(current));
    },
  ),
  saveImageToPhotosAlbum: privateCall<{ filePath: string }>(
    'saveImageToPhotosAlbum',
    ['filePath'],
    ({ filePath }) => {
      const link = document.createElement('a');
      link.href = resolveFile(filePath, '');
      link.download = filePath.slice(filePath.lastIndexOf('/') + 1);
      link.click();
    },
  ),
};
