import { fill } from '../i18n/index';
import { dayText } from '../lib/dates';
import { confirm, toast } from './phone';
import { language } from './settings';
import { texts } from './ui';

/** Nine in the morning of the day before. */
const REMIND_BEFORE_S = 15 * 3_600;

/** Offers to put the due date of a loan into the phone's calendar, and says that renewing does not move it. */
export async function addToCalendar(loan: { title: string; dueAt: string }): Promise<void> {
  const { shelf: t, common } = texts();
  if (!(await confirm({ text: t.calendarAsk, yes: t.calendarYes, no: common.cancel }))) return;
  const [year, month, day] = [0, 5, 8].map((at) => Number(loan.dueAt.slice(at, at === 0 ? 4 : at + 2)));
  const startTime = new Date(year ?? 0, (month ?? 1) - 1, day).getTime() / 1000;
  try {
    await wx.addPhoneCalendar({
      title: fill(t.calendarTitle, { title: loan.title }),
      description: fill(t.calendarText, { day: dayText(loan.dueAt, language()) }),
      startTime,
      allDay: true,
      alarm: true,
      alarmOffset: REMIND_BEFORE_S,
    });
    toast(t.calendarDone);
  } catch (error) {
    if (!/cancel/i.test((error as { errMsg?: string }).errMsg ?? '')) toast(t.calendarDenied);
  }
}
