import { readSettings } from '../settings';
import { userFiles } from '../user-files';
import { asyncCall, listeners, WxFailure, type Callbacks } from './call';
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

interface Progress {
  /** 0 … 100 */
  progress: number;
  totalBytesSent: number;
  totalBytesExpectedToSend: number;
}

/** Puts a file of the phone's into the storage as the chosen reader. */
async function uploadFile(
  { cloudPath, filePath }: Upload,
  request: XMLHttpRequest,
  tell: (progress: Progress) => void,
): Promise<object> {
  await reach();
  const { openid } = readSettings();
  const bytes = userFiles.read(filePath);
  const query = new URLSearchParams({ openid, path: cloudPath }).toString();
  await new Promise<void>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => {
      const progress = total === 0 ? 0 : Math.round((100 * loaded) / total);
      tell({ progress, totalBytesSent: loaded, totalBytesExpectedToSend: total });
    };
    request.onload = () => {
      resolve();
    };
    request.onerror = () => {
      reject(noNetwork('request:fail'));
    };
    request.onabort = () => {
      reject(new WxFailure('abort'));
    };
    request.open('PUT', `/upload?${query}`);
    request.send(new Blob([bytes]));
  });
  const body = parsed(request.responseText);
  if (request.status >= 200 && request.status < 300) return { fileID: body.fileID, statusCode: 204 };
  throw new WxFailure(`Error: ${body.errMsg ?? request.statusText}`, { errCode: body.errCode ?? -1 });
}

function parsed(text: string): { fileID?: string; errCode?: number; errMsg?: string } {
  try {
    return JSON.parse(text) as { fileID?: string; errCode?: number; errMsg?: string };
  } catch {
    return {};
  }
}

const noNetwork = (message: string): WxFailure => new WxFailure(message, { errCode: -1 });

const call = asyncCall<FunctionCall>('cloud.callFunction', ['name', 'data', 'config', 'slow'], callFunction);

/** As WeChat does: a promise, or with callbacks a task that tells of the progress and can be ended. */
function upload(options: Upload & Callbacks): object | undefined {
  const request = new XMLHttpRequest();
  const progress = listeners<Progress>();
  const start = asyncCall<Upload>('cloud.uploadFile', ['cloudPath', 'filePath', 'config'], (given) =>
    uploadFile(given, request, progress.emit),
  );
  return (
    start(options) ?? {
      onProgressUpdate: progress.on,
      offProgressUpdate: progress.off,
      abort: () => {
        request.abort();
      },
    }
  );
}

export const cloud = loud('wx.cloud', {
  init: (_options?: { env?: string | object; traceUser?: boolean }): void => {
    initialized = true;
  },
  callFunction: (options: FunctionCall & Callbacks) => call(options),
  uploadFile: (options: Upload & Callbacks) => upload(options),
});
