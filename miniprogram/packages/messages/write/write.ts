import type { FeedbackSendOutput } from '../../../../contracts/feedback';
import { fill } from '../../../i18n/index';
import { asFault, call } from '../../../services/api';
import { askToRemind, offerAt, prepareReminders, type Offer } from '../../../services/ask-to-remind';
import { faultNotice } from '../../../services/fault-notice';
import { MAX_FEEDBACK_TEXT, MAX_PICTURE_BYTES, MAX_PICTURES } from '../../../services/feedback-limits';
import {
  draftClearings,
  forgetDraft,
  keepDraft,
  keptDraft,
  type Draft,
  type TicketKind,
} from '../../../services/kept-drafts';
import { goBack, queryText, replaceWithMessages } from '../../../services/navigate';
import { confirm, setTitle, toast } from '../../../services/phone';
import { showPictures } from '../../../services/pictures-to-send';
import { language } from '../../../services/settings';
import { texts } from '../../../services/ui';
import { newRequestId } from '../../../services/write-once';
import { durationWords } from '../duration-words';
import { messagesUi, refreshMessagesUi } from '../messages-ui';
import { messagesWords, say } from '../words/index';
import { PictureList, type PictureTile, type Refusal } from './picture-list';

const KINDS: readonly TicketKind[] = ['question', 'problem', 'suggestion'];
/** A draft is put away when typing has rested so long, ms. */
const REST_MS = 600;
const MEGABYTE = 1024 * 1024;

type Tap = WechatMiniprogram.BaseEvent<object, { key: string }>;

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...messagesUi('write'),
    kinds: KINDS,
    kind: 'question' as TicketKind,
    /** The ticket that it goes on with; empty for a new one */
    ticketId: '',
    /** What the field begins with: what is typed is kept in `_text`, for a field that is written back falls behind */
    text: '',
    countWords: '',
    tooLongWords: '',
    canSend: false,
    tiles: [] as PictureTile[],
    canAdd: true,
    picturesWords: '',
    usualWords: '',
    /** There is something that WeChat can be asked for */
    canRemind: false,
    remind: true,
    sending: false,
    /** Why it was not sent, and what to do */
    trouble: '',
    troubleHint: '',
    _text: '',
    _sent: undefined as Draft['sent'],
    _usual: undefined as number | undefined,
    _offer: null as Offer | null,
    _pictures: null as PictureList | null,
    _timer: 0,
    /** It was sent: nothing is put away any more */
    _isDone: false,
    /** Clearings of the phone when the page came up: what was cleared since must not come back */
    _clearings: 0,
  },

  methods: {
    onLoad(query: { ticket?: string; kind?: string }) {
      const ticketId = queryText(query.ticket);
      const draft = keptDraft(ticketId);
      const asked = KINDS.find((kind) => kind === query.kind);
      this.data._text = draft?.text ?? '';
      this.data._sent = draft?.sent;
      this.data._pictures = new PictureList((tiles) => this.showPictures(tiles));
      this.setData({ ticketId, kind: asked ?? draft?.kind ?? 'question', text: this.data._text });
      this.data._pictures.restore(draft?.pictures ?? []);
      void this.loadUsual();
    },

    onShow() {
      this.data._clearings = draftClearings();
      const changed = refreshMessagesUi(this, 'write');
      const { write: t } = messagesWords(language());
      if (this.data.ticketId !== '') setTitle(t.moreTitle);
      if (changed || this.data.picturesWords === '') this.showWords();
      this.showCount();
      void this.loadOffer();
    },

    onHide() {
      this.putAway();
    },

    onUnload() {
      this.putAway();
    },

    async loadOffer() {
      try {
        await prepareReminders();
      } catch {
        // Without an answer nothing is offered.
        return;
      }
      this.data._offer = offerAt('feedbackSent') ?? null;
      this.setData({ canRemind: this.data._offer !== null });
    },

    async loadUsual() {
      try {
        this.data._usual = (await call('feedback.list', {})).usualMinutes;
        this.showWords();
      } catch {
        // How long it takes is an ornament: what does not work is said when it is sent.
        return;
      }
    },

    showWords() {
      const words = messagesWords(language());
      const { write: t } = words;
      const usual = this.data._usual;
      this.setData({
        picturesWords: say(t.pictures, { n: MAX_PICTURES }),
        usualWords: usual === undefined ? '' : fill(t.usual, { time: durationWords(usual, words) }),
      });
    },

    onKind(event: WechatMiniprogram.BaseEvent<object, { kind: TicketKind }>) {
      this.setData({ kind: event.currentTarget.dataset.kind });
      this.putAwayLater();
    },

    onInput(event: WechatMiniprogram.TextareaInput) {
      this.data._text = event.detail.value;
      this.showCount();
      this.putAwayLater();
    },

    showCount() {
      const { write: t } = messagesWords(language());
      const length = [...this.data._text].length;
      const over = length - MAX_FEEDBACK_TEXT;
      this.setData({
        countWords: fill(t.count, { n: length, most: MAX_FEEDBACK_TEXT }),
        tooLongWords: over > 0 ? say(t.tooLong, { n: over }) : '',
        canSend: this.data._text.trim() !== '' && over <= 0,
      });
    },

    showPictures(tiles: PictureTile[]) {
      this.setData({ tiles, canAdd: tiles.length < MAX_PICTURES });
      this.putAwayLater();
    },

    async onAdd() {
      const refusal = await this.data._pictures?.add();
      if (refusal !== undefined) toast(this.refusalWords(refusal));
    },

    refusalWords(refusal: Refusal): string {
      const { write: t } = messagesWords(language());
      if (refusal === 'tooLarge') return fill(t.tooLarge, { n: MAX_PICTURE_BYTES / MEGABYTE });
      return refusal === 'wrongType' ? t.wrongType : t.chooseFailed;
    },

    onPicture(event: Tap) {
      const { key } = event.currentTarget.dataset;
      const tile = this.data.tiles.find((one) => one.key === key);
      if (tile?.state === 'failed') this.data._pictures?.retry(key);
      else if (tile?.isGone === false)
        showPictures(
          this.data.tiles.filter(({ isGone }) => !isGone).map(({ path }) => path),
          tile.path,
        );
    },

    /** WeChat has cleared away the copy on the phone; the one that will be sent is with the library. */
    onPictureGone(event: Tap) {
      this.data._pictures?.noteGone(event.currentTarget.dataset.key);
    },

    async onRemovePicture(event: Tap) {
      const { write: t } = messagesWords(language());
      const question = { text: t.removeAsk, yes: t.removeYes, no: texts().common.cancel };
      if (await confirm(question)) this.data._pictures?.remove(event.currentTarget.dataset.key);
    },

    putAwayLater() {
      clearTimeout(this.data._timer);
      this.data._timer = setTimeout(() => this.putAway(), REST_MS) as unknown as number;
    },

    /** On this phone only, until it is sent. */
    putAway() {
      clearTimeout(this.data._timer);
      const { ticketId, kind, _text: text, _sent: sent, _pictures: list, _isDone: isDone } = this.data;
      const pictures = list?.uploaded ?? [];
      if (isDone || this.data._clearings !== draftClearings()) return;
      if (text.trim() === '' && pictures.length === 0) forgetDraft(ticketId);
      else keepDraft(ticketId, { kind, text, pictures, ...(sent === undefined ? {} : { sent }) });
    },

    onRemind() {
      this.setData({ remind: !this.data.remind });
    },

    /** WeChat asks only within the tap: what is sent follows. */
    async onSend() {
      const { canSend, sending, _offer: offer, _pictures: list } = this.data;
      if (!canSend || sending) return;
      const { write: t } = messagesWords(language());
      if (list?.isUploading === true || list?.hasFailed === true) {
        toast(list.isUploading ? t.waitPictures : t.uploadFailed);
        return;
      }
      const wants = this.data.canRemind && this.data.remind && offer !== null;
      const asked = wants ? askToRemind(offer) : undefined;
      this.setData({ sending: true, trouble: '', troubleHint: '' });
      try {
        const answer = await this.send();
        await asked;
        this.follow(answer);
      } catch (error) {
        const { code, retryable } = asFault(error);
        const { title, hint } = faultNotice(error);
        const { ticket } = messagesWords(language());
        if (code === 'NOT_FOUND') this.setData({ trouble: ticket.gone, troubleHint: ticket.goneHint });
        else this.setData({ trouble: title, troubleHint: retryable ? t.lost : hint });
      } finally {
        this.setData({ sending: false });
      }
    },

    /** The same words and pictures are one request, also after its answer was lost or the app was closed. */
    async send(): Promise<FeedbackSendOutput> {
      const { ticketId, kind, _text: text, _pictures: list } = this.data;
      const pictures = (list?.uploaded ?? []).map(({ fileId }) => fileId);
      const content = JSON.stringify([kind, text, pictures]);
      if (this.data._sent?.content !== content) this.data._sent = { requestId: newRequestId(), content };
      this.putAway();
      const { requestId } = this.data._sent;
      return ticketId === ''
        ? call('feedback.send', { kind, text, pictures, requestId })
        : call('feedback.more', { id: ticketId, text, pictures, requestId });
    },

    follow(answer: FeedbackSendOutput) {
      const { write: t, ticket } = messagesWords(language());
      switch (answer.status) {
        case 'sent':
        case 'unchecked':
          this.data._isDone = true;
          forgetDraft(this.data.ticketId);
          toast(t[answer.status]);
          // where it goes on with one, that page lies below
          if (this.data.ticketId !== '') goBack();
          else replaceWithMessages('ticket', { id: answer.ticket.id });
          return;
        case 'badPicture':
          this.data._sent = undefined;
          this.setData({ trouble: fill(t.badPicture, { n: answer.index + 1 }) });
          return;
        case 'tooMany':
          this.setData({ trouble: answer.what === 'entries' ? ticket.full : t.full });
          return;
        default:
          this.data._sent = undefined;
          this.setData({ trouble: t.rejected, troubleHint: t.rejectedHint });
      }
    },
  },
});
