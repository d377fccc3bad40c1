/** A trial on the fixture's world, and a folder to put it in. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { onTestFinished } from "vitest"

export const trialText = ({
  name = "poisoning",
  success = "totalProfit(attacker) > 0",
  margin = "0.1",
  rule = "double-payout",
} = {}) => `version: 1
name: ${name}
title: An attacker whose profit is known.
population:
  - { strategy: solver/poisoner, owner: attacker, options: { strength: 1 } }
  - { strategy: coordinator/honest }
trial:
  attack: Weight ${name}
  role: solver
  attacker: attacker
  success: ${success}
  margin: ${margin}
  defence: { rule: A reward is paid once., off: { contracts.rulesOff: [${rule}] } }
  search:
    factors: { "population[attacker].options.strength": { from: 0, to: 10 } }
`

/** A folder with trials in it, gone after the test. */
export const folderOf = (...texts: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), "autonet-trials-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  texts.forEach((text) => writeFileSync(join(folder, `${/^name: (.*)$/m.exec(text)?.[1]}.yaml`), text))
  return folder
}
