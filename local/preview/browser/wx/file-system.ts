import { NotInPreview } from '../errors';
import { USER_DATA_PATH, userFiles } from '../user-files';
import { asyncCall } from './call';

type Encoding = 'utf8' | 'utf-8' | 'base64' | 'binary';

function encode(data: string | ArrayBuffer, encoding: string): Uint8Array<ArrayBuffer> {
  if (typeof data !== 'string') return new Uint8Array(data.slice(0));
  switch (encoding) {
    case 'utf8':
    case 'utf-8':
      return new TextEncoder().encode(data);
    case 'base64':
      return Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
    case 'binary':
      return Uint8Array.from(data, (char) => char.charCodeAt(0));
    default:
      throw new NotInPreview(`file encoding ${encoding}`);
  }
}

function decode(data: Uint8Array<ArrayBuffer>, encoding: string | undefined): string | ArrayBuffer {
  switch (encoding) {
    case undefined:
      return data.slice().buffer;
    case 'utf8':
    case 'utf-8':
      return new TextDecoder().decode(data);
    case 'base64':
      return btoa(String.fromCharCode(...data));
    case 'binary':
      return String.fromCharCode(...data);
    default:
      throw new NotInPreview(`file encoding ${encoding}`);
  }
}

const remove = (path: string): void => {
  if (!userFiles.remove(path)) throw new Error(`no such file or directory, unlink ${path}`);
};

const access = (path: string): void => {
  if (!userFiles.has(path)) throw new Error(`no such file or directory, access ${path}`);
};

const copy = (from: string, to: string): void => {
  userFiles.write(to, userFiles.read(from).slice());
};

const members = {
  writeFile: asyncCall<{ filePath: string; data: string | ArrayBuffer; encoding?: Encoding }>(
    'writeFile',
    ['filePath', 'data', 'encoding'],
    ({ filePath, data, encoding = 'utf8' }) => {
      userFiles.write(filePath, encode(data, encoding));
    },
  ),
  writeFileSync: (path: string, data: string | ArrayBuffer, encoding: Encoding = 'utf8'): void => {
    userFiles.write(path, encode(data, encoding));
  },
  readFile: asyncCall<{ filePath: string; encoding?: Encoding }>(
    'readFile',
    ['filePath', 'encoding'],
    ({ filePath, encoding }) => ({
      data: decode(userFiles.read(filePath), encoding),
    }),
  ),
  readFileSync: (path: string, encoding?: Encoding): string | ArrayBuffer =>
    decode(userFiles.read(path), encoding),
  unlink: asyncCall<{ filePath: string }>('unlink', ['filePath'], ({ filePath }) => {
    remove(filePath);
  }),
  unlinkSync: remove,
  access: asyncCall<{ path: string }>('access', ['path'], ({ path }) => {
    access(path);
  }),
  accessSync: access,
  copyFile: asyncCall<{ srcPath: string; destPath: string }>(
    'copyFile',
    ['srcPath', 'destPath'],
    ({ srcPath, destPath }) => {
      copy(srcPath, destPath);
    },
  ),
  copyFileSync: copy,
  /** Its size in bytes. WeChat's digest of it is not there. */
  getFileInfo: asyncCall<{ filePath: string }>('getFileInfo', ['filePath'], ({ filePath }) => ({
    size: userFiles.read(filePath).length,
  })),
  readdir: asyncCall<{ dirPath: string }>('readdir', ['dirPath'], ({ dirPath }) => ({
    files: userFiles.list(dirPath),
  })),
  readdirSync: (path: string): string[] => userFiles.list(path),
};

const manager = loud('FileSystemManager', members);

export const fileSystem = {
  env: { USER_DATA_PATH },
  getFileSystemManager: (): object => manager,
};

/** An object whose missing members throw with their names. */
export function loud<T extends object>(name: string, members_: T): T {
  return new Proxy(members_, {
    get(target, key): unknown {
      if (key in target || typeof key === 'symbol' || key === 'then' || key === 'toJSON') {
        return target[key as keyof T];
      }
      throw new NotInPreview(`${name}.${key}`);
    },
  });
}
