import type { MessageSettingsOutput } from '../../../../contracts/messages/actions';
import type { MessageKind } from '../../../../contracts/messages/kinds';
import { fill, type Language } from '../../../i18n/index';
import { momentText } from '../../../lib/dates';
import { say, type MessagesWords } from '../words/index';

/** One kind of message, ready to be shown. */
export interface KindLine {
  kind: MessageKind;
  name: string;
  when: string;
  isOn: boolean;
  /** How many more may be sent to WeChat, or why none are */
  credits: string;
  /** With which other kinds they are shared */
  shared: string;
  /** Words of the button that has WeChat ask; empty where it would ask nothing */
  allow: string;
  /** WeChat's own settings must be changed first */
  isRefused: boolean;
}

interface KindGroup {
  key: string;
  name: string;
  lines: KindLine[];
}

export interface SettingsView {
  asking: string;
  isUnbound: boolean;
  looked: string;
  quiet: string;
  groups: KindGroup[];
}

export const NO_SETTINGS: SettingsView = { asking: '', isUnbound: false, looked: '', quiet: '', groups: [] };

const GROUPS = {
  loans: ['dueSoon', 'overdue', 'recalled', 'cannotRenew'],
  holds: ['holdReady', 'holdExpiring', 'backOnShelf'],
  answers: ['feedbackAnswered', 'onboardingResult', 'reportReady'],
} as const satisfies Record<keyof MessagesWords['settings']['groups'], readonly MessageKind[]>;

type Kind = MessageSettingsOutput['kinds'][number];

export function settingsView(
  settings: MessageSettingsOutput,
  { settings: t }: MessagesWords,
  language: Language,
): SettingsView {
  const { asking, kinds, lookedAt, quiet } = settings;
  const canLook = asking === 'always' || asking === 'session';
  return {
    asking: t.asking[asking],
    isUnbound: asking === 'noCard',
    looked: canLook ? lookedWords(lookedAt, t, language) : '',
    quiet: fill(t.quiet, quiet),
    groups: (Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((key) => ({
      key,
      name: t.groups[key],
      lines: GROUPS[key].flatMap((kind) => {
        const found = kinds.find((one) => one.kind === kind);
        return found === undefined ? [] : [kindLine(found, kinds, t)];
      }),
    })),
  };
}

function lookedWords(at: string | undefined, t: MessagesWords['settings'], language: Language): string {
  return at === undefined ? t.notLooked : fill(t.lookedAt, { time: momentText(at, language) });
}

function kindLine(one: Kind, all: readonly Kind[], t: MessagesWords['settings']): KindLine {
  const { kind, on, template, credits = 0, refused = false } = one;
  const sharing = all.filter((other) => other.kind !== kind && other.template === template);
  const isSent = on && template !== undefined;
  return {
    kind,
    ...t.kinds[kind],
    isOn: on,
    credits: creditWords(one, t),
    shared:
      isSent && sharing.length > 0
        ? fill(t.shared, { kinds: sharing.map((other) => t.kinds[other.kind].name).join(t.between) })
        : '',
    allow: isSent ? (credits > 0 ? t.allowMore : t.allow) : '',
    isRefused: isSent && refused,
  };
}

function creditWords(
  { on, template, credits = 0, refused = false }: Kind,
  t: MessagesWords['settings'],
): string {
  if (template === undefined) return t.inboxOnly;
  if (!on) return t.off;
  if (refused) return t.refused;
  return credits === 0 ? t.noCredits : say(t.credits, { n: credits });
}
