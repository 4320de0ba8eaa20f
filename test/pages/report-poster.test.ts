import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CardKind } from '../../contracts/report/cards';
import { forgetReports } from '../../miniprogram/packages/report/kept-report';
import { drawPoster } from '../../miniprogram/packages/report/poster/draw-poster';
import { posterWords } from '../../miniprogram/packages/report/poster/poster-words';
import { reportWords } from '../../miniprogram/packages/report/words';
import type { Brush } from '../../miniprogram/services/picture';
import { fakePhone, fault, lost, ok, zh, type Phone } from './support/fake-wx';
import { openPage, until, type Opened } from './support/open-page';
import { fullReport, opened, SEASON, TOKEN } from './support/report';

const POSTER = 'packages/report/poster/poster';
const words = reportWords('zh-CN');
const { poster: p } = words;
const report = fullReport();
const link = { token: TOKEN, cards: ['persona', 'totals'] as CardKind[], since: '2027-01-05T04:00:00Z' };
let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
  forgetReports();
});

const inputs = (action: string) =>
  phone.calls.filter((call) => call.action === action).map(({ input }) => input);

describe('the poster', () => {
  async function openPoster(change: Parameters<typeof opened>[1] = {}): Promise<Opened> {
    phone.answers['report.open'] = ok(opened(report, change));
    const page = openPage(POSTER, { season: SEASON });
    // jsdom has no canvas
    await until(() => page.data['notDrawn'] === true, page.text);
    return page;
  }
  const setData = (page: Opened, data: object) =>
    (page.instance as unknown as { setData: (data: object) => void }).setData(data);

  it.each([
    ['noLink', undefined, undefined],
    ['noCode', link, fault('UNSUPPORTED')],
    ['codeFailed', link, lost],
    ['', link, ok({ mime: 'image/png' as const, base64: 'AAAA' })],
  ] as const)('says of a code “%s”', async (without, open, code) => {
    if (code !== undefined) phone.answers['report.code'] = code;
    const page = await openPoster(open === undefined ? {} : { link: open });
    expect(page.data['without']).toBe(without);
    if (without !== '') expect(page.text()).toContain(p[without]);
    expect(inputs('report.code')[0]).toEqual(
      open === undefined ? undefined : { season: SEASON, envVersion: 'trial' },
    );
  });

  it('goes into the album, and asks for the permission that was refused', async () => {
    const page = await openPoster();
    setData(page, { picture: 'wxfile://p.png', notDrawn: false });
    phone.albumRefusal = 'saveImageToPhotosAlbum:fail auth deny';
    phone.allowsAlbum = true;
    await page.instance['onSave']?.();
    expect(phone.questions).toEqual([zh.album.deniedAsk]);
    expect([phone.album, phone.toasts]).toEqual([['wxfile://p.png'], [zh.album.saved]]);
  });

  it('has counts and the persona on it, and nothing of the books, the type or the days', () => {
    const written: string[] = [];
    const brush = new Proxy<Record<string, unknown>>(
      {},
      {
        get: (target, name: string) => {
          if (name in target) return target[name];
          if (name === 'measureText') return (text: string) => ({ width: text.length * 20 });
          return (...args: unknown[]) => void (name === 'fillText' && written.push(String(args[0])));
        },
      },
    ) as unknown as Brush;
    const { poster } = opened(report);
    drawPoster(brush, posterWords(poster, words, 'zh-CN'), undefined);
    const text = written.join('\n');
    expect(written).toContain('24');
    expect(text).toContain(words.personas[poster.persona!].name);
    for (const private_ of ['三体', '刘慈欣', '本科生', '640', 'b0']) expect(text).not.toContain(private_);
  });

  it('leaves hidden figures out rather than print a zero', () => {
    const { counts, name } = posterWords(
      opened(report, { hidden: ['totals', 'persona'] }).poster,
      words,
      'zh-CN',
    );
    expect([counts.map(({ unit }) => unit), name]).toEqual([[p.days], '']);
  });
});
