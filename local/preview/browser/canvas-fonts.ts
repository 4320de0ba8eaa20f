/** The one font of the preview that has Chinese characters; see screen.css. */
const FAMILY = 'Noto Sans SC';
const GENERIC = /(?=\b(?:serif|sans-serif|monospace|system-ui|cursive|fantasy)\s*$)/;

let loading: Promise<unknown> | undefined;

/**
 * Loads all of the font. The browser fetches a part of it once its characters stand in the document; those of a
 * canvas never do, and a script that draws does not wait.
 */
export function loadCanvasFonts(): Promise<unknown> {
  loading ??= Promise.allSettled(
    [...document.fonts]
      .filter(({ family }) => family.replace(/["']/g, '') === FAMILY)
      .map((face) => face.load()),
  );
  return loading;
}

/** A CSS font whose Chinese characters come from the preview's font: on a phone each generic font has them. */
export const withChinese = (font: string): string =>
  font.includes(FAMILY) ? font : font.replace(GENERIC, `"${FAMILY}", `);

/** Makes `font` of what a canvas draws with fall back to the preview's font. */
export function drawInChinese(canvas: HTMLCanvasElement | OffscreenCanvas): void {
  const getContext = canvas.getContext.bind(canvas) as (type: string, options?: unknown) => unknown;
  const seen = new WeakSet();
  canvas.getContext = ((type: string, options?: unknown) => {
    const context = getContext(type, options);
    if (type === '2d' && context !== null && !seen.has(context as object)) {
      seen.add(context as object);
      replaceFont(context as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D);
    }
    return context;
  }) as typeof canvas.getContext;
}

function replaceFont(context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D): void {
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(context), 'font');
  Object.defineProperty(context, 'font', {
    get: () => own?.get?.call(context) as string,
    set: (font: string) => {
      own?.set?.call(context, withChinese(font));
    },
  });
}
