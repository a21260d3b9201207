/** Why the local stack could not be set up or started. Codes are stable; tests and scripts may rely on them. */
export type StackErrorCode =
  | 'already-running'
  | 'binary-missing'
  | 'binary-too-old'
  | 'build-missing'
  | 'damaged-download'
  | 'disk-full'
  | 'folder-in-use'
  | 'folder-unwritable'
  | 'incompatible-data'
  | 'invalid-setting'
  | 'missing-library'
  | 'no-pip'
  | 'not-obtainable'
  | 'not-ready'
  | 'port-in-use'
  | 'server-exited'
  | 'service-exited'
  | 'unsupported-platform'
  | 'unsupported-processor'
  | 'wrong-hash';

/**
 * An expected failure of the local stack. The message is one line that names the cause and how to mend it:
 * `port 8080 is in use: set PORT to another one, or PORT=0 for any free port`.
 */
export class StackError extends Error {
  constructor(
    readonly code: StackErrorCode,
    message: string,
  ) {
    super(message.replace(/\s*\n\s*/g, ' '));
    this.name = 'StackError';
  }
}

/** Turns a failed file operation into a {@link StackError} when the folder is the user's to mend; other errors pass. */
export function folderError(error: unknown, folder: string, setting: string): unknown {
  switch (errorCode(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOENT':
      return new StackError(
        'folder-unwritable',
        `cannot write to ${folder}: give this user the right to, or set ${setting} to another folder`,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new StackError('folder-unwritable', `${folder} is not a folder: remove it, or set ${setting} to a folder`);
    case 'ENOSPC':
      return new StackError('disk-full', `the disk that holds ${folder} is full: free some space, or set ${setting}`);
    default:
      return error;
  }
}

/** The `code` of a system error, `ENOENT`; `undefined` for anything else. */
export function errorCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
