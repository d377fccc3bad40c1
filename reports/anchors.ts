/** Anchors inside a report. Figures link to them, the runs table carries them. */

/** An identifier that distinct names never share: what is no letter, digit or hyphen becomes its code in hex. */
const identifier = (name: string): string =>
  [...name].map((c) => (/[A-Za-z0-9-]/.test(c) ? c : `_${(c.codePointAt(0) ?? 0).toString(16)}_`)).join("")

/** Identifier of one run's row: `run-base-3`. */
export const runAnchor = (setting: string, seed: number): string => `run-${identifier(setting)}-${seed}`

/** Identifier of all runs of one setting: `runs-base`. */
export const settingAnchor = (setting: string): string => `runs-${identifier(setting)}`

export const runLink = (setting: string, seed: number): string => `#${runAnchor(setting, seed)}`
export const settingLink = (setting: string): string => `#${settingAnchor(setting)}`
