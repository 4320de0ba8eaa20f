import type { ScanOutput } from '../../../contracts/catalog';
import { fill } from '../../i18n/index';
import { momentText } from '../../lib/dates';
import { parseIsbn } from '../../lib/isbn';
import { call } from '../../services/api';
import { faultNotice, type FaultNotice } from '../../services/fault-notice';
import { goBack, openBook, openScan, openSearch, queryText, replaceWithBook } from '../../services/navigate';
import { confirm, toast } from '../../services/phone';
import { scanCode } from '../../services/scan';
import { clearScanHistory, rememberScan, scanHistory } from '../../services/scan-history';
import { language } from '../../services/settings';
import { refreshUi, texts, ui } from '../../services/ui';
import { scanLine, scanRecord, unknownView, type ScanLine, type UnknownView } from './scan-outcome';

/**
 * `one`: a scan that leads on to its book; `many`: scans that gather in a list; `history`: earlier scans.
 */
type Mode = 'one' | 'many' | 'history';
type State = 'idle' | 'working' | 'unknown' | 'trouble' | 'error';

interface PastScan {
  text: string;
  bibId: string;
  barcode: string;
  title: string;
  clc: string;
  /** When, and why there is no book */
  words: string;
}

const MAX_TEXT = 4_296;
const NO_FAULT: FaultNotice = { title: '', hint: '', action: '', note: '' };

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...ui('scan'),
    mode: 'one' as Mode,
    state: 'idle' as State,
    /** Nothing is wrong with the number: the library lacks the book */
    properIsbn: false,
    unknown: { title: '', hint: '', facts: [] } as UnknownView,
    trouble: { title: '', hint: '' },
    fault: NO_FAULT,
    lines: [] as ScanLine[],
    countWords: '',
    past: [] as PastScan[],
    /** The text of the latest scan */
    _text: '',
    _output: null as Extract<ScanOutput, { kind: 'unknown-isbn' | 'unknown' }> | null,
    _closed: false,
  },

  methods: {
    onLoad(query: { text?: string; mode?: string; trouble?: string }) {
      if (query.mode === 'many') this.setData({ mode: 'many' });
      else if (query.mode === 'history') this.setData({ mode: 'history', past: pastScans() });
      else if (query.mode === 'next') void this.scanOne();
      else if (query.trouble !== undefined)
        this.showTrouble(query.trouble === 'denied' ? 'denied' : 'failed');
      else void this.look(queryText(query.text));
    },

    onShow() {
      if (refreshUi(this, 'scan', 'scan') && this.data._output) this.showUnknown(this.data._output);
      if (this.data.mode === 'history') this.setData({ past: pastScans() });
    },

    onUnload() {
      this.data._closed = true;
    },

    /** Scans and goes to the book; a reader who thinks better of it is back where they came from. */
    async scanOne() {
      const scan = await scanCode();
      if (scan.kind === 'text') await this.look(scan.text);
      else if (scan.kind !== 'cancelled') this.showTrouble(scan.kind);
      else if (this.data.mode === 'one' && this.data.state === 'idle') goBack();
    },

    async look(text: string) {
      this.data._text = text.slice(0, MAX_TEXT);
      this.setData({ mode: 'one', state: 'working' });
      try {
        const output = await call('catalog.scan', { text: this.data._text });
        if (this.data._closed) return;
        rememberScan(scanRecord(this.data._text, output, Date.now()));
        if (output.kind === 'unknown' || output.kind === 'unknown-isbn') this.showUnknown(output);
        else {
          const barcode = output.kind === 'item' ? output.item.barcode : '';
          replaceWithBook(output.bib.bibId, barcode);
        }
      } catch (error) {
        this.setData({ state: 'error', fault: faultNotice(error) });
      }
    },

    showUnknown(output: Extract<ScanOutput, { kind: 'unknown-isbn' | 'unknown' }>) {
      this.data._output = output;
      this.setData({
        state: 'unknown',
        properIsbn: output.kind === 'unknown-isbn',
        unknown: unknownView(output, texts(), language()),
      });
    },

    showTrouble(kind: 'denied' | 'failed') {
      const { scan: t } = texts();
      const trouble =
        kind === 'denied'
          ? { title: t.cameraDenied, hint: t.cameraDeniedHint }
          : { title: t.scannerFailed, hint: t.scannerFailedHint };
      this.setData({ mode: 'one', state: 'trouble', trouble });
    },

    onAgain() {
      void this.scanOne();
    },

    onRetry() {
      void this.look(this.data._text);
    },

    onSearchTitle() {
      openSearch('title');
    },

    async onNext() {
      const scan = await scanCode();
      if (scan.kind === 'text') await this.gather(scan.text.slice(0, MAX_TEXT));
      else if (scan.kind !== 'cancelled') {
        const { scan: t } = texts();
        toast(scan.kind === 'denied' ? t.cameraDenied : t.scannerFailed);
      }
    },

    /** Adds a scan to the list; the answer fills its line when it comes. */
    async gather(text: string) {
      const key = this.data.lines.length;
      const line: ScanLine = {
        key,
        text,
        bibId: '',
        barcode: '',
        title: text,
        clc: 'none',
        words: texts().scan.working,
        tone: 'out',
        state: 'working',
      };
      this.setData({ [`lines[${key}]`]: line, countWords: fill(texts().scan.sessionCount, { n: key + 1 }) });
      await this.fillLine(key, text);
    },

    async fillLine(key: number, text: string) {
      try {
        const output = await call('catalog.scan', { text });
        rememberScan(scanRecord(text, output, Date.now()));
        this.setData({ [`lines[${key}]`]: scanLine(key, text, output, texts(), language()) });
      } catch (error) {
        this.setData({
          [`lines[${key}].state`]: 'failed',
          [`lines[${key}].words`]: faultNotice(error).title,
        });
      }
    },

    onLine(event: WechatMiniprogram.BaseEvent<object, { key: number }>) {
      const line = this.data.lines[event.currentTarget.dataset.key];
      if (line === undefined) return;
      if (line.bibId !== '') openBook(line.bibId, line.barcode);
      else if (line.state === 'failed') {
        this.setData({
          [`lines[${line.key}].state`]: 'working',
          [`lines[${line.key}].words`]: texts().scan.working,
        });
        void this.fillLine(line.key, line.text);
      }
    },

    onPast(event: WechatMiniprogram.BaseEvent<object, { index: number }>) {
      const scan = this.data.past[event.currentTarget.dataset.index];
      if (scan === undefined) return;
      if (scan.bibId !== '') openBook(scan.bibId, scan.barcode);
      else openScan({ text: scan.text });
    },

    async onClearHistory() {
      const { scan: t, common } = texts();
      if (!(await confirm({ text: t.clearAsk, yes: t.historyCleared, no: common.cancel }))) return;
      clearScanHistory();
      this.setData({ past: [] });
    },
  },
});

function pastScans(): PastScan[] {
  const { scan: t } = texts();
  return scanHistory().map(({ at, title, text, ...rest }) => {
    const when = momentText(at, language());
    const why = parseIsbn(text) === undefined ? t.notRead : t.notHeld;
    return {
      ...rest,
      text,
      title: title === '' ? text : title,
      words: rest.bibId === '' ? `${why} · ${when}` : when,
    };
  });
}
