/** Reveals and votes. */
import type { Mutant } from "./mutant.ts"

const contract = "ResultsRewards"
const voting = "CoordinatorVoting.sol"

export const resultsRewardsMutants: readonly Mutant[] = [
  {
    name: "unbounded-score",
    rule: "Scores above 100 are refused.",
    attack: "Score inflation",
    contract,
    file: voting,
    find: "        if (score > 100) revert ScoreTooHigh(score, 100);\n",
    replace: "",
    killedBy: { statement: "a vote with a score of 101 cannot be revealed" },
  },
  {
    name: "unbound-vote",
    rule: "A committed vote is bound to its coordinator and to a salt.",
    attack: "Vote copier",
    contract,
    file: voting,
    find: "keccak256(abi.encode(address(this), taskId, solver, coordinator, isCorrect, score, report, salt))",
    replace: "keccak256(abi.encode(address(this), taskId, solver, isCorrect, score, report))",
    killedBy: { statement: "a coordinator that copied a committed vote cannot reveal it" },
  },
  {
    name: "vote-readable-early",
    rule: "Votes are revealed only after the last one is committed.",
    attack: "Vote copier",
    contract,
    file: voting,
    find: `        _requirePhase(taskId, PHASE_VOTE_REVEAL);
        Ballot storage ballot = _ballotOf(taskId, solver);`,
    replace: "        Ballot storage ballot = _ballotOf(taskId, solver);",
    killedBy: { statement: "no vote can be read while others can still be committed" },
  },
  {
    name: "plain-votes",
    rule: "Open votes are refused where the parameter does not allow them.",
    attack: "Vote copier",
    contract,
    file: voting,
    find: "        if (!_rules[taskId].allowPlainVotes) revert PlainVotesOff(taskId);\n",
    replace: "",
    killedBy: { statement: "a coordinator cannot vote openly where votes are committed" },
  },
  {
    name: "vote-off-panel",
    rule: "Only the coordinators drawn for a task vote on it.",
    attack: "Two-coordinator cartel",
    contract,
    file: voting,
    find: "            uint256 seat = _seatStake(taskId, msg.sender);\n",
    replace: "            uint256 seat = stake;\n",
    killedBy: { statement: "a coordinator that was not drawn cannot vote" },
  },
  {
    name: "unsalted-commitments",
    rule: "A solution committed by a bare hash is refused where the parameter does not allow it.",
    attack: "Commitment copy",
    contract,
    file: "SolutionReveals.sol",
    find: "        if (!_rules[taskId].allowUnsaltedCommitments) revert SaltRequired(taskId);\n",
    replace: "",
    killedBy: { statement: "a solution committed without a salt cannot be revealed" },
  },
  {
    name: "single-verification",
    rule: "One coordinator alone settles nothing where the parameter does not allow it.",
    attack: "Phantom budget",
    contract,
    file: "ResultsRewards.sol",
    find: "        if (!_rules[taskId].allowSingleVerification) revert SingleVerificationOff(taskId);\n",
    replace: "",
    killedBy: { statement: "one coordinator alone cannot settle a task" },
  },
]
