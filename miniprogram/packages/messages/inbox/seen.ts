import { screenSize } from '../../../services/phone';

/** How much of a message must be on the screen, px, for it to count as seen. */
const ENOUGH = 40;

interface Rect {
  top: number;
  bottom: number;
  dataset: { id?: string };
}

/** Which of the things that a selector finds are on the screen now, by their data-id. */
export function findSeen(
  page: { createSelectorQuery(): WechatMiniprogram.SelectorQuery },
  selector: string,
): Promise<string[]> {
  const { windowHeight } = screenSize();
  return new Promise((resolve) => {
    page
      .createSelectorQuery()
      .selectAll(selector)
      .fields({ rect: true, dataset: true })
      .exec((found: [Rect[]?]) => {
        const seen = (found[0] ?? []).filter(
          ({ top, bottom }) => top < windowHeight - ENOUGH && bottom > ENOUGH,
        );
        resolve(seen.flatMap(({ dataset }) => dataset.id ?? []));
      });
  });
}
