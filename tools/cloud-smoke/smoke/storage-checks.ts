import { failureOf, yesOr, type Check } from './check';

export const storageChecks: readonly Check[] = [
  {
    name: 'storage.round-trip',
    claim: 'a file at a path with Chinese characters and a blank comes back as it was',
    expected: '内容',
    run: async ({ app, run }) => {
      const cloudPath = `${run}/目录/文 件.txt`;
      const { fileID } = await app.uploadFile({ cloudPath, fileContent: Buffer.from('内容') });
      const { fileContent } = await app.downloadFile({ fileID });
      await app.deleteFile({ fileList: [fileID] });
      return String(fileContent);
    },
  },
  {
    name: 'storage.file-id',
    claim: 'a file id is cloud://<env>.<bucket>/<path>, the path as it was given',
    expected: 'yes',
    run: async ({ app, run }) => {
      const cloudPath = `${run}/id 1.txt`;
      const { fileID } = await app.uploadFile({ cloudPath, fileContent: Buffer.from('x') });
      await app.deleteFile({ fileList: [fileID] });
      return yesOr(/^cloud:\/\/[^/]+\.[^/]+\//.test(fileID) && fileID.endsWith(`/${cloudPath}`), fileID);
    },
  },
  {
    name: 'storage.metadata-id',
    claim: 'what announces an upload names the file as the upload itself does',
    expected: 'yes',
    run: async ({ app, run }) => {
      const cloudPath = `${run}/id-2.txt`;
      const { data } = await app.getUploadMetadata({ cloudPath });
      const { fileID } = await app.uploadFile({ cloudPath, fileContent: Buffer.from('x') });
      await app.deleteFile({ fileList: [fileID] });
      return yesOr((data as { fileId?: unknown }).fileId === fileID, fileID);
    },
  },
  {
    name: 'storage.link-of-missing',
    claim: 'a link to a file that is not there is an error of that file, not of the call',
    expected: '-503003',
    run: async ({ wx, app, run }) => {
      const cloudPath = `${run}/gone.txt`;
      const { fileID } = await app.uploadFile({ cloudPath, fileContent: Buffer.from('x') });
      await app.deleteFile({ fileList: [fileID] });
      const answer = await wx.getTempFileURL({ fileList: [fileID] });
      return String((answer as { fileList: { status: number }[] }).fileList[0]?.status);
    },
  },
  {
    name: 'storage.path-outside',
    claim: 'a path with ".." is refused',
    expected: 'fails',
    run: async ({ app, run }) => {
      const upload = app.uploadFile({ cloudPath: `${run}/../../outside.txt`, fileContent: Buffer.from('x') });
      return (await failureOf(upload)) === 'no error' ? 'no error' : 'fails';
    },
  },
];
