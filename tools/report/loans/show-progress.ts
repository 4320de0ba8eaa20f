import { both } from '../../staff/says';

const EVERY_MS = 3_000;

/** How fast and how far, now and then. */
export class Progress {
  #toldAt: number;
  #beganAt: number | undefined;

  constructor(
    private readonly tell: (line: string) => void,
    private readonly now: () => number,
  ) {
    this.#toldAt = now();
  }

  /** @param share from 0 to 1 */
  reading(stage: 'looking' | 'reading', share: number, rows: number): void {
    if (stage === 'reading') this.#beganAt ??= this.now();
    if (!this.#isTime()) return;
    const percent = `${Math.floor(100 * share)} %`;
    if (stage === 'looking') this.tell(both({ en: `looking: ${percent}`, zh: `检查编码：${percent}` }));
    else {
      const speed = Math.round(rows / Math.max((this.now() - (this.#beganAt ?? this.now())) / 1_000, 0.001));
      this.tell(
        both({
          en: `reading: ${percent}, ${inThousands(rows)} rows, ${inThousands(speed)} rows/s`,
          zh: `读取：${percent}，${inThousands(rows)} 行，每秒 ${inThousands(speed)} 行`,
        }),
      );
    }
  }

  sending(part: number, parts: number): void {
    if (part < parts && !this.#isTime()) return;
    const percent = `${Math.floor((100 * part) / parts)} %`;
    this.tell(
      both({
        en: `sent ${part} of ${parts} parts, ${percent}`,
        zh: `已发送 ${part}/${parts} 部分，${percent}`,
      }),
    );
  }

  #isTime(): boolean {
    if (this.now() - this.#toldAt < EVERY_MS) return false;
    this.#toldAt = this.now();
    return true;
  }
}

/** `1,234,567`. */
export const inThousands = (count: number): string => count.toLocaleString('en-US');
