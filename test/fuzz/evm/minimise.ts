/** What fast-check's shrinking leaves: steps, accounts, storage and options that have nothing to do with the case. */
import type { Scenario, Step } from "./scenario.ts"

const without = <A>(list: readonly A[], index: number): readonly A[] => list.toSpliced(index, 1)

/** Scenarios with one thing less. */
const smaller = function* (scenario: Scenario): Generator<Scenario> {
  const { accounts, steps } = scenario
  for (const index of steps.keys()) yield { ...scenario, steps: without(steps, index) }
  for (const index of accounts.keys()) yield { ...scenario, accounts: without(accounts, index) }
  for (const [index, account] of accounts.entries()) {
    if (account.storage.length > 0)
      yield { ...scenario, accounts: accounts.with(index, { ...account, storage: [] }) }
  }
  for (const [index, step] of steps.entries()) {
    for (const simpler of simplerSteps(step)) yield { ...scenario, steps: steps.with(index, simpler) }
  }
}

const simplerSteps = function* (step: Step): Generator<Step> {
  if (!("message" in step)) return
  const { message } = step
  for (const option of ["fees", "accessList", "nonce"] as const) {
    const { [option]: left, ...rest } = message
    if (left !== undefined) yield { ...step, message: rest }
  }
  if (message.value > 0n) yield { ...step, message: { ...message, value: 0n } }
  if (message.to !== null && message.data !== "0x") yield { ...step, message: { ...message, data: "0x" } }
}

/** Leaves out one thing after another as long as the scenario still fails. */
export const minimise = async (
  scenario: Scenario,
  fails: (scenario: Scenario) => Promise<boolean>,
): Promise<Scenario> => {
  for (const candidate of smaller(scenario)) {
    if (await fails(candidate)) return minimise(candidate, fails)
  }
  return scenario
}
