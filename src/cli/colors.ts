/**
 * Colors — those of the terminal, where there is one.
 *
 * A pipe gets plain text, also in continuous integration, where picocolors alone would colour it. NO_COLOR and FORCE_COLOR are followed.
 */
import pc from 'picocolors';

function isColored({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0';
  return process.stdout.isTTY === true && TERM !== 'dumb';
}

export const colors = pc.createColors(isColored(process.env));
