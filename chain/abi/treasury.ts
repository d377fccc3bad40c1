// Generated from the compiled contracts by scripts/generate-abi.ts; do not edit.

export const treasuryAbi = [
  {
    inputs: [
      { name: "atnToken_", type: "address" },
      { name: "governance_", type: "address" },
    ],
    stateMutability: "nonpayable",
    type: "constructor",
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
      { name: "caller", type: "address" },
      { name: "governance", type: "address" },
    ],
    name: "NotGovernance",
    type: "error",
  },
  { inputs: [], name: "NothingToFill", type: "error" },
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
      { name: "pool", type: "uint256" },
      { name: "target", type: "uint256" },
    ],
    name: "PoolFull",
    type: "error",
  },
  { inputs: [{ name: "key", type: "bytes32" }], name: "UnknownParameter", type: "error" },
  { inputs: [], name: "ZeroAddress", type: "error" },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "spender", type: "address" },
      { indexed: false, name: "amount", type: "uint256" },
    ],
    name: "AllowanceSet",
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
    inputs: [
      { indexed: true, name: "spender", type: "address" },
      { indexed: true, name: "to", type: "address" },
      { indexed: false, name: "amount", type: "uint256" },
    ],
    name: "FeePaid",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [{ indexed: true, name: "registry", type: "address" }],
    name: "ForcedErrorRegistryChanged",
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
    inputs: [{ indexed: false, name: "amount", type: "uint256" }],
    name: "JackpotPoolFilled",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "to", type: "address" },
      { indexed: false, name: "amount", type: "uint256" },
    ],
    name: "Paid",
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
    inputs: [{ name: "spender", type: "address" }],
    name: "allowances",
    outputs: [{ name: "", type: "uint256" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [],
    name: "atnToken",
    outputs: [{ name: "", type: "address" }],
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
    name: "forcedErrorRegistry",
    outputs: [{ name: "", type: "address" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "amount", type: "uint256" }],
    name: "fundJackpots",
    outputs: [],
    stateMutability: "nonpayable",
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
    inputs: [
      { name: "to", type: "address" },
      { name: "amount", type: "uint256" },
    ],
    name: "pay",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "to", type: "address" },
      { name: "amount", type: "uint256" },
    ],
    name: "payFee",
    outputs: [{ name: "paid", type: "bool" }],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "spender", type: "address" },
      { name: "amount", type: "uint256" },
    ],
    name: "setAllowance",
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
    inputs: [{ name: "registry", type: "address" }],
    name: "setForcedErrorRegistry",
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
    inputs: [],
    name: "topUpJackpots",
    outputs: [{ name: "amount", type: "uint256" }],
    stateMutability: "nonpayable",
    type: "function",
  },
] as const
