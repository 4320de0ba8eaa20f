import type { ReportOpenOutput } from '../../../../contracts/report/actions';
import { asFault, call } from '../../../services/api';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { openReport, queryText, replaceWithReport } from '../../../services/navigate';
import { appVersion } from '../../../services/phone';
import {
  canvasPicture,
  findCanvas,
  loadPicture,
  showPicture,
  type Brush,
  type Canvas,
} from '../../../services/picture';
import { saveToAlbum } from '../../../services/save-to-album';
import { language } from '../../../services/settings';
import { readReport } from '../kept-report';
import { refreshReportUi, reportUi } from '../report-ui';
import { reportWords } from '../words/index';
import { drawPoster, HEIGHT, SCALE, WIDTH } from './draw-poster';
import { posterAlt, posterWords } from './poster-words';

type State = 'loading' | 'ready' | 'none' | 'error';
/** Why there is no code on the poster */
type Without = '' | 'noLink' | 'noCode' | 'codeFailed';

/** A place on the frame: where it is as the ground is, nothing was drawn. */
const ON_FRAME = { x: 32 * SCALE, y: (HEIGHT / 2) * SCALE };
const ON_GROUND = { x: 20 * SCALE, y: (HEIGHT / 2) * SCALE };

const noneWords = () => {
  const { notYet, notYetHint, toOverview } = reportWords(language()).story;
  return { notYet, notYetHint, toOverview };
};

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...reportUi('poster'),
    noneWords: noneWords(),
    state: 'loading' as State,
    fault: NO_FAULT,
    /** Path of the picture; empty while it is drawn */
    picture: '',
    alt: '',
    without: '' as Without,
    withoutWords: '',
    notDrawn: false,
    saving: false,
    _season: '',
    _opened: null as ReportOpenOutput | null,
    /** What the picture shows, to be drawn anew only when that changes */
    _drawn: '',
    /** `data:` address of the mini-program code */
    _code: '',
  },

  methods: {
    onLoad(query: { season?: string }) {
      this.data._season = queryText(query.season);
    },

    onShow() {
      const changed = refreshReportUi(this, 'poster');
      if (changed) this.setData({ noneWords: noneWords() });
      // cards may have been hidden or chosen meanwhile
      void this.load();
    },

    async load() {
      try {
        this.data._opened = await readReport(this.data._season);
      } catch (error) {
        if (asFault(error).code === 'NOT_FOUND') this.setData({ state: 'none' });
        else this.setData({ state: 'error', fault: faultNotice(error) });
        return;
      }
      const { poster, link } = this.data._opened;
      const drawn = JSON.stringify([poster, link?.token, language()]);
      if (drawn === this.data._drawn) return;
      this.data._drawn = drawn;
      this.setData({ state: 'ready' });
      await this.readCode();
      await this.draw();
    },

    async readCode() {
      const opened = this.data._opened;
      if (opened === null) return;
      this.data._code = '';
      if (opened.link === undefined) {
        this.say('noLink');
        return;
      }
      try {
        const { mime, base64 } = await call('report.code', {
          season: opened.season,
          envVersion: appVersion(),
        });
        this.data._code = `data:${mime};base64,${base64}`;
        this.say('');
      } catch (error) {
        const { code } = asFault(error);
        this.say(code === 'UNSUPPORTED' ? 'noCode' : code === 'NOT_FOUND' ? 'noLink' : 'codeFailed');
      }
    },

    say(without: Without) {
      const { poster: t } = reportWords(language());
      this.setData({ without, withoutWords: without === '' ? '' : t[without] });
    },

    /** Draws it anew, in the language of the page; a picture on which nothing is to be seen is not shown. */
    async draw() {
      const opened = this.data._opened;
      if (opened === null) return;
      const all = reportWords(language());
      const words = posterWords(opened.poster, all, language());
      this.setData({ alt: posterAlt(words, all), picture: '', notDrawn: false });
      try {
        const canvas = await findCanvas(this, '#sheet');
        if (canvas === undefined) throw new Error('no canvas');
        canvas.width = WIDTH * SCALE;
        canvas.height = HEIGHT * SCALE;
        const brush = canvas.getContext('2d') as Brush;
        brush.scale(SCALE, SCALE);
        drawPoster(brush, words, await this.loadCode(canvas));
        if (isBlank(brush)) throw new Error('nothing drawn');
        const size = { width: canvas.width, height: canvas.height };
        this.setData({ picture: await canvasPicture(canvas, size) });
      } catch {
        this.setData({ notDrawn: true });
      }
    },

    /** A code that is no picture leaves the poster without one, and says so. */
    async loadCode(canvas: Canvas) {
      if (this.data._code === '') return undefined;
      try {
        return await loadPicture(canvas, this.data._code);
      } catch {
        this.say('codeFailed');
        return undefined;
      }
    },

    onPicture() {
      showPicture(this.data.picture);
    },

    async onSave() {
      if (this.data.saving || this.data.picture === '') return;
      this.setData({ saving: true });
      try {
        await saveToAlbum(this.data.picture);
      } finally {
        this.setData({ saving: false });
      }
    },

    async onDrawAgain() {
      await this.readCode();
      await this.draw();
    },

    onShare() {
      openReport('share', { season: this.data._season });
    },

    onNotice() {
      if (this.data.state === 'none') replaceWithReport('overview');
      else {
        this.setData({ state: 'loading' });
        void this.load();
      }
    },
  },
});

function isBlank(brush: Brush): boolean {
  const [frame, ground] = [ON_FRAME, ON_GROUND].map(({ x, y }) => brush.getImageData(x, y, 1, 1).data);
  return frame?.[3] === 0 || [0, 1, 2].every((at) => frame?.[at] === ground?.[at]);
}
