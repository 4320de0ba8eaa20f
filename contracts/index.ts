import type * as v from 'valibot';
import { askApi } from './ask';
import {
  Bib,
  BibIdInput,
  BibPage,
  Holdings,
  PageInput,
  RelatedBibs,
  ScanInput,
  ScanOutput,
  SearchInput,
  SearchOutput,
  SuggestInput,
  SuggestOutput,
} from './catalog';
import {
  BindInput,
  BindOutput,
  MethodsOutput,
  MineInput,
  MineOutput,
  PassOutput,
  SignInStart,
  StartInput,
} from './cards';
import { feedbackApi } from './feedback';
import { NoInput, NoOutput, typed } from './fields';
import {
  CancelHoldInput,
  HoldsOutput,
  PickupInput,
  PickupOutput,
  PlaceHoldInput,
  Step,
  WatchesOutput,
  WatchInput,
} from './holds';
import { CapabilitiesOutput, HoursOutput, SystemStatus } from './library';
import {
  FinesOutput,
  LoansOutput,
  RenewAllInput,
  RenewInput,
  RenewOutput,
  RenewScannedInput,
  RenewScannedOutput,
} from './loans';
import {
  AnswerInput,
  AnswerOutput,
  AttemptInput,
  BeginOutput,
  CampusInput,
  CertificateOutput,
  ExerciseOutput,
  FactsOutput,
  OverviewOutput,
  ReadInput,
  ReadOutput,
  ResultOutput,
  SubmitInput,
} from './onboarding';
import {
  EraseHistoryOutput,
  EraseInput,
  HistoryExportOutput,
  HistoryInput,
  HistoryOutput,
  HistorySwitchInput,
  PrivacyEraseOutput,
  PrivacyExportOutput,
} from './personal';
import { messagesApi } from './messages/actions';
import type {
  ReportBooksOutput,
  ReportCodeOutput,
  ReportDisputeOutput,
  ReportHideOutput,
  ReportOpenOutput,
  ReportOverviewOutput,
  ReportShareOutput,
  ReportVersionOutput,
} from './report/actions';
import {
  ReportBooksInput,
  ReportCodeInput,
  ReportDisputeInput,
  ReportHideInput,
  ReportOpenInput,
  ReportOptInInput,
  ReportOptOutInput,
  ReportRevokeInput,
  ReportShareInput,
  ReportVersionInput,
} from './report/inputs';

/** What any WeChat user with an identity may ask of the `reader` function: action → what it takes, what it answers. */
export const readerApi = {
  'system.capabilities': { input: NoInput, output: CapabilitiesOutput },
  'system.status': { input: NoInput, output: SystemStatus },
  'library.hours': { input: NoInput, output: HoursOutput },
  'catalog.search': { input: SearchInput, output: SearchOutput },
  'catalog.suggest': { input: SuggestInput, output: SuggestOutput },
  'catalog.bib': { input: BibIdInput, output: Bib },
  'catalog.holdings': { input: BibIdInput, output: Holdings },
  'catalog.related': { input: BibIdInput, output: RelatedBibs },
  'catalog.newBooks': { input: PageInput, output: BibPage },
  'catalog.mostBorrowed': { input: PageInput, output: BibPage },
  'catalog.scan': { input: ScanInput, output: ScanOutput },
  'cards.methods': { input: NoInput, output: MethodsOutput },
  'cards.start': { input: StartInput, output: SignInStart },
  'cards.bind': { input: BindInput, output: BindOutput },
  'cards.unbind': { input: NoInput, output: NoOutput },
  'cards.mine': { input: MineInput, output: MineOutput },
  'cards.pass': { input: NoInput, output: PassOutput },
  'loans.list': { input: NoInput, output: LoansOutput },
  'loans.renew': { input: RenewInput, output: RenewOutput },
  'loans.renewAll': { input: RenewAllInput, output: RenewOutput },
  'loans.renewScanned': { input: RenewScannedInput, output: RenewScannedOutput },
  'holds.list': { input: NoInput, output: HoldsOutput },
  'holds.pickupPlaces': { input: PickupInput, output: PickupOutput },
  'holds.place': { input: PlaceHoldInput, output: Step },
  'holds.cancel': { input: CancelHoldInput, output: Step },
  'holds.watch': { input: WatchInput, output: WatchesOutput },
  'holds.watches': { input: NoInput, output: WatchesOutput },
  'fines.list': { input: NoInput, output: FinesOutput },
  'history.list': { input: HistoryInput, output: HistoryOutput },
  'history.switch': { input: HistorySwitchInput, output: HistoryOutput },
  'history.export': { input: NoInput, output: HistoryExportOutput },
  'history.erase': { input: EraseInput, output: EraseHistoryOutput },
  'onboarding.overview': { input: NoInput, output: OverviewOutput },
  'onboarding.facts': { input: NoInput, output: FactsOutput },
  'onboarding.exercise': { input: NoInput, output: ExerciseOutput },
  'onboarding.read': { input: ReadInput, output: ReadOutput },
  'onboarding.campus': { input: CampusInput, output: NoOutput },
  'onboarding.begin': { input: NoInput, output: BeginOutput },
  'onboarding.answer': { input: AnswerInput, output: AnswerOutput },
  'onboarding.submit': { input: SubmitInput, output: ResultOutput },
  'onboarding.result': { input: AttemptInput, output: ResultOutput },
  'onboarding.certificate': { input: NoInput, output: CertificateOutput },
  'report.overview': { input: NoInput, output: typed<ReportOverviewOutput>() },
  'report.optIn': { input: ReportOptInInput, output: typed<ReportOverviewOutput>() },
  'report.optOut': { input: ReportOptOutInput, output: typed<ReportOverviewOutput>() },
  'report.open': { input: ReportOpenInput, output: typed<ReportOpenOutput>() },
  'report.version': { input: ReportVersionInput, output: typed<v.InferOutput<typeof ReportVersionOutput>>() },
  'report.books': { input: ReportBooksInput, output: typed<v.InferOutput<typeof ReportBooksOutput>>() },
  'report.hide': { input: ReportHideInput, output: typed<v.InferOutput<typeof ReportHideOutput>>() },
  'report.share': { input: ReportShareInput, output: typed<v.InferOutput<typeof ReportShareOutput>>() },
  'report.revoke': { input: ReportRevokeInput, output: NoOutput },
  'report.code': { input: ReportCodeInput, output: typed<v.InferOutput<typeof ReportCodeOutput>>() },
  'report.dispute': { input: ReportDisputeInput, output: typed<v.InferOutput<typeof ReportDisputeOutput>>() },
  ...askApi,
  ...feedbackApi,
  ...messagesApi,
  'privacy.export': { input: NoInput, output: PrivacyExportOutput },
  'privacy.erase': { input: EraseInput, output: PrivacyEraseOutput },
} as const;

export type ReaderApi = typeof readerApi;
export type ReaderAction = keyof ReaderApi;
/** What a client may send: fields with defaults may be left out. */
export type ReaderInput<A extends ReaderAction> = v.InferInput<ReaderApi[A]['input']>;
export type ReaderOutput<A extends ReaderAction> = v.InferOutput<ReaderApi[A]['output']>;
