/** What a command ends with, for scripts. */
export const EXIT = {
  ok: 0,
  /** The API said no, or an import failed. */
  refused: 1,
  usage: 2,
  /** Nobody answers at the address. */
  unreachable: 3,
  /** An import is done, and some of its rows were refused. */
  rowsRefused: 4,
} as const;
