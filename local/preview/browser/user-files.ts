export const USER_DATA_PATH = 'wxfile://usr';

/** The user's folder: small files that live as long as the page. */
class UserFiles {
  private readonly files = new Map<string, { data: Uint8Array<ArrayBuffer>; url?: string }>();

  has(path: string): boolean {
    return this.files.has(path);
  }
  list(folder: string): string[] {
    const prefix = folder.endsWith('/') ? folder : `${folder}/`;
    return [...this.files.keys()]
      .filter((path) => path.startsWith(prefix))
      .map((path) => path.slice(prefix.length));
  }
  read(path: string): Uint8Array<ArrayBuffer> {
    const file = this.files.get(path);
    if (!file) throw new Error(`no such file or directory, open ${path}`);
    return file.data;
  }
  write(path: string, data: Uint8Array<ArrayBuffer>): void {
    if (!path.startsWith('wxfile://')) throw new Error(`permission denied, open ${path}`);
    this.remove(path);
    this.files.set(path, { data });
  }
  remove(path: string): boolean {
    const url = this.files.get(path)?.url;
    if (url !== undefined) URL.revokeObjectURL(url);
    return this.files.delete(path);
  }
  /** An address the browser can show; of a missing file one that fails. */
  urlOf(path: string): string {
    const file = this.files.get(path);
    if (!file) return `/preview/files/${encodeURIComponent(path)}`;
    file.url ??= URL.createObjectURL(new Blob([file.data]));
    return file.url;
  }
}

export const userFiles = new UserFiles();

let nextTemporary = 1;

/** Keeps a picture that the phone made and gives its temporary path. */
export async function keepTemporary(blob: Blob, extension: string): Promise<string> {
  const path = `wxfile://tmp_${nextTemporary}.${extension}`;
  nextTemporary += 1;
  userFiles.write(path, new Uint8Array(await blob.arrayBuffer()));
  return path;
}
