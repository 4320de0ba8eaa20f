import { NAVIGATION_BAR_HEIGHT, STATUS_BAR_HEIGHT } from '../navigation-bar';
import { phone } from '../phone';
import { onSettingsChange, readSettings } from '../settings';
import { saveAs } from '../save-as';
import { askModal } from '../ui/questions';
import { asyncCall, listeners } from './call';
import { privateCall } from './privacy';

const SAFE_BOTTOM = 34;

function getWindowInfo(): object {
  const { width, height } = phone().screen();
  const page = phone().router.top?.viewport;
  return {
    pixelRatio: devicePixelRatio,
    screenWidth: width,
    screenHeight: height,
    windowWidth: page?.clientWidth ?? width,
    windowHeight: page?.clientHeight ?? height - STATUS_BAR_HEIGHT - NAVIGATION_BAR_HEIGHT,
    statusBarHeight: STATUS_BAR_HEIGHT,
    screenTop: STATUS_BAR_HEIGHT + NAVIGATION_BAR_HEIGHT,
    safeArea: {
      top: STATUS_BAR_HEIGHT,
      left: 0,
      right: width,
      bottom: height - SAFE_BOTTOM,
      width,
      height: height - STATUS_BAR_HEIGHT - SAFE_BOTTOM,
    },
  };
}

function getAppBaseInfo(): object {
  const { language, textSize } = readSettings();
  return {
    SDKVersion: '3.8.0',
    version: '8.0.50',
    language,
    theme: phone().theme.current,
    enableDebug: false,
    host: { env: 'WeChat' },
    fontSizeSetting: textSize,
    fontSizeScaleFactor: textSize / 17,
  };
}

const getDeviceInfo = (): object => ({
  brand: 'devtools',
  model: 'Shutong preview',
  system: 'iOS 17.0',
  platform: 'devtools',
  abi: '',
  benchmarkLevel: -1,
  memorySize: 4096,
});

const getSystemSetting = (): object => ({
  bluetoothEnabled: false,
  locationEnabled: false,
  wifiEnabled: true,
  deviceOrientation: 'portrait',
});

const getSystemInfo = (): object => ({
  ...getWindowInfo(),
  ...getAppBaseInfo(),
  ...getDeviceInfo(),
  ...getSystemSetting(),
});

/** Where the capsule lies: 7 px from the edge, in the middle of the navigation bar. */
export function capsuleBox(): {
  top: number;
  right: number;
  bottom: number;
  left: number;
  width: number;
  height: number;
} {
  const { width } = phone().screen();
  const top = STATUS_BAR_HEIGHT + 6;
  return { width: 87, height: 32, top, bottom: top + 32, right: width - 7, left: width - 94 };
}

const networkType = (): string => {
  const { network } = readSettings();
  if (network === 'offline') return 'none';
  return network === 'slow' ? '3g' : 'wifi';
};

const network = listeners<{ isConnected: boolean; networkType: string }>();
const theme = listeners<{ theme: string }>();
const resize = listeners<{ size: { windowWidth: number; windowHeight: number } }>();

/** Passes on what the switches of the frame and the window change. */
export function watchDevice(): void {
  onSettingsChange((now, before) => {
    if (now.network !== before.network)
      network.emit({ isConnected: now.network !== 'offline', networkType: networkType() });
  });
  phone().theme.onChange((name) => {
    theme.emit({ theme: name });
  });
  addEventListener('resize', () => {
    const { width, height } = phone().screen();
    resize.emit({ size: { windowWidth: width, windowHeight: height } });
  });
}

interface CalendarEvent {
  title: string;
  /** Seconds since the epoch */
  startTime: number;
  allDay?: boolean;
  description?: string;
  location?: string;
  endTime?: number;
  alarm?: boolean;
  /** Seconds before the beginning */
  alarmOffset?: number;
}

/** What the phone would keep, as a calendar file (RFC 5545); an event of a whole day has no time. */
function calendarFile(event: CalendarEvent): string {
  const {
    title,
    startTime,
    allDay = false,
    description = '',
    location = '',
    alarm = true,
    alarmOffset = 0,
  } = event;
  const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n');
  const day = new Date(startTime * 1000);
  const local = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
  const date = local.map((part) => String(part).padStart(2, '0')).join('');
  const moment = (seconds: number): string =>
    new Date(seconds * 1000).toISOString().replace(/[-:]|\.\d+/g, '');
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Shutong//Preview//EN',
    'BEGIN:VEVENT',
    `UID:${crypto.randomUUID()}`,
    `DTSTAMP:${moment(Date.now() / 1000)}`,
    allDay ? `DTSTART;VALUE=DATE:${date}` : `DTSTART:${moment(startTime)}`,
    ...(allDay || event.endTime === undefined ? [] : [`DTEND:${moment(event.endTime)}`]),
    `SUMMARY:${escaped(title)}`,
    ...(description === '' ? [] : [`DESCRIPTION:${escaped(description)}`]),
    ...(location === '' ? [] : [`LOCATION:${escaped(location)}`]),
    ...(alarm ? ['BEGIN:VALARM', 'ACTION:DISPLAY', `TRIGGER:-PT${alarmOffset}S`, 'END:VALARM'] : []),
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

export const device = {
  getWindowInfo,
  getAppBaseInfo,
  getDeviceInfo,
  getSystemSetting,
  getSystemInfoSync: getSystemInfo,
  getSystemInfo: asyncCall('getSystemInfo', [], getSystemInfo),
  getAppAuthorizeSetting: (): object => ({ cameraAuthorized: 'authorized', albumAuthorized: 'authorized' }),
  getMenuButtonBoundingClientRect: capsuleBox,
  onThemeChange: theme.on,
  offThemeChange: theme.off,
  onWindowResize: resize.on,
  offWindowResize: resize.off,
  getNetworkType: asyncCall('getNetworkType', [], () => ({
    networkType: networkType(),
    weakNet: networkType() === '3g',
  })),
  onNetworkStatusChange: network.on,
  offNetworkStatusChange: network.off,
  setClipboardData: privateCall<{ data: string }>('setClipboardData', ['data'], async ({ data }) => {
    await navigator.clipboard.writeText(data);
  }),
  getClipboardData: privateCall('getClipboardData', [], async () => ({
    data: await navigator.clipboard.readText(),
  })),
  vibrateShort: asyncCall<{ type?: string }>('vibrateShort', ['type'], () => {
    if ('vibrate' in navigator) navigator.vibrate(15);
  }),
  vibrateLong: asyncCall('vibrateLong', [], () => {
    if ('vibrate' in navigator) navigator.vibrate(400);
  }),
  makePhoneCall: asyncCall<{ phoneNumber: string }>(
    'makePhoneCall',
    ['phoneNumber'],
    async ({ phoneNumber }) => {
      const answer = await askModal({ content: phoneNumber });
      if (!answer.confirm) throw new Error('cancel');
    },
  ),
  addPhoneCalendar: privateCall<CalendarEvent>(
    'addPhoneCalendar',
    ['title', 'startTime', 'allDay', 'description', 'location', 'endTime', 'alarm', 'alarmOffset'],
    (event) => {
      saveAs(`${event.title}.ics`, new Blob([calendarFile(event)], { type: 'text/calendar' }));
    },
  ),
  setScreenBrightness: asyncCall<{ value: number }>('setScreenBrightness', ['value'], ({ value }) => {
    document.documentElement.style.setProperty('--brightness', String(0.4 + value * 0.6));
  }),
  getScreenBrightness: asyncCall('getScreenBrightness', [], () => ({ value: 0.5 })),
  setKeepScreenOn: asyncCall<{ keepScreenOn: boolean }>('setKeepScreenOn', ['keepScreenOn'], () => {}),
};
