import type { MessageSettingsOutput } from '../../../../contracts/messages/actions';
import type { MessageKind } from '../../../../contracts/messages/kinds';
import { fill, type Language } from '../../../i18n/index';
import { momentText } from '../../../lib/dates';
import { say, type MessagesWords } from '../words/index';

/** One kind of message, ready to be shown. */
interface KindLine {
  kind: MessageKind;
  name: string;
  when: string;
  isOn: boolean;
  /** That it is off, where others that stand with it are on */
  off: string;
}

/** Kinds that stand together because one permission is for all of them. */
export interface Pool {
  /** The first of its kinds */
  key: MessageKind;
  lines: KindLine[];
  /** How many more may be sent to WeChat, or why none are */
  credits: string;
  /** For which kinds that is, where it is for several */
  shared: string;
  /** What WeChat is asked for */
  asks: MessageKind[];
  /** Words of the button that has WeChat ask; empty where it would ask nothing */
  allow: string;
  /** WeChat's own settings must be changed first */
  isRefused: boolean;
  /** All of it for a screen reader */
  label: string;
}

interface KindGroup {
  key: string;
  name: string;
  pools: Pool[];
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
      pools: poolsOf(
        GROUPS[key].flatMap((kind) => kinds.find((one) => one.kind === kind) ?? []),
        kinds,
        t,
      ),
    })),
  };
}

function lookedWords(at: string | undefined, t: MessagesWords['settings'], language: Language): string {
  return at === undefined ? t.notLooked : fill(t.lookedAt, { time: momentText(at, language) });
}

/** Those without a template stand alone: nothing can be allowed for them. */
function poolsOf(group: readonly Kind[], all: readonly Kind[], t: MessagesWords['settings']): Pool[] {
  const together = new Map<string, Kind[]>();
  for (const one of group) {
    const key = one.template ?? one.kind;
    together.set(key, [...(together.get(key) ?? []), one]);
  }
  return [...together.values()].flatMap((kinds) => {
    const [first] = kinds;
    return first === undefined ? [] : [poolOf(first, kinds, all, t)];
  });
}

function poolOf(
  { kind: key, template, credits = 0, refused = false }: Kind,
  kinds: readonly Kind[],
  all: readonly Kind[],
  t: MessagesWords['settings'],
): Pool {
  const on = kinds.filter((one) => one.on);
  const others = all.filter((one) => one.template === template && !kinds.includes(one));
  const isSent = on.length > 0 && template !== undefined;
  const names = (some: readonly Kind[]): string => some.map(({ kind }) => t.kinds[kind].name).join(t.between);
  const allow = isSent ? (credits > 0 ? t.allowMore : t.allow) : '';
  return {
    key,
    lines: kinds.map((one) => ({
      kind: one.kind,
      ...t.kinds[one.kind],
      isOn: one.on,
      off: !one.on && isSent ? t.off : '',
    })),
    credits: creditWords({ isOn: on.length > 0, template, credits, refused }, t),
    shared:
      isSent && kinds.length + others.length > 1
        ? fill(t.shared, { kinds: names([...kinds, ...others]) })
        : '',
    asks: on.map(({ kind }) => kind),
    allow,
    isRefused: isSent && refused,
    label: `${allow}, ${names(on)}`,
  };
}

function creditWords(
  {
    isOn,
    template,
    credits,
    refused,
  }: { isOn: boolean; template?: string | undefined; credits: number; refused: boolean },
  t: MessagesWords['settings'],
): string {
  if (template === undefined) return t.inboxOnly;
  if (!isOn) return t.off;
  if (refused) return t.refused;
  return credits === 0 ? t.noCredits : say(t.credits, { n: credits });
}
