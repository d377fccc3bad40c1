/** Commands that people copy: to do an experiment again, or to continue it. */
import type { Manifest } from "../results/manifest.ts"

/** How the program is started here: through npm in a clone, by name where it is installed. */
export const programCommand = import.meta.url.endsWith(".ts") ? "npm run sim --" : "npx autonet-sim"

/** `engine` and `auditShare` where they are not what is used anyway. */
export function reproduceCommand(
  {
    scenarioFile,
    set,
    seed,
    replicates,
    contracts,
    rulesOff,
  }: Pick<Manifest, "scenarioFile" | "set" | "seed" | "replicates" | "contracts" | "rulesOff">,
  { engine, auditShare }: { readonly engine?: string | undefined; readonly auditShare?: number | undefined },
): string {
  return [
    `${programCommand} run ${shellWord(scenarioFile)}`,
    ...(seed === null ? [] : [`--seed ${seed}`]),
    ...(replicates === null ? [] : [`--replicates ${replicates}`]),
    ...(contracts === null ? [] : [`--contracts ${shellWord(contracts)}`]),
    ...rulesOff.map((rule) => `--rule-off ${shellWord(rule)}`),
    ...set.map((change) => `--set ${shellWord(change)}`),
    ...(engine === undefined ? [] : [`--engine ${shellWord(engine)}`]),
    ...(auditShare === undefined ? [] : [`--audit-share ${auditShare}`]),
  ].join(" ")
}

export function resumeCommand(folder: string): string {
  return `${programCommand} run --resume ${shellWord(folder)}`
}

function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
