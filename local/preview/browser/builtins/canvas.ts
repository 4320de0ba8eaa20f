import { drawInChinese, loadCanvasFonts } from '../canvas-fonts';
import { resolveFile } from '../files';
import { NotInPreview } from '../errors';
import type { Builtin } from './define';

/** What `node()` gives: the browser's canvas with the members that WeChat adds. */
export type CanvasNode = (HTMLCanvasElement | OffscreenCanvas) & {
  createImage: () => HTMLImageElement;
  createPath2D: (path?: Path2D) => Path2D;
  createImageData: (width: number, height: number) => ImageData;
  requestAnimationFrame: (run: FrameRequestCallback) => number;
  cancelAnimationFrame: (id: number) => void;
};

/** Images of a canvas name files as templates do. */
class CanvasImage extends Image {
  override get src(): string {
    return super.src;
  }
  override set src(value: string) {
    super.src = resolveFile(value, '');
  }
}

export function asCanvasNode(canvas: HTMLCanvasElement | OffscreenCanvas): CanvasNode {
  drawInChinese(canvas);
  return Object.assign(canvas, {
    createImage: () => new CanvasImage(),
    createPath2D: (path?: Path2D) => new Path2D(path),
    createImageData: (width: number, height: number) => new ImageData(width, height),
    requestAnimationFrame: (run: FrameRequestCallback) => requestAnimationFrame(run),
    cancelAnimationFrame: (id: number) => {
      cancelAnimationFrame(id);
    },
  });
}

export const canvas: Builtin = {
  properties: { type: String, canvasId: String, disableScroll: Boolean },
  create(host) {
    const node = document.createElement('canvas');
    node.className = 'pv-canvas';
    asCanvasNode(node);
    void loadCanvasFonts();
    host.element.append(node);
    host.watch(['type'], () => {
      if (host.text('type') !== '2d' && host.text('type') !== 'webgl') {
        throw new NotInPreview('<canvas> without type="2d"');
      }
    });
    host.watch(['disableScroll'], () => {
      host.element.style.touchAction = host.on('disableScroll') ? 'none' : '';
    });
  },
};
