/**
 * Exit code — what the shell learns of a command; the codes of the official `cedar` command.
 */

export const ExitCode = {
  /** The command did what it was asked to; for `authorize`: allowed. */
  success: 0,
  /** Wrong usage, unreadable or malformed input. */
  failure: 1,
  /** `authorize` answered deny. */
  deny: 2,
  /** `validate` found errors, or warnings under `--deny-warnings`. */
  validationFailure: 3,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
