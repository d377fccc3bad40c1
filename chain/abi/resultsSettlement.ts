// Generated from the compiled contracts by scripts/generate-abi.ts; do not edit.

export const resultsSettlementAbi = [
  {
    inputs: [
      { name: "taskContract_", type: "address" },
      { name: "staking_", type: "address" },
      { name: "governance_", type: "address" },
    ],
    stateMutability: "nonpayable",
    type: "constructor",
  },
  { inputs: [{ name: "taskId", type: "uint256" }], name: "AlreadyClosed", type: "error" },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "solver", type: "address" },
    ],
    name: "AlreadyFinalised",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "solver", type: "address" },
      { name: "coordinator", type: "address" },
    ],
    name: "AlreadyVoted",
    type: "error",
  },
  {
    inputs: [
      { name: "caller", type: "address" },
      { name: "governance", type: "address" },
    ],
    name: "NotGovernance",
    type: "error",
  },
  { inputs: [{ name: "taskId", type: "uint256" }], name: "NothingToVoteOn", type: "error" },
  {
    inputs: [
      { name: "key", type: "bytes32" },
      { name: "value", type: "uint256" },
      { name: "minimum", type: "uint256" },
      { name: "maximum", type: "uint256" },
    ],
    name: "ParameterOutOfBounds",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "solver", type: "address" },
    ],
    name: "SolutionNotRevealed",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "untilBlock", type: "uint256" },
    ],
    name: "TaskDisputed",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "currentBlock", type: "uint256" },
      { name: "fromBlock", type: "uint256" },
    ],
    name: "TooEarly",
    type: "error",
  },
  { inputs: [{ name: "key", type: "bytes32" }], name: "UnknownParameter", type: "error" },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "phase", type: "uint8" },
      { name: "required", type: "uint8" },
    ],
    name: "WrongPhase",
    type: "error",
  },
  { inputs: [], name: "ZeroAddress", type: "error" },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "coordinator", type: "address" },
      { indexed: false, name: "newBondStrength", type: "uint256" },
      { indexed: false, name: "alignedWithConsensus", type: "bool" },
    ],
    name: "BondUpdated",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [{ indexed: true, name: "constitution", type: "address" }],
    name: "ConstitutionChanged",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [{ indexed: true, name: "governance", type: "address" }],
    name: "GovernanceChanged",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "key", type: "bytes32" },
      { indexed: false, name: "value", type: "uint256" },
    ],
    name: "ParameterSet",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "taskId", type: "uint256" },
      { indexed: true, name: "recipient", type: "address" },
      { indexed: false, name: "amount", type: "uint256" },
      { indexed: false, name: "rewardType", type: "string" },
    ],
    name: "RewardsDistributed",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "taskId", type: "uint256" },
      { indexed: true, name: "solver", type: "address" },
      { indexed: false, name: "outcome", type: "uint8" },
    ],
    name: "SubmissionFinalised",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "taskId", type: "uint256" },
      { indexed: false, name: "finalStatus", type: "uint8" },
    ],
    name: "TaskClosed",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "taskId", type: "uint256" },
      { indexed: true, name: "coordinator", type: "address" },
      { indexed: false, name: "originalScore", type: "uint256" },
      { indexed: false, name: "clippedScore", type: "uint256" },
    ],
    name: "VoteClipped",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "taskId", type: "uint256" },
      { indexed: true, name: "solver", type: "address" },
      { indexed: true, name: "coordinator", type: "address" },
    ],
    name: "VoteMissed",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "taskId", type: "uint256" },
      { indexed: true, name: "solver", type: "address" },
      { indexed: false, name: "consensusCorrect", type: "bool" },
      { indexed: false, name: "consensusScore", type: "uint256" },
    ],
    name: "YumaConsensusReached",
    type: "event",
  },
  {
    inputs: [{ name: "taskId", type: "uint256" }],
    name: "closeTask",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [],
    name: "constitution",
    outputs: [{ name: "", type: "address" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "solver", type: "address" },
    ],
    name: "finalizeVoting",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [],
    name: "forcedErrorRegistry",
    outputs: [{ name: "", type: "address" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [],
    name: "governance",
    outputs: [{ name: "", type: "address" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "key", type: "bytes32" }],
    name: "parameter",
    outputs: [{ name: "", type: "uint256" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "key", type: "bytes32" }],
    name: "parameterBounds",
    outputs: [
      { name: "minimum", type: "uint256" },
      { name: "maximum", type: "uint256" },
    ],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [],
    name: "parameterKeys",
    outputs: [{ name: "", type: "bytes32[]" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "key", type: "bytes32" }],
    name: "parameterLimits",
    outputs: [
      { name: "minimum", type: "uint256" },
      { name: "maximum", type: "uint256" },
    ],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [],
    name: "projectContract",
    outputs: [{ name: "", type: "address" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "proposer", type: "address" },
    ],
    name: "revealedGroundTruths",
    outputs: [{ name: "", type: "string" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "solver", type: "address" },
    ],
    name: "revealedSolutions",
    outputs: [{ name: "", type: "string" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "newConstitution", type: "address" }],
    name: "setConstitution",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [{ name: "newGovernance", type: "address" }],
    name: "setGovernance",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "key", type: "bytes32" },
      { name: "value", type: "uint256" },
    ],
    name: "setParameter",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "solver", type: "address" },
    ],
    name: "settleSingle",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [],
    name: "staking",
    outputs: [{ name: "", type: "address" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [],
    name: "taskContract",
    outputs: [{ name: "", type: "address" }],
    stateMutability: "view",
    type: "function",
  },
] as const
