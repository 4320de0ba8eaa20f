import { wrong } from '../../staff/arguments';
import { both, number } from '../../staff/says';
import { readerCodeOf, requireReason } from './order';
import type { Order } from './order';

/** `waive CODE`: lets a reader off, or with `--off` asks it of them again. */
export const waive: Order = async (setting) => {
  const { args, call, out, confirm } = setting;
  const reader = readerCodeOf(args.what[0]);
  const reason = requireReason(setting);
  const what = args.off
    ? { en: `Ask the onboarding of reader ${reader} again?`, zh: `重新要求读者 ${reader} 完成入馆教育？` }
    : { en: `Let reader ${reader} off the onboarding?`, zh: `免除读者 ${reader} 的入馆教育？` };
  await confirm(what);
  await call('onboarding.waive', { by: args.by, reason, reader, on: !args.off });
  out(both({ en: `Done: ${reader}.`, zh: `已办理：${reader}。` }));
  return 0;
};

/** `extra-time CODE MINUTES`. */
export const giveExtraTime: Order = async (setting) => {
  const { args, call, out, confirm } = setting;
  const reader = readerCodeOf(args.what[0]);
  const text = args.what[1] ?? '';
  const minutes = Number(text);
  if (!/^\d{1,3}$/.test(text) || minutes > 180) throw wrong('minutes: 0 to 180', '分钟数为 0 到 180');
  const reason = requireReason(setting);
  await confirm({
    en: `Give reader ${reader} ${number(minutes, 'minute')} on top of the ordinary time?`,
    zh: `给读者 ${reader} 在规定时间之外加 ${minutes} 分钟？`,
  });
  await call('onboarding.extraTime', { by: args.by, reason, reader, minutes });
  out(
    both({
      en: `Done: ${reader}, ${number(minutes, 'more minute')}.`,
      zh: `已办理：${reader}，加时 ${minutes} 分钟。`,
    }),
  );
  return 0;
};
