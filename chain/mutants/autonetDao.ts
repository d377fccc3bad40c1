import type { Mutant } from "./mutant.ts"

const contract = "AutonetDAO"
const dao = "AutonetDAO.sol"
const ledger = "ProposalLedger.sol"

export const autonetDaoMutants: readonly Mutant[] = [
  {
    name: "vote-twice",
    rule: "A holder votes once on a proposal.",
    attack: "Low-quorum capture",
    contract,
    file: dao,
    find: "        if (hasVoted[proposalId][msg.sender]) revert AlreadyVoted(proposalId, msg.sender);\n",
    replace: "",
    killedBy: { statement: "a holder that has voted cannot vote again" },
  },
  {
    name: "votes-of-today",
    rule: "Voting power is what a holder had before the proposal was made.",
    attack: "Vote buying",
    contract,
    file: dao,
    find: "        uint256 weight = votingToken.getPastVotes(msg.sender, t.snapshotBlock);",
    replace: "        uint256 weight = votingToken.getVotes(msg.sender);",
    killedBy: { statement: "votes bought after the proposal count for nothing" },
  },
  {
    name: "proposal-quorum-off",
    rule: "A proposal carries only with a share of the supply in its favour.",
    attack: "Low-quorum capture",
    contract,
    file: ledger,
    find: "return p.forVotes >= t.quorum;",
    replace: "return true;",
    killedBy: { statement: "a proposal that few have voted for is defeated" },
  },
  {
    name: "target-unbound",
    rule: "A proposal is executed on the target that was voted on.",
    attack: "Proposal re-target",
    contract,
    file: dao,
    find: "        if (target != t.target) revert WrongTarget(proposalId, target, t.target);\n",
    replace: "",
    also: [
      {
        file: "Timelock.sol",
        find: "keccak256(abi.encode(byDao, proposalId, target, value, calldataHash))",
        replace: "keccak256(abi.encode(byDao, proposalId, value, calldataHash))",
      },
    ],
    killedBy: { statement: "a queued call cannot be executed on another contract" },
  },
  {
    name: "jury-ignored",
    rule: "An amendment needs the consent of its jury.",
    attack: "Constitutional drift",
    contract,
    file: ledger,
    find: " &&\n            IConstitution(t.jury).juryConsents(t.juryId);",
    replace: ";",
    killedBy: { statement: "an amendment whose jury said nothing is defeated" },
  },
]
