import type { Mutant } from "./mutant.ts"

const contract = "TaskContract"
const file = "TaskContract.sol"

export const taskContractMutants: readonly Mutant[] = [
  {
    name: "unbound-commitment",
    rule: "A commitment to a solution is bound to its sender and to a salt.",
    attack: "Commitment copy",
    contract,
    file,
    find: "keccak256(abi.encode(address(this), taskId, solver, contentHash, salt))",
    replace: "keccak256(abi.encode(address(this), taskId, contentHash))",
    killedBy: { statement: "a solver that copied a commitment cannot reveal it" },
  },
  {
    name: "late-commit",
    rule: "Solutions are committed only in the commit window.",
    attack: "GT leak by IPFS order",
    contract,
    file,
    find: "        Task storage task = _requirePhase(taskId, PHASE_COMMIT);\n",
    replace: "        Task storage task = _known(taskId);\n",
    killedBy: { statement: "nobody commits to a solution once the ground truth can be read" },
  },
  {
    name: "commit-without-stake",
    rule: "Only active solvers commit to solutions.",
    attack: "First-commit lock",
    contract,
    file,
    find: "        if (!staking.isActiveParticipant(msg.sender, ROLE_SOLVER)) revert NotActive(msg.sender, ROLE_SOLVER);\n",
    replace: "",
    killedBy: { statement: "an outsider without stake cannot take a solver's place" },
  },
  {
    name: "archived-reopens",
    rule: "A task's status only moves forward, and an archived task stays archived.",
    attack: "Proposer stall",
    contract,
    file,
    find: "        _advance(taskId, task, STATUS_ARCHIVED);\n",
    replace:
      "        _advance(taskId, task, STATUS_ARCHIVED);\n        _setStatus(taskId, task, STATUS_ACTIVE);\n",
    killedBy: { invariants: ["statuses-forward", "liveness"] },
  },
]
