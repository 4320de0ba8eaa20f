import { el } from '../dom';
import { readSettings, text } from '../settings';
import { button, openDialog } from './dialog';

type Answers = Record<string, 'accept' | 'reject'>;

/** For each message template: accept or reject. The local cloud then does what WeChat does. */
export async function askSubscriptions(ids: string[]): Promise<Answers> {
  const names = await findNames();
  const answers = await showSheet(ids.map((id) => ({ id, name: names.get(id) ?? id })));
  await post('/local/subscribe', {
    openid: readSettings().openid,
    answers: Object.entries(answers).map(([templateId, answer]) => ({ templateId, answer })),
  });
  return answers;
}

function showSheet(templates: { id: string; name: string }[]): Promise<Answers> {
  const title = text('允许发送以下消息', 'Allow these messages');
  const rejected: Answers = Object.fromEntries(templates.map(({ id }) => [id, 'reject'] as const));
  return openDialog<Answers>({
    label: title,
    kind: 'sheet',
    dismissed: { value: rejected },
    content: (close) => {
      const boxes = templates.map(({ id, name }) => {
        const box = el('input', { type: 'checkbox', checked: true, value: id });
        return { id, box, row: el('label', { class: 'pv-check' }, box, name) };
      });
      const allow = button(text('允许', 'Allow'), 'main', () => {
        close(Object.fromEntries(boxes.map(({ id, box }) => [id, box.checked ? 'accept' : 'reject'])));
      });
      allow.setAttribute('autofocus', '');
      return [
        el('h2', {}, title),
        ...boxes.map(({ row }) => row),
        el(
          'div',
          { class: 'pv-actions' },
          button(text('取消', 'Cancel'), 'plain', () => {
            close(rejected);
          }),
          allow,
        ),
      ];
    },
  });
}

/** WeChat shows a template's title, which only its console knows; here the kinds of message stand for it. */
async function findNames(): Promise<Map<string, string>> {
  const event = { action: 'messages.templates', input: { by: 'preview' } };
  const answer = await post('/local/run', { function: 'staff', event });
  const { templates = [] } = (answer as { data?: { settings?: { templates?: Template[] } } } | undefined)
    ?.data?.settings ?? { templates: [] };
  return new Map(templates.map(({ id, kinds }) => [id, kinds.map(nameOf).join(text('、', ', '))] as const));
}

interface Template {
  id: string;
  kinds: string[];
}

const NAMES: Readonly<Record<string, () => string>> = {
  recalled: () => text('图书召回', 'Recalled'),
  holdExpiring: () => text('预约保留将到期', 'Pickup ends soon'),
  holdReady: () => text('预约到书', 'Ready for pickup'),
  dueSoon: () => text('即将到期', 'Due soon'),
  overdue: () => text('超期', 'Overdue'),
  cannotRenew: () => text('不能续借', 'Cannot be renewed'),
  backOnShelf: () => text('重新在架', 'Back on the shelf'),
  feedbackAnswered: () => text('反馈有回复', 'Question answered'),
  onboardingResult: () => text('入馆教育成绩', 'Onboarding result'),
  reportReady: () => text('年度报告', 'Report ready'),
};
const nameOf = (kind: string): string => NAMES[kind]?.() ?? kind;

/** @returns undefined where nobody serves it, as when only the preview runs */
async function post(path: string, body: unknown): Promise<unknown> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.ok ? ((await response.json()) as unknown) : undefined;
  } catch {
    return undefined;
  }
}
