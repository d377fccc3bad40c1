import type { ExperimentResult } from "../../sim/results/experimentResult.ts"

/** An argument as a POSIX shell takes it back. */
export const shellArgument = (argument: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`

/** Makes one seed's runs again: the experiment's own way to start the program, one replicate, the same changes. */
export const runCommand = ({ command, manifest }: ExperimentResult, seed: number): string => {
  const program = command.includes(" run ") ? command.slice(0, command.indexOf(" run ")) : "autonet-sim"
  return [
    `${program} run`,
    shellArgument(manifest.scenarioFile),
    `--seed ${seed}`,
    "--replicates 1",
    ...manifest.set.map((change) => `--set ${shellArgument(change)}`),
  ].join(" ")
}
