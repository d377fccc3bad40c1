/** What the process says to the shell. Documented in `--help`. */
export const EXIT = {
  holds: 0,
  fails: 1,
  negligible: 1,
  badInput: 2,
  undecided: 3,
  internal: 4,
  interrupted: 130,
} as const
