import type { Mutant } from "./mutant.ts"

const contract = "Timelock"
const file = "Timelock.sol"

export const timelockMutants: readonly Mutant[] = [
  {
    name: "queue-by-anyone",
    rule: "Only the DAO puts calls into the timelock and executes them.",
    attack: "Proposal re-target",
    contract,
    file,
    find: "        if (msg.sender != dao) revert NotDao(msg.sender, dao);\n",
    replace: "",
    killedBy: { statement: "an outsider cannot queue a call" },
  },
  {
    name: "no-timelock-delay",
    rule: "What carries is executed only after a delay in which everybody sees it coming.",
    attack: "Low-quorum capture",
    contract,
    file,
    find: "        if (block.timestamp < o.readyAt) revert NotReady(operation, o.readyAt, block.timestamp);\n",
    replace: "",
    killedBy: { statement: "a queued call cannot be executed at once" },
  },
]
