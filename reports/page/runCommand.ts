import type { ExperimentResult } from "../../sim/results/experimentResult.ts"

/** An argument as a POSIX shell takes it back. */
export const shellArgument = (argument: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`

/** Makes one seed's runs again: the experiment's own way to start the program, one replicate, the same changes. */
export const runCommand = ({ command, manifest }: ExperimentResult, seed: number): string => {
  // `npm run sim --` has a `run` of its own, which is not the program's.
  const program = /^(npm run sim --|(?:npx )?\S+) run /.exec(command)?.[1] ?? "autonet-sim"
  return [
    `${program} run`,
    shellArgument(manifest.scenarioFile),
    `--seed ${seed}`,
    "--replicates 1",
    ...(manifest.contracts === null ? [] : [`--contracts ${shellArgument(manifest.contracts)}`]),
    ...manifest.rulesOff.map((rule) => `--rule-off ${shellArgument(rule)}`),
    ...manifest.set.map((change) => `--set ${shellArgument(change)}`),
  ].join(" ")
}
