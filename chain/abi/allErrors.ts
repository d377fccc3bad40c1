// Generated from the compiled contracts by scripts/generate-abi.ts; do not edit.

export const allErrorsAbi = [
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "round", type: "uint256" },
      { name: "aggregator", type: "address" },
      { name: "untilBlock", type: "uint256" },
    ],
    name: "AggregatorStillDue",
    type: "error",
  },
  {
    inputs: [
      { name: "modelHash", type: "bytes32" },
      { name: "shardIndex", type: "uint8" },
      { name: "provider", type: "address" },
    ],
    name: "AlreadyAnnounced",
    type: "error",
  },
  { inputs: [{ name: "taskId", type: "uint256" }], name: "AlreadyClosed", type: "error" },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "solver", type: "address" },
    ],
    name: "AlreadyCommitted",
    type: "error",
  },
  { inputs: [{ name: "projectId", type: "uint256" }], name: "AlreadyDeployed", type: "error" },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "solver", type: "address" },
    ],
    name: "AlreadyFinalised",
    type: "error",
  },
  { inputs: [{ name: "operation", type: "bytes32" }], name: "AlreadyQueued", type: "error" },
  { inputs: [{ name: "taskId", type: "uint256" }], name: "AlreadyRegistered", type: "error" },
  { inputs: [{ name: "taskId", type: "uint256" }], name: "AlreadyReserved", type: "error" },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "revealer", type: "address" },
    ],
    name: "AlreadyRevealed",
    type: "error",
  },
  {
    inputs: [
      { name: "participant", type: "address" },
      { name: "role", type: "uint8" },
    ],
    name: "AlreadyStaked",
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
      { name: "proposalId", type: "uint256" },
      { name: "voter", type: "address" },
    ],
    name: "AlreadyVoted",
    type: "error",
  },
  {
    inputs: [
      { name: "currentBlock", type: "uint256" },
      { name: "deadline", type: "uint256" },
    ],
    name: "AnswerTooLate",
    type: "error",
  },
  {
    inputs: [
      { name: "dataShards", type: "uint256" },
      { name: "parityShards", type: "uint256" },
      { name: "maximum", type: "uint256" },
    ],
    name: "BadShardCounts",
    type: "error",
  },
  {
    inputs: [
      { name: "needed", type: "uint256" },
      { name: "available", type: "uint256" },
    ],
    name: "BalanceTooSmall",
    type: "error",
  },
  {
    inputs: [
      { name: "role", type: "uint8" },
      { name: "amount", type: "uint256" },
      { name: "minimum", type: "uint256" },
    ],
    name: "BelowMinimumStake",
    type: "error",
  },
  {
    inputs: [
      { name: "target", type: "address" },
      { name: "key", type: "bytes32" },
      { name: "minimum", type: "uint256" },
      { name: "maximum", type: "uint256" },
      { name: "lowest", type: "uint256" },
      { name: "highest", type: "uint256" },
    ],
    name: "BoundsBeyondLimits",
    type: "error",
  },
  {
    inputs: [
      { name: "target", type: "address" },
      { name: "key", type: "bytes32" },
      { name: "value", type: "uint256" },
      { name: "minimum", type: "uint256" },
      { name: "maximum", type: "uint256" },
    ],
    name: "BoundsExcludeValue",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "needed", type: "uint256" },
      { name: "available", type: "uint256" },
    ],
    name: "BudgetTooSmall",
    type: "error",
  },
  {
    inputs: [
      { name: "provider", type: "address" },
      { name: "needed", type: "uint256" },
      { name: "capacity", type: "uint256" },
    ],
    name: "CapacityTooSmall",
    type: "error",
  },
  {
    inputs: [
      { name: "modelHash", type: "bytes32" },
      { name: "shardIndex", type: "uint8" },
      { name: "provider", type: "address" },
      { name: "deadline", type: "uint256" },
    ],
    name: "ChallengeIsOpen",
    type: "error",
  },
  {
    inputs: [
      { name: "currentBlock", type: "uint256" },
      { name: "fromBlock", type: "uint256" },
    ],
    name: "ChallengeTooSoon",
    type: "error",
  },
  { inputs: [], name: "CheckpointUnorderedInsertion", type: "error" },
  {
    inputs: [
      { name: "confidence", type: "uint256" },
      { name: "maximum", type: "uint256" },
    ],
    name: "ConfidenceTooHigh",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "round", type: "uint256" },
    ],
    name: "DisputePanelDrawnAlready",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "round", type: "uint256" },
    ],
    name: "DisputePanelNotDrawn",
    type: "error",
  },
  {
    inputs: [
      { name: "currentBlock", type: "uint256" },
      { name: "lastBlock", type: "uint256" },
    ],
    name: "DisputeStillOpen",
    type: "error",
  },
  {
    inputs: [
      { name: "currentBlock", type: "uint256" },
      { name: "lastBlock", type: "uint256" },
    ],
    name: "DisputeWindowOver",
    type: "error",
  },
  { inputs: [], name: "ECDSAInvalidSignature", type: "error" },
  { inputs: [{ name: "length", type: "uint256" }], name: "ECDSAInvalidSignatureLength", type: "error" },
  { inputs: [{ name: "s", type: "bytes32" }], name: "ECDSAInvalidSignatureS", type: "error" },
  {
    inputs: [
      { name: "increasedSupply", type: "uint256" },
      { name: "cap", type: "uint256" },
    ],
    name: "ERC20ExceededSafeSupply",
    type: "error",
  },
  {
    inputs: [
      { name: "spender", type: "address" },
      { name: "allowance", type: "uint256" },
      { name: "needed", type: "uint256" },
    ],
    name: "ERC20InsufficientAllowance",
    type: "error",
  },
  {
    inputs: [
      { name: "sender", type: "address" },
      { name: "balance", type: "uint256" },
      { name: "needed", type: "uint256" },
    ],
    name: "ERC20InsufficientBalance",
    type: "error",
  },
  { inputs: [{ name: "approver", type: "address" }], name: "ERC20InvalidApprover", type: "error" },
  { inputs: [{ name: "receiver", type: "address" }], name: "ERC20InvalidReceiver", type: "error" },
  { inputs: [{ name: "sender", type: "address" }], name: "ERC20InvalidSender", type: "error" },
  { inputs: [{ name: "spender", type: "address" }], name: "ERC20InvalidSpender", type: "error" },
  { inputs: [{ name: "deadline", type: "uint256" }], name: "ERC2612ExpiredSignature", type: "error" },
  {
    inputs: [
      { name: "signer", type: "address" },
      { name: "owner", type: "address" },
    ],
    name: "ERC2612InvalidSigner",
    type: "error",
  },
  {
    inputs: [
      { name: "timepoint", type: "uint256" },
      { name: "clock", type: "uint48" },
    ],
    name: "ERC5805FutureLookup",
    type: "error",
  },
  { inputs: [], name: "ERC6372InconsistentClock", type: "error" },
  { inputs: [], name: "EmptyCid", type: "error" },
  { inputs: [{ name: "juryId", type: "uint256" }], name: "EmptyCommitment", type: "error" },
  { inputs: [], name: "EmptyCommitment", type: "error" },
  { inputs: [], name: "EmptyHash", type: "error" },
  { inputs: [], name: "EmptyManifest", type: "error" },
  { inputs: [], name: "EmptyPrinciple", type: "error" },
  {
    inputs: [
      { name: "modelHash", type: "bytes32" },
      { name: "shardIndex", type: "uint8" },
      { name: "providers", type: "uint256" },
      { name: "minimum", type: "uint256" },
    ],
    name: "EnoughProviders",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "needed", type: "uint256" },
      { name: "available", type: "uint256" },
    ],
    name: "FundingTooSmall",
    type: "error",
  },
  {
    inputs: [
      { name: "account", type: "address" },
      { name: "currentNonce", type: "uint256" },
    ],
    name: "InvalidAccountNonce",
    type: "error",
  },
  { inputs: [], name: "InvalidShortString", type: "error" },
  { inputs: [{ name: "juryId", type: "uint256" }], name: "JuryAlreadyDrawn", type: "error" },
  { inputs: [{ name: "juryId", type: "uint256" }], name: "JuryClosed", type: "error" },
  {
    inputs: [
      { name: "participant", type: "address" },
      { name: "lockupUntil", type: "uint256" },
      { name: "currentTime", type: "uint256" },
    ],
    name: "LockedUntil",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "caller", type: "address" },
    ],
    name: "MayNotActivate",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "coordinator", type: "address" },
    ],
    name: "MissAlreadyProcessed",
    type: "error",
  },
  {
    inputs: [
      { name: "modelHash", type: "bytes32" },
      { name: "creator", type: "address" },
    ],
    name: "ModelAlreadyRegistered",
    type: "error",
  },
  { inputs: [{ name: "moduleId", type: "uint256" }], name: "ModuleAlreadyRegistered", type: "error" },
  { inputs: [], name: "ModuleZero", type: "error" },
  {
    inputs: [
      { name: "proposalId", type: "uint256" },
      { name: "target", type: "address" },
      { name: "selector", type: "bytes4" },
    ],
    name: "NeedsAmendment",
    type: "error",
  },
  {
    inputs: [
      { name: "modelHash", type: "bytes32" },
      { name: "shardIndex", type: "uint8" },
      { name: "provider", type: "address" },
    ],
    name: "NoAnsweredChallenge",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "coordinator", type: "address" },
    ],
    name: "NoApprovingVote",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "solver", type: "address" },
      { name: "targetStep", type: "uint256" },
    ],
    name: "NoCheckpointUpTo",
    type: "error",
  },
  { inputs: [{ name: "target", type: "address" }], name: "NoCode", type: "error" },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "coordinator", type: "address" },
    ],
    name: "NoDissentingVote",
    type: "error",
  },
  {
    inputs: [
      { name: "modelHash", type: "bytes32" },
      { name: "shardIndex", type: "uint8" },
      { name: "provider", type: "address" },
    ],
    name: "NoMissedChallenge",
    type: "error",
  },
  {
    inputs: [
      { name: "modelHash", type: "bytes32" },
      { name: "shardIndex", type: "uint8" },
      { name: "provider", type: "address" },
    ],
    name: "NoOpenChallenge",
    type: "error",
  },
  { inputs: [{ name: "taskId", type: "uint256" }], name: "NoPanel", type: "error" },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "solver", type: "address" },
      { name: "coordinator", type: "address" },
    ],
    name: "NoVoteCommitted",
    type: "error",
  },
  {
    inputs: [
      { name: "voter", type: "address" },
      { name: "snapshotBlock", type: "uint256" },
    ],
    name: "NoVotes",
    type: "error",
  },
  { inputs: [{ name: "role", type: "uint8" }], name: "NobodyToDraw", type: "error" },
  {
    inputs: [
      { name: "participant", type: "address" },
      { name: "role", type: "uint8" },
    ],
    name: "NotActive",
    type: "error",
  },
  { inputs: [{ name: "caller", type: "address" }], name: "NotActiveCoordinator", type: "error" },
  { inputs: [{ name: "participant", type: "address" }], name: "NotActiveSolver", type: "error" },
  {
    inputs: [
      { name: "modelHash", type: "bytes32" },
      { name: "shardIndex", type: "uint8" },
      { name: "provider", type: "address" },
    ],
    name: "NotAnnounced",
    type: "error",
  },
  {
    inputs: [
      { name: "caller", type: "address" },
      { name: "dao", type: "address" },
    ],
    name: "NotDao",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "status", type: "uint8" },
    ],
    name: "NotDeployed",
    type: "error",
  },
  { inputs: [{ name: "caller", type: "address" }], name: "NotDisburser", type: "error" },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "round", type: "uint256" },
      { name: "state", type: "uint8" },
    ],
    name: "NotDisputable",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "round", type: "uint256" },
    ],
    name: "NotDisputed",
    type: "error",
  },
  { inputs: [{ name: "caller", type: "address" }], name: "NotDisputes", type: "error" },
  { inputs: [{ name: "caller", type: "address" }], name: "NotDutyKeeper", type: "error" },
  { inputs: [{ name: "caller", type: "address" }], name: "NotEvaluator", type: "error" },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "caller", type: "address" },
    ],
    name: "NotFounder",
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
  {
    inputs: [
      { name: "caller", type: "address" },
      { name: "guardian", type: "address" },
    ],
    name: "NotGuardian",
    type: "error",
  },
  {
    inputs: [
      { name: "juryId", type: "uint256" },
      { name: "caller", type: "address" },
    ],
    name: "NotJuror",
    type: "error",
  },
  {
    inputs: [
      { name: "caller", type: "address" },
      { name: "keeper", type: "address" },
    ],
    name: "NotKeeper",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "weightsCid", type: "string" },
      { name: "lastCid", type: "string" },
    ],
    name: "NotLastModel",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "caller", type: "address" },
    ],
    name: "NotModelSetter",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "round", type: "uint256" },
      { name: "caller", type: "address" },
    ],
    name: "NotOnDisputePanel",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "coordinator", type: "address" },
    ],
    name: "NotOnPanel",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "status", type: "uint8" },
    ],
    name: "NotOpenForFunding",
    type: "error",
  },
  { inputs: [{ name: "proposalId", type: "uint256" }], name: "NotPlainProposal", type: "error" },
  {
    inputs: [
      { name: "caller", type: "address" },
      { name: "project", type: "address" },
    ],
    name: "NotProject",
    type: "error",
  },
  { inputs: [{ name: "caller", type: "address" }], name: "NotProject", type: "error" },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "caller", type: "address" },
    ],
    name: "NotProjectToken",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "caller", type: "address" },
      { name: "proposer", type: "address" },
    ],
    name: "NotProposer",
    type: "error",
  },
  {
    inputs: [
      { name: "proposalId", type: "uint256" },
      { name: "caller", type: "address" },
    ],
    name: "NotProposer",
    type: "error",
  },
  { inputs: [{ name: "taskId", type: "uint256" }], name: "NotPublicTrap", type: "error" },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "modelHash", type: "bytes32" },
    ],
    name: "NotPublished",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "caller", type: "address" },
    ],
    name: "NotPublisher",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "round", type: "uint256" },
      { name: "caller", type: "address" },
    ],
    name: "NotPublisher",
    type: "error",
  },
  {
    inputs: [
      { name: "operation", type: "bytes32" },
      { name: "readyAt", type: "uint256" },
      { name: "currentTime", type: "uint256" },
    ],
    name: "NotReady",
    type: "error",
  },
  { inputs: [{ name: "caller", type: "address" }], name: "NotResultsRewards", type: "error" },
  { inputs: [{ name: "caller", type: "address" }], name: "NotSlasher", type: "error" },
  { inputs: [{ name: "participant", type: "address" }], name: "NotStaked", type: "error" },
  { inputs: [{ name: "caller", type: "address" }], name: "NotTaskContract", type: "error" },
  { inputs: [{ name: "caller", type: "address" }], name: "NotTaskRewards", type: "error" },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "solver", type: "address" },
      { name: "outcome", type: "uint8" },
    ],
    name: "NotWinner",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "solver", type: "address" },
    ],
    name: "NothingCommitted",
    type: "error",
  },
  { inputs: [{ name: "operation", type: "bytes32" }], name: "NothingQueued", type: "error" },
  { inputs: [], name: "NothingToFill", type: "error" },
  { inputs: [{ name: "taskId", type: "uint256" }], name: "NothingToOpen", type: "error" },
  { inputs: [{ name: "taskId", type: "uint256" }], name: "NothingToVoteOn", type: "error" },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "holder", type: "address" },
    ],
    name: "NothingToWithdraw",
    type: "error",
  },
  {
    inputs: [
      { name: "participant", type: "address" },
      { name: "duties", type: "uint256" },
    ],
    name: "OpenDuties",
    type: "error",
  },
  {
    inputs: [
      { name: "operation", type: "bytes32" },
      { name: "executableUntil", type: "uint256" },
      { name: "currentTime", type: "uint256" },
    ],
    name: "OperationExpired",
    type: "error",
  },
  {
    inputs: [
      { name: "currentBlock", type: "uint256" },
      { name: "firstBlock", type: "uint256" },
      { name: "lastBlock", type: "uint256" },
    ],
    name: "OutsideDrawWindow",
    type: "error",
  },
  {
    inputs: [
      { name: "currentBlock", type: "uint256" },
      { name: "firstBlock", type: "uint256" },
      { name: "lastBlock", type: "uint256" },
    ],
    name: "OutsideVerdictWindow",
    type: "error",
  },
  {
    inputs: [
      { name: "juryId", type: "uint256" },
      { name: "currentBlock", type: "uint256" },
      { name: "firstBlock", type: "uint256" },
      { name: "lastBlock", type: "uint256" },
    ],
    name: "OutsideWindow",
    type: "error",
  },
  { inputs: [{ name: "owner", type: "address" }], name: "OwnableInvalidOwner", type: "error" },
  { inputs: [{ name: "account", type: "address" }], name: "OwnableUnauthorizedAccount", type: "error" },
  { inputs: [{ name: "taskId", type: "uint256" }], name: "PanelAlreadyDrawn", type: "error" },
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
  { inputs: [{ name: "proposalId", type: "uint256" }], name: "PlainProposal", type: "error" },
  { inputs: [{ name: "proposalId", type: "uint256" }], name: "PlainProposalsOff", type: "error" },
  { inputs: [{ name: "taskId", type: "uint256" }], name: "PlainVotesOff", type: "error" },
  {
    inputs: [
      { name: "pool", type: "uint256" },
      { name: "target", type: "uint256" },
    ],
    name: "PoolFull",
    type: "error",
  },
  {
    inputs: [
      { name: "needed", type: "uint256" },
      { name: "available", type: "uint256" },
    ],
    name: "PoolTooSmall",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "price", type: "uint256" },
      { name: "maxPrice", type: "uint256" },
    ],
    name: "PriceAboveLimit",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "price", type: "uint256" },
      { name: "agreed", type: "uint256" },
    ],
    name: "PriceNotAgreed",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "status", type: "uint8" },
    ],
    name: "ProjectNotTraining",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "proposer", type: "address" },
    ],
    name: "ProposerNotAllowed",
    type: "error",
  },
  { inputs: [{ name: "provider", type: "address" }], name: "ProviderAlreadyActive", type: "error" },
  { inputs: [{ name: "provider", type: "address" }], name: "ProviderNotActive", type: "error" },
  { inputs: [], name: "PublicTrapsOff", type: "error" },
  {
    inputs: [
      { name: "moduleId", type: "uint256" },
      { name: "evaluator", type: "address" },
      { name: "fromBlock", type: "uint256" },
    ],
    name: "ReportTooSoon",
    type: "error",
  },
  {
    inputs: [
      { name: "moduleId", type: "uint256" },
      { name: "evaluator", type: "address" },
    ],
    name: "ReportedAlready",
    type: "error",
  },
  {
    inputs: [
      { name: "provider", type: "address" },
      { name: "reputation", type: "uint256" },
      { name: "minimum", type: "uint256" },
    ],
    name: "ReputationTooLow",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "round", type: "uint256" },
    ],
    name: "RoundDisputed",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "round", type: "uint256" },
    ],
    name: "RoundStillDisputable",
    type: "error",
  },
  {
    inputs: [
      { name: "bits", type: "uint8" },
      { name: "value", type: "uint256" },
    ],
    name: "SafeCastOverflowedUintDowncast",
    type: "error",
  },
  { inputs: [{ name: "taskId", type: "uint256" }], name: "SaltRequired", type: "error" },
  {
    inputs: [
      { name: "scoreBps", type: "uint256" },
      { name: "maximum", type: "uint256" },
    ],
    name: "ScoreOutOfBounds",
    type: "error",
  },
  {
    inputs: [
      { name: "score", type: "uint256" },
      { name: "maximum", type: "uint256" },
    ],
    name: "ScoreTooHigh",
    type: "error",
  },
  {
    inputs: [
      { name: "modelHash", type: "bytes32" },
      { name: "shardIndex", type: "uint8" },
      { name: "maximum", type: "uint256" },
    ],
    name: "ShardFull",
    type: "error",
  },
  {
    inputs: [
      { name: "size", type: "uint256" },
      { name: "minimum", type: "uint256" },
      { name: "maximum", type: "uint256" },
    ],
    name: "ShardSizeOutOfBounds",
    type: "error",
  },
  { inputs: [{ name: "taskId", type: "uint256" }], name: "SingleVerificationOff", type: "error" },
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
      { name: "projectId", type: "uint256" },
      { name: "from", type: "uint8" },
      { name: "to", type: "uint8" },
    ],
    name: "StatusNotAllowed",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "from", type: "uint8" },
      { name: "to", type: "uint8" },
    ],
    name: "StatusNotForward",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "solver", type: "address" },
      { name: "step", type: "uint256" },
      { name: "lastStep", type: "uint256" },
    ],
    name: "StepsNotIncreasing",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "expirationBlock", type: "uint256" },
    ],
    name: "StillActive",
    type: "error",
  },
  {
    inputs: [
      { name: "provider", type: "address" },
      { name: "stake", type: "uint256" },
      { name: "minimum", type: "uint256" },
    ],
    name: "StorageStakeTooSmall",
    type: "error",
  },
  { inputs: [{ name: "str", type: "string" }], name: "StringTooLong", type: "error" },
  { inputs: [{ name: "target", type: "address" }], name: "TargetNotAuthorized", type: "error" },
  {
    inputs: [
      { name: "targetBps", type: "uint256" },
      { name: "minimum", type: "uint256" },
      { name: "maximum", type: "uint256" },
    ],
    name: "TargetOutOfBounds",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "nextTaskId", type: "uint256" },
    ],
    name: "TaskAlreadyProposed",
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
      { name: "maxSolvers", type: "uint256" },
    ],
    name: "TaskFull",
    type: "error",
  },
  { inputs: [{ name: "taskId", type: "uint256" }], name: "TaskNotActive", type: "error" },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "amount", type: "uint256" },
      { name: "maxPerTaskATN", type: "uint256" },
    ],
    name: "TaskTooExpensive",
    type: "error",
  },
  {
    inputs: [
      { name: "proposer", type: "address" },
      { name: "votes", type: "uint256" },
      { name: "threshold", type: "uint256" },
    ],
    name: "ThresholdNotMet",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "index", type: "uint256" },
      { name: "discountPermille", type: "uint256" },
      { name: "maximum", type: "uint256" },
    ],
    name: "TierOutOfBounds",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "index", type: "uint256" },
    ],
    name: "TiersNotAscending",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "price", type: "uint256" },
      { name: "floor", type: "uint256" },
    ],
    name: "TokenPriceBelowFloor",
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
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "issued", type: "uint256" },
      { name: "expected", type: "uint256" },
    ],
    name: "TooFewTokens",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "currentBlock", type: "uint256" },
      { name: "lastBlock", type: "uint256" },
    ],
    name: "TooLateToDraw",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "solver", type: "address" },
      { name: "maximum", type: "uint256" },
    ],
    name: "TooManyCheckpoints",
    type: "error",
  },
  { inputs: [{ name: "maximum", type: "uint256" }], name: "TooManyModules", type: "error" },
  {
    inputs: [
      { name: "proposer", type: "address" },
      { name: "open", type: "uint256" },
      { name: "limit", type: "uint256" },
    ],
    name: "TooManyOpenAmendments",
    type: "error",
  },
  {
    inputs: [
      { name: "modelHash", type: "bytes32" },
      { name: "provider", type: "address" },
      { name: "maximum", type: "uint256" },
    ],
    name: "TooManyShards",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "tiers", type: "uint256" },
      { name: "maximum", type: "uint256" },
    ],
    name: "TooManyTiers",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "solver", type: "address" },
      { name: "maximum", type: "uint256" },
    ],
    name: "TooManyVotes",
    type: "error",
  },
  { inputs: [{ name: "selector", type: "bytes4" }], name: "UnknownFunction", type: "error" },
  { inputs: [{ name: "juryId", type: "uint256" }], name: "UnknownJury", type: "error" },
  { inputs: [{ name: "modelHash", type: "bytes32" }], name: "UnknownModel", type: "error" },
  { inputs: [{ name: "moduleId", type: "uint256" }], name: "UnknownModule", type: "error" },
  { inputs: [{ name: "key", type: "bytes32" }], name: "UnknownParameter", type: "error" },
  {
    inputs: [
      { name: "index", type: "uint256" },
      { name: "count", type: "uint256" },
    ],
    name: "UnknownPrinciple",
    type: "error",
  },
  { inputs: [{ name: "projectId", type: "uint256" }], name: "UnknownProject", type: "error" },
  { inputs: [{ name: "proposalId", type: "uint256" }], name: "UnknownProposal", type: "error" },
  { inputs: [{ name: "role", type: "uint8" }], name: "UnknownRole", type: "error" },
  {
    inputs: [
      { name: "modelHash", type: "bytes32" },
      { name: "shardIndex", type: "uint8" },
      { name: "totalShards", type: "uint8" },
    ],
    name: "UnknownShard",
    type: "error",
  },
  { inputs: [{ name: "strategy", type: "uint8" }], name: "UnknownStrategy", type: "error" },
  { inputs: [{ name: "taskId", type: "uint256" }], name: "UnknownTask", type: "error" },
  { inputs: [{ name: "tier", type: "uint8" }], name: "UnknownTier", type: "error" },
  { inputs: [{ name: "participant", type: "address" }], name: "UnstakeNotRequested", type: "error" },
  {
    inputs: [
      { name: "participant", type: "address" },
      { name: "lockupUntil", type: "uint256" },
    ],
    name: "Unstaking",
    type: "error",
  },
  { inputs: [{ name: "proposalId", type: "uint256" }], name: "Unstoppable", type: "error" },
  {
    inputs: [
      { name: "juryId", type: "uint256" },
      { name: "juror", type: "address" },
    ],
    name: "VerdictAlreadyCommitted",
    type: "error",
  },
  {
    inputs: [
      { name: "juryId", type: "uint256" },
      { name: "juror", type: "address" },
    ],
    name: "VerdictAlreadyRevealed",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "round", type: "uint256" },
      { name: "coordinator", type: "address" },
    ],
    name: "VerdictGivenAlready",
    type: "error",
  },
  { inputs: [{ name: "expiry", type: "uint256" }], name: "VotesExpiredSignature", type: "error" },
  {
    inputs: [
      { name: "proposalId", type: "uint256" },
      { name: "calldataHash", type: "bytes32" },
      { name: "bound", type: "bytes32" },
    ],
    name: "WrongCalldata",
    type: "error",
  },
  { inputs: [{ name: "chunkIndex", type: "uint256" }], name: "WrongChunk", type: "error" },
  {
    inputs: [
      { name: "chunks", type: "uint256" },
      { name: "proofs", type: "uint256" },
      { name: "expected", type: "uint256" },
    ],
    name: "WrongChunkCount",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "opened", type: "bytes32" },
      { name: "committed", type: "bytes32" },
    ],
    name: "WrongOpening",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "phase", type: "uint8" },
      { name: "required", type: "uint8" },
    ],
    name: "WrongPhase",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "revealed", type: "bytes32" },
      { name: "committed", type: "bytes32" },
    ],
    name: "WrongReveal",
    type: "error",
  },
  {
    inputs: [
      { name: "projectId", type: "uint256" },
      { name: "round", type: "uint256" },
      { name: "expected", type: "uint256" },
    ],
    name: "WrongRound",
    type: "error",
  },
  {
    inputs: [
      { name: "shardHash", type: "bytes32" },
      { name: "size", type: "uint256" },
      { name: "knownHash", type: "bytes32" },
      { name: "knownSize", type: "uint256" },
    ],
    name: "WrongShard",
    type: "error",
  },
  {
    inputs: [
      { name: "shardIndex", type: "uint8" },
      { name: "dataShards", type: "uint8" },
      { name: "isParityShard", type: "bool" },
    ],
    name: "WrongShardKind",
    type: "error",
  },
  {
    inputs: [
      { name: "shardIndex", type: "uint8" },
      { name: "shardHash", type: "bytes32" },
    ],
    name: "WrongShardProof",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "reported", type: "bytes32" },
    ],
    name: "WrongSolutionHash",
    type: "error",
  },
  {
    inputs: [
      { name: "proposalId", type: "uint256" },
      { name: "state", type: "uint8" },
    ],
    name: "WrongState",
    type: "error",
  },
  {
    inputs: [
      { name: "proposalId", type: "uint256" },
      { name: "target", type: "address" },
      { name: "bound", type: "address" },
    ],
    name: "WrongTarget",
    type: "error",
  },
  {
    inputs: [
      { name: "revealed", type: "bytes32" },
      { name: "committed", type: "bytes32" },
    ],
    name: "WrongVerdictReveal",
    type: "error",
  },
  {
    inputs: [
      { name: "juryId", type: "uint256" },
      { name: "revealed", type: "bytes32" },
      { name: "committed", type: "bytes32" },
    ],
    name: "WrongVerdictReveal",
    type: "error",
  },
  {
    inputs: [
      { name: "taskId", type: "uint256" },
      { name: "solver", type: "address" },
      { name: "revealed", type: "bytes32" },
      { name: "committed", type: "bytes32" },
    ],
    name: "WrongVoteReveal",
    type: "error",
  },
  { inputs: [], name: "ZeroAddress", type: "error" },
  { inputs: [], name: "ZeroAmount", type: "error" },
  { inputs: [], name: "ZeroCapacity", type: "error" },
  { inputs: [], name: "ZeroDao", type: "error" },
  { inputs: [], name: "ZeroSize", type: "error" },
  { inputs: [{ name: "projectId", type: "uint256" }], name: "ZeroTokenPrice", type: "error" },
] as const
