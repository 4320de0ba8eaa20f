import type { CertificateOutput } from '../../../../contracts/onboarding/index';
import { fill } from '../../../i18n/index';
import { asFault, call } from '../../../services/api';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { backToOnboarding, onboardingUrl, openCardPage } from '../../../services/navigate';
import { copy } from '../../../services/phone';
import { canvasPicture, findCanvas, showPicture } from '../../../services/picture';
import { saveToAlbum } from '../../../services/save-to-album';
import { language } from '../../../services/settings';
import { refreshUi, texts, ui } from '../../../services/ui';
import { certificateWords } from './certificate-words';
import { drawCertificate, HEIGHT, SCALE, WIDTH } from './draw-certificate';

type State = 'loading' | 'ready' | 'none' | 'unbound' | 'error';

/** A place on the frame: where it is blank, nothing was drawn. */
const ON_FRAME = { x: 36 * SCALE, y: (HEIGHT / 2) * SCALE };

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...ui('certificate'),
    bindWords: texts().onboarding,
    state: 'loading' as State,
    fault: NO_FAULT,
    /** Path of the picture; empty while it is drawn */
    picture: '',
    alt: '',
    code: '',
    notDrawn: false,
    saving: false,
    _certificate: null as CertificateOutput | null,
  },

  methods: {
    onLoad() {
      void this.load();
    },

    onShow() {
      // a card may have been bound meanwhile
      if (this.data.state === 'unbound') void this.load();
      if (!refreshUi(this, 'certificate', 'certificate')) return;
      this.setData({ bindWords: texts().onboarding });
      void this.draw();
    },

    async load() {
      try {
        this.data._certificate = await call('onboarding.certificate', {});
      } catch (error) {
        const { code } = asFault(error);
        if (code === 'CARD_NOT_BOUND') this.setData({ state: 'unbound' });
        else if (code === 'NOT_FOUND') this.setData({ state: 'none' });
        else this.setData({ state: 'error', fault: faultNotice(error) });
        return;
      }
      this.setData({ state: 'ready' });
      await this.draw();
    },

    /** Draws it anew, in the language of the page; a picture on which nothing is to be seen is not shown. */
    async draw() {
      const certificate = this.data._certificate;
      if (certificate === null) return;
      const words = certificateWords(certificate, texts(), language());
      const alt = fill(texts().certificate.alt, {
        library: words.library,
        day: words.date.value,
        mark: certificate.mark,
        code: words.code.value,
      });
      this.setData({ alt, code: words.code.value, picture: '', notDrawn: false });
      try {
        const canvas = await findCanvas(this, '#sheet');
        if (canvas === undefined) throw new Error('no canvas');
        canvas.width = WIDTH * SCALE;
        canvas.height = HEIGHT * SCALE;
        const brush = canvas.getContext('2d') as Parameters<typeof drawCertificate>[0];
        brush.scale(SCALE, SCALE);
        drawCertificate(brush, words);
        const [red = 255, , , alpha = 0] = brush.getImageData(ON_FRAME.x, ON_FRAME.y, 1, 1).data;
        if (alpha === 0 || red > 128) throw new Error('nothing drawn');
        const size = { width: canvas.width, height: canvas.height };
        this.setData({ picture: await canvasPicture(canvas, size) });
      } catch {
        this.setData({ notDrawn: true });
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

    async onCopyCode() {
      await copy(this.data.code);
    },

    onDrawAgain() {
      void this.draw();
    },

    onNotice() {
      if (this.data.state === 'unbound') openCardPage('bind');
      else if (this.data.state === 'none') backToOnboarding();
      else {
        this.setData({ state: 'loading' });
        void this.load();
      }
    },

    onShareAppMessage() {
      const { certificate: t, nav } = texts();
      const certificate = this.data._certificate;
      if (certificate === null) return { title: nav.verify, path: onboardingUrl('verify') };
      const { library } = certificateWords(certificate, texts(), language());
      return {
        title: fill(t.shareTitle, { library }),
        path: onboardingUrl('verify', { code: certificate.code }),
        ...(this.data.picture === '' ? {} : { imageUrl: this.data.picture }),
      };
    },
  },
});
