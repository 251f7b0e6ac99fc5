/**
 * Exit code — what the shell learns of a command; the codes of the official `cedar` command.
 */

export const ExitCode = {
  /** The command did what it was asked to; for `authorize`: allowed. */
  success: 0,
  /** Unreadable or malformed input; `format --check` and `run-tests` found something. */
  failure: 1,
  /** `authorize` answered deny. */
  deny: 2,
  /** The command line itself is wrong. The same number as that of deny, as in the official command. */
  usage: 2,
  /** `validate` found errors, or warnings under `--deny-warnings`. */
  validationFailure: 3,
  /** `tpe`: the decision depends on what is unknown. */
  unknown: 4,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
