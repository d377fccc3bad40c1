import type { Mutant } from "./mutant.ts"

const contract = "CapabilityScorecard"
const file = "CapabilityScorecard.sol"
const attack = "Capability-score inflation or suppression"

export const capabilityScorecardMutants: readonly Mutant[] = [
  {
    name: "score-by-anyone",
    rule: "Only evaluators that governance authorised report capability scores.",
    attack,
    contract,
    file,
    find: "        if (!isEvaluator(msg.sender)) revert NotEvaluator(msg.sender);\n",
    replace: "",
    killedBy: { statement: "an outsider cannot report a capability score" },
  },
  {
    name: "undamped-score",
    rule: "One report moves a capability score by its share among all reports.",
    attack,
    contract,
    file,
    find: "            score = (before * weight + report) / (weight + 1);\n",
    replace: "            score = weight == 0 ? before : report;\n",
    killedBy: { statement: "a second report moves a score half of the way" },
  },
  {
    name: "unbounded-report",
    rule: "A reported capability score is a share.",
    attack,
    contract,
    file,
    find: "        if (scoreBps > BPS) revert ScoreOutOfBounds(scoreBps, BPS);\n",
    replace: "",
    killedBy: { statement: "a capability score above 100 % is refused" },
  },
]
