import type { Readable } from 'node:stream';
import { CLOUD } from '../functions/function-environment';
import { PlatformError } from '../platform-error';
import type { FileLinks } from './file-links';
import { FileTooLarge, ForeignFile, type FileStore } from './file-store';
import { typeOf } from './serve-files';

/** How long an upload may be begun after it was announced, s. */
const UPLOAD_SECONDS = 15 * 60;
/** How long a download link lives when its maker does not say, s: one day, as in WeChat's documentation. */
const DOWNLOAD_SECONDS = 24 * 60 * 60;
/** Files that one request may name. */
const BATCH_LIMIT = 50;
const LONGEST_PATH = 850;
const FILE_ID = /^cloud:\/\/[^/]+\/(.+)$/s;

type Params = Record<string, unknown>;
type Body = Record<string, unknown>;

/** The `storage.*` actions of the wire, with the answers that the SDKs take apart. */
export class StorageActions {
  readonly #store: FileStore;
  readonly #links: FileLinks;
  readonly #linkBase: string;

  /** @param linkBase address before a link's word */
  constructor(store: FileStore, links: FileLinks, linkBase: string) {
    this.#store = store;
    this.#links = links;
    this.#linkBase = linkBase;
  }

  /**
   * Takes a file as `wx.cloud.uploadFile` sends it. The rule is WeChat's own for new environments: a client writes what is
   * not there yet, or what it made itself.
   * @returns the file's id
   * @throws {PlatformError}
   */
  async uploadAsClient(openid: string, path: unknown, content: Readable): Promise<string> {
    const cloudPath = checkCloudPath(path);
    try {
      await this.#store.put(cloudPath, content, typeOf(cloudPath), openid);
    } catch (error) {
      // read to its end, so that the sender gets to see the answer
      content.resume();
      if (error instanceof ForeignFile) throw new PlatformError('STORAGE_EXCEED_AUTHORITY', error.message);
      if (error instanceof FileTooLarge) throw new PlatformError('STORAGE_REQUEST_FAIL', error.message);
      throw error;
    }
    return fileIdOf(cloudPath);
  }

  /** @throws {PlatformError} */
  async handle(action: string, params: Params): Promise<Body> {
    switch (action) {
      case 'storage.getUploadMetadata':
        return this.#announceUpload(params);
      case 'storage.batchGetDownloadUrl':
        return this.#makeDownloadLinks(params);
      case 'storage.batchDeleteFile':
        return this.#deleteFiles(params);
      default:
        throw new PlatformError('INVALID_ACTION', `this emulator does not know the action ${action}`);
    }
  }

  #announceUpload({ path }: Params): Body {
    const cloudPath = checkCloudPath(path);
    const fileId = fileIdOf(cloudPath);
    return {
      data: {
        url: this.#linkBase + this.#links.make('put', cloudPath, UPLOAD_SECONDS),
        token: 'local',
        authorization: 'local',
        fileId,
        // travels in a header, where only ASCII can
        cosFileId: 'local',
      },
    };
  }

  async #makeDownloadLinks({ file_list: files }: Params): Promise<Body> {
    const list = checkBatch(files).map((file) => (file ?? {}) as { fileid?: unknown; max_age?: unknown });
    const download_list = await Promise.all(
      list.map(async ({ fileid, max_age }) => {
        const cloudPath = readFileId(fileid);
        const maxAge = typeof max_age === 'number' && max_age > 0 ? max_age : DOWNLOAD_SECONDS;
        const found = cloudPath !== undefined && (await this.#store.stat(cloudPath)) !== undefined;
        const url = found ? this.#linkBase + this.#links.make('get', cloudPath, maxAge) : '';
        const code = found ? 'SUCCESS' : 'STORAGE_FILE_NONEXIST';
        return { code, fileid, fileID: fileid, download_url: url, tempFileURL: url, maxAge };
      }),
    );
    return { data: { download_list } };
  }

  async #deleteFiles({ fileid_list: files }: Params): Promise<Body> {
    const delete_list = await Promise.all(
      checkBatch(files).map(async (fileid) => {
        const cloudPath = readFileId(fileid);
        const deleted = cloudPath !== undefined && (await this.#store.delete(cloudPath));
        return { code: deleted ? 'SUCCESS' : 'STORAGE_FILE_NONEXIST', fileid, fileID: fileid };
      }),
    );
    return { data: { delete_list } };
  }
}

const fileIdOf = (cloudPath: string): string => `cloud://${CLOUD.env}.${CLOUD.bucket}/${cloudPath}`;

function checkBatch(files: unknown): unknown[] {
  if (!Array.isArray(files) || files.length === 0 || files.length > BATCH_LIMIT) {
    throw new PlatformError('INVALID_PARAM', `between 1 and ${BATCH_LIMIT} files are to be named`);
  }
  return files;
}

/** A path of ours has no empty or dotted steps and no control characters, as WeChat demands. */
function checkCloudPath(cloudPath: unknown): string {
  const good =
    typeof cloudPath === 'string' &&
    Buffer.byteLength(cloudPath) <= LONGEST_PATH &&
    !/[\p{Cc}\p{Cs}]/u.test(cloudPath) &&
    cloudPath.split('/').every((step) => step !== '' && step !== '.' && step !== '..');
  if (!good) throw new PlatformError('INVALID_PARAM', 'the cloud path is not valid');
  return cloudPath;
}

const readFileId = (fileid: unknown): string | undefined =>
  typeof fileid === 'string' ? FILE_ID.exec(fileid)?.[1] : undefined;
