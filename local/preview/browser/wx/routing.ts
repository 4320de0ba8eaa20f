import { phone } from '../phone';
import { asyncCall } from './call';

interface Url {
  url: string;
}

export const routing = {
  navigateTo: asyncCall<Url & { events?: Record<string, (...values: unknown[]) => void> }>(
    'navigateTo',
    ['url', 'events'],
    (options) => ({ eventChannel: phone().router.navigateTo(options) }),
  ),
  redirectTo: asyncCall<Url>('redirectTo', ['url'], (options) => {
    phone().router.redirectTo(options);
  }),
  reLaunch: asyncCall<Url>('reLaunch', ['url'], (options) => {
    phone().router.reLaunch(options);
  }),
  switchTab: asyncCall<Url>('switchTab', ['url'], (options) => {
    phone().router.switchTab(options);
  }),
  navigateBack: asyncCall<{ delta?: number }>('navigateBack', ['delta'], (options) => {
    phone().router.navigateBack(options);
  }),
};
