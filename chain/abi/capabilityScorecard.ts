// Generated from the compiled contracts by scripts/generate-abi.ts; do not edit.

export const capabilityScorecardAbi = [
  {
    inputs: [
      { name: "staking_", type: "address" },
      { name: "governance_", type: "address" },
    ],
    stateMutability: "nonpayable",
    type: "constructor",
  },
  { inputs: [{ name: "moduleId", type: "uint256" }], name: "ModuleAlreadyRegistered", type: "error" },
  { inputs: [], name: "ModuleZero", type: "error" },
  { inputs: [{ name: "caller", type: "address" }], name: "NotEvaluator", type: "error" },
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
      { name: "scoreBps", type: "uint256" },
      { name: "maximum", type: "uint256" },
    ],
    name: "ScoreOutOfBounds",
    type: "error",
  },
  {
    inputs: [
      { name: "targetBps", type: "uint256" },
      { name: "minimum", type: "uint256" },
      { name: "maximum", type: "uint256" },
    ],
    name: "TargetOutOfBounds",
    type: "error",
  },
  { inputs: [{ name: "maximum", type: "uint256" }], name: "TooManyModules", type: "error" },
  { inputs: [{ name: "moduleId", type: "uint256" }], name: "UnknownModule", type: "error" },
  { inputs: [{ name: "key", type: "bytes32" }], name: "UnknownParameter", type: "error" },
  { inputs: [], name: "ZeroAddress", type: "error" },
  {
    anonymous: false,
    inputs: [{ indexed: true, name: "constitution", type: "address" }],
    name: "ConstitutionChanged",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "evaluator", type: "address" },
      { indexed: false, name: "authorized", type: "bool" },
    ],
    name: "EvaluatorAuthorized",
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
      { indexed: true, name: "moduleId", type: "uint256" },
      { indexed: false, name: "name", type: "string" },
      { indexed: false, name: "targetBps", type: "uint256" },
    ],
    name: "ModuleRegistered",
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
      { indexed: true, name: "moduleId", type: "uint256" },
      { indexed: true, name: "evaluator", type: "address" },
      { indexed: false, name: "scoreBps", type: "uint256" },
    ],
    name: "ScoreReported",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "moduleId", type: "uint256" },
      { indexed: false, name: "reportBps", type: "uint256" },
      { indexed: false, name: "scoreBps", type: "uint256" },
      { indexed: false, name: "reports", type: "uint256" },
    ],
    name: "ScoreUpdated",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "moduleId", type: "uint256" },
      { indexed: false, name: "targetBps", type: "uint256" },
    ],
    name: "TargetSet",
    type: "event",
  },
  {
    inputs: [{ name: "evaluator", type: "address" }],
    name: "authorizedEvaluators",
    outputs: [{ name: "", type: "bool" }],
    stateMutability: "view",
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
    inputs: [],
    name: "governance",
    outputs: [{ name: "", type: "address" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "account", type: "address" }],
    name: "isEvaluator",
    outputs: [{ name: "", type: "bool" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [
      { name: "moduleId", type: "uint256" },
      { name: "evaluator", type: "address" },
    ],
    name: "lastReportBlock",
    outputs: [{ name: "", type: "uint256" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "moduleId", type: "uint256" }],
    name: "moduleCard",
    outputs: [
      {
        components: [
          { name: "moduleId", type: "uint256" },
          { name: "name", type: "string" },
          { name: "targetBps", type: "uint256" },
          { name: "scoreBps", type: "uint256" },
          { name: "highScoreBps", type: "uint256" },
          { name: "reports", type: "uint256" },
          { name: "multiplierBps", type: "uint256" },
        ],
        name: "",
        type: "tuple",
      },
    ],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "moduleId", type: "uint256" }],
    name: "multiplierBps",
    outputs: [{ name: "", type: "uint256" }],
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
    inputs: [{ name: "moduleId", type: "uint256" }],
    name: "pendingReports",
    outputs: [
      {
        components: [
          { name: "evaluator", type: "address" },
          { name: "score", type: "uint16" },
        ],
        name: "",
        type: "tuple[]",
      },
    ],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [
      { name: "moduleId", type: "uint256" },
      { name: "name", type: "string" },
      { name: "targetBps", type: "uint256" },
    ],
    name: "registerModule",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "moduleId", type: "uint256" },
      { name: "scoreBps", type: "uint256" },
    ],
    name: "reportScore",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [],
    name: "scorecard",
    outputs: [
      {
        components: [
          { name: "moduleId", type: "uint256" },
          { name: "name", type: "string" },
          { name: "targetBps", type: "uint256" },
          { name: "scoreBps", type: "uint256" },
          { name: "highScoreBps", type: "uint256" },
          { name: "reports", type: "uint256" },
          { name: "multiplierBps", type: "uint256" },
        ],
        name: "cards",
        type: "tuple[]",
      },
    ],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [
      { name: "evaluator", type: "address" },
      { name: "authorized", type: "bool" },
    ],
    name: "setAuthorizedEvaluator",
    outputs: [],
    stateMutability: "nonpayable",
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
      { name: "floorBps", type: "uint256" },
      { name: "topBps", type: "uint256" },
    ],
    name: "setMultiplierBounds",
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
      { name: "moduleId", type: "uint256" },
      { name: "targetBps", type: "uint256" },
    ],
    name: "setTarget",
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
] as const
