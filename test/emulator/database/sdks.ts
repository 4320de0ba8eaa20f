import { pointSdksTo } from './serve';
import type { AnyDatabase, Wrap } from './sdk-errands';

export interface Sdk {
  name: 'node-sdk' | 'wx-server-sdk';
  wrap: Wrap;
  connect(url: string): AnyDatabase;
}

/* eslint-disable @typescript-eslint/no-require-imports -- the SDKs read the address of the server from the environment when they are loaded */
export const SDKS: readonly Sdk[] = [
  {
    name: 'node-sdk',
    wrap: (data) => data,
    connect: (url) => {
      pointSdksTo(url);
      const sdk = require('@cloudbase/node-sdk');
      return sdk.init({ env: sdk.SYMBOL_CURRENT_ENV }).database();
    },
  },
  {
    name: 'wx-server-sdk',
    wrap: (data) => ({ data }),
    connect: (url) => {
      pointSdksTo(url);
      const sdk = require('wx-server-sdk');
      sdk.init({ env: sdk.DYNAMIC_CURRENT_ENV });
      return sdk.database();
    },
  },
];
