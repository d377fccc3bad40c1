import type { Mutant } from "./mutant.ts"

const contract = "ForcedErrorRegistry"
const pool = "ForcedErrorPool.sol"
const registry = "ForcedErrorRegistry.sol"

export const forcedErrorRegistryMutants: readonly Mutant[] = [
  {
    name: "unreserved-jackpot",
    rule: "A trap is registered only if the pool covers its jackpot.",
    attack: "Trap reader",
    contract,
    file: pool,
    find: "        if (jackpot > free) revert PoolTooSmall(jackpot, free);\n",
    replace: "",
    killedBy: { invariants: ["jackpots-backed"] },
  },
  {
    name: "jackpot-released-twice",
    rule: "A jackpot's reservation is released once.",
    attack: "Report then herd",
    contract,
    file: pool,
    find: `        if (e.released) return 0;
        e.released = true;
`,
    replace: "",
    killedBy: { statement: "an expired trap cannot be expired again at the cost of another's reservation" },
  },
  {
    name: "miss-slashed-twice",
    rule: "A coordinator is slashed once for approving a task's forced error.",
    attack: "Miss-slash abuse",
    contract,
    file: pool,
    find: "        missProcessed[taskId][coordinator] = true;\n",
    replace: "",
    killedBy: { statement: "governance cannot slash one miss twice" },
  },
  {
    name: "settle-by-anyone",
    rule: "Only ResultsRewards settles and closes forced errors.",
    attack: "Trap reader",
    contract,
    file: registry,
    find: "        if (msg.sender != address(resultsRewards)) revert NotResultsRewards(msg.sender);\n",
    replace: "",
    killedBy: { statement: "an outsider cannot close a keeper's commitment before its task is settled" },
  },
  {
    name: "early-opening",
    rule: "The keeper opens its commitment only after the votes are revealed.",
    attack: "Trap reader",
    contract,
    file: registry,
    find: "        if (phase != PHASE_OPENING) revert WrongPhase(taskId, phase, PHASE_OPENING);\n",
    replace: "",
    killedBy: { statement: "the keeper cannot tell who voted rightly while votes are open" },
  },
  {
    name: "trap-after-proposal",
    rule: "The keeper commits to a trap before its task exists.",
    attack: "Keeper fingerprinting",
    contract,
    file: registry,
    find: "        if (taskId < next) revert TaskAlreadyProposed(taskId, next);\n",
    replace: "",
    killedBy: { statement: "the keeper cannot set a trap for a task that is proposed already" },
  },
  {
    name: "jackpot-without-dissent",
    rule: "A forced error is reported only by a coordinator whose revealed vote rejects it.",
    attack: "Report then herd",
    contract,
    file: registry,
    find: "        if (!voted || approved) revert NoDissentingVote(taskId, msg.sender);\n",
    replace: "        if (!voted && approved) revert NoDissentingVote(taskId, msg.sender);\n",
    killedBy: { statement: "a coordinator that did not vote the bad result down wins no jackpot" },
  },
]
