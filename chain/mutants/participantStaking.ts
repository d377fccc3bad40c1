import type { Mutant } from "./mutant.ts"

const contract = "ParticipantStaking"
const file = "ParticipantStaking.sol"

export const participantStakingMutants: readonly Mutant[] = [
  {
    name: "slash-by-anyone",
    rule: "Only contracts that governance authorised may slash.",
    attack: "Miss-slash abuse",
    contract,
    file,
    find: "        if (!authorizedSlashers[msg.sender]) revert NotSlasher(msg.sender);\n",
    replace: "",
    killedBy: { statement: "an outsider cannot slash anybody" },
  },
  {
    name: "slash-beyond-stake",
    rule: "A slash takes at most what the participant has at stake.",
    attack: "51% stake cartel",
    contract,
    file,
    find: `        taken = amount < position.amount ? amount : position.amount;
        if (taken == 0) return 0;
        position.amount -= uint128(taken);`,
    replace: `        taken = amount;
        if (taken == 0) return 0;
        position.amount = taken > position.amount ? 0 : position.amount - uint128(taken);`,
    also: [{ file: "VoteSettlement.sol", find: "        if (taken > there) taken = there;\n", replace: "" }],
    killedBy: { invariants: ["slashes-bounded", "stakes-backed"] },
  },
  {
    name: "slash-keeps-stake",
    rule: "What a slash takes leaves the participant's stake.",
    attack: "Lazy coordinator",
    contract,
    file,
    find: "        position.amount -= uint128(taken);\n",
    replace: "",
    killedBy: { invariants: ["stakes-backed"] },
  },
  {
    name: "work-while-leaving",
    rule: "A participant that asked to unstake takes no new work.",
    attack: "Vote and run",
    contract,
    file,
    find: "return p.active && p.amount > 0",
    replace: "return p.amount > 0",
    killedBy: { statement: "a coordinator that asked to unstake is not active, nor drawn" },
  },
  {
    name: "unstake-with-duties",
    rule: "A participant with open duties cannot withdraw its stake.",
    attack: "Vote and run",
    contract,
    file,
    find: "        if (position.openDuties > 0) revert OpenDuties(msg.sender, position.openDuties);\n",
    replace: "",
    killedBy: { statement: "a solver with an open commitment cannot withdraw its stake" },
  },
  {
    name: "unstake-before-lock-up",
    rule: "A stake is paid out only after its role's lock-up.",
    attack: "Vote and run",
    contract,
    file,
    find: "        if (block.timestamp < position.lockupUntil) {",
    replace: "        if (position.lockupUntil == 0) {",
    killedBy: { statement: "a stake stays until its lock-up is over" },
  },
  {
    name: "stake-below-minimum",
    rule: "A role is taken with at least its minimum stake.",
    attack: "Identity split",
    contract,
    file,
    find: "        if (amount < minimum) revert BelowMinimumStake(role, amount, minimum);\n",
    replace: "",
    also: [{ file, find: " && p.amount >= minStakeAmount(p.role)", replace: "" }],
    killedBy: { statement: "a stake below the role's minimum is refused" },
  },
]
