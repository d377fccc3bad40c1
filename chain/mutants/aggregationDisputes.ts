import type { Mutant } from "./mutant.ts"

const contract = "AggregationDisputes"
const disputes = "AggregationDisputes.sol"
const panel = "DisputePanel.sol"
const attack = "Aggregator fraud"

export const aggregationDisputesMutants: readonly Mutant[] = [
  {
    name: "disputer-on-panel",
    rule: "Who raises a dispute does not sit on its panel.",
    attack,
    contract,
    file: panel,
    find: "            if (drawn[i] == d.disputer) continue;\n",
    replace: "",
    killedBy: { statement: "a coordinator that raised a dispute is not drawn to judge it" },
  },
  {
    name: "copied-dispute-verdict",
    rule: "A verdict about a publication is bound to who commits to it.",
    attack: "Vote copier",
    contract,
    file: panel,
    find: "abi.encode(address(this), id, coordinator, mismatch, salt)",
    replace: "abi.encode(address(this), id, mismatch, salt)",
    killedBy: { statement: "a coordinator that copied a verdict about a publication cannot reveal it" },
  },
  {
    name: "tied-dispute-decides",
    rule: "A panel that is split in half decides nothing.",
    attack,
    contract,
    file: disputes,
    find: "        return matching > mismatch ? PUBLICATION_UPHELD : PUBLICATION_UNDECIDED;",
    replace: "        return PUBLICATION_UPHELD;",
    killedBy: { statement: "who disputed gets its deposit back where the panel is split in half" },
  },
  {
    name: "aggregator-leaves-early",
    rule: "An aggregator stays at stake until its publication is beyond dispute.",
    attack,
    contract,
    file: disputes,
    find: "        staking.openDuty(aggregator);\n",
    replace: "",
    also: [
      { file: disputes, find: "            staking.closeDuty(p.aggregator);\n", replace: "" },
      {
        file: disputes,
        find: "        p.state = PUBLICATION_UNDISPUTED;\n        staking.closeDuty(p.aggregator);\n",
        replace: "        p.state = PUBLICATION_UNDISPUTED;\n",
      },
    ],
    killedBy: { statement: "an aggregator cannot withdraw before its publication is beyond dispute" },
  },
  {
    name: "shielding-dispute",
    rule: "A dispute that decides nothing leaves the rest of its window to others.",
    attack,
    contract,
    file: disputes,
    find: "        if (state != PUBLICATION_UNDECIDED || block.number > p.windowEnd) {",
    replace: "        if (state != PUBLICATION_DISPUTED) {",
    killedBy: { statement: "a publication can be disputed again after a dispute that nobody judged" },
  },
  {
    name: "deposit-kept",
    rule: "A dispute's deposit goes to its winner, or back.",
    attack,
    contract,
    file: disputes,
    find: "        else if (purse > 0) atnToken.transfer(winner, purse);\n",
    replace: "",
    killedBy: { invariants: ["disputes-backed"] },
  },
  {
    name: "window-used-up",
    rule: "A dispute without a panel or a quorum does not use the window up.",
    attack,
    contract,
    file: disputes,
    find: "            _publications[id].windowEnd += uint48(block.number - d.openedAt);\n",
    replace: "",
    killedBy: { statement: "a publication can still be disputed after five disputes without a panel" },
  },
  {
    name: "free-idle-dispute",
    rule: "A dispute for which nobody draws a panel costs its deposit.",
    attack,
    contract,
    file: disputes,
    find: "            winner = staking.treasury();\n",
    replace: "",
    killedBy: { statement: "who lets its dispute lapse without a panel does not get the deposit back" },
  },
]
