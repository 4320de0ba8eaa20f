import { readSettings } from '../settings';
import { userFiles } from '../user-files';
import { asyncCall, WxFailure, type Callbacks } from './call';
import { loud } from './file-system';

const SLOW_MS = 3000;
let initialized = false;

interface FunctionCall {
  name: string;
  data?: unknown;
  config?: { env?: string };
  slow?: boolean;
}

/** As far as the cloud can be reached. */
async function reach(): Promise<void> {
  if (!initialized) {
    throw new WxFailure("Cloud API isn't enabled, please call wx.cloud.init first", { errCode: -601034 });
  }
  const { network } = readSettings();
  if (network === 'offline') throw noNetwork('request:fail net::ERR_INTERNET_DISCONNECTED');
  if (network === 'slow') await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
}

/** Calls a cloud function as the chosen reader, over the local host. Fails as the phone's client does. */
async function callFunction({ name, data }: FunctionCall): Promise<object> {
  await reach();
  const { openid } = readSettings();
  let response: Response;
  try {
    response = await fetch('/call', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ function: name, openid, event: data ?? {} }),
    });
  } catch {
    throw noNetwork('request:fail');
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) {
    return { result: body, requestID: response.headers.get('x-request-id') ?? crypto.randomUUID() };
  }
  const error = (body ?? {}) as { errCode?: number; errMsg?: string };
  const errCode = error.errCode ?? -1;
  throw new WxFailure(`Error: errCode: ${errCode} | errMsg: ${error.errMsg ?? response.statusText}`, {
    errCode,
  });
}

interface Upload {
  cloudPath: string;
  filePath: string;
  config?: { env?: string };
}

/** Puts a file of the phone's into the storage as the chosen reader. The progress of it is not told. */
async function uploadFile({ cloudPath, filePath }: Upload): Promise<object> {
  await reach();
  const { openid } = readSettings();
  const bytes = userFiles.read(filePath);
  const query = new URLSearchParams({ openid, path: cloudPath }).toString();
  const response = await fetch(`/upload?${query}`, { method: 'PUT', body: new Blob([bytes]) }).catch(() => {
    throw noNetwork('request:fail');
  });
  const body = (await response.json().catch(() => ({}))) as {
    fileID?: string;
    errCode?: number;
    errMsg?: string;
  };
  if (response.ok) return { fileID: body.fileID, statusCode: 204 };
  throw new WxFailure(`Error: ${body.errMsg ?? response.statusText}`, { errCode: body.errCode ?? -1 });
}

const noNetwork = (message: string): WxFailure => new WxFailure(message, { errCode: -1 });

const call = asyncCall<FunctionCall>('cloud.callFunction', ['name', 'data', 'config', 'slow'], callFunction);

const upload = asyncCall<Upload>('cloud.uploadFile', ['cloudPath', 'filePath', 'config'], uploadFile);

export const cloud = loud('wx.cloud', {
  init: (_options?: { env?: string | object; traceUser?: boolean }): void => {
    initialized = true;
  },
  callFunction: (options: FunctionCall & Callbacks) => call(options),
  uploadFile: (options: Upload & Callbacks) => upload(options),
});
