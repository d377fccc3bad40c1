import type { Mutant } from "./mutant.ts"

const contract = "Constitution"

export const constitutionMutants: readonly Mutant[] = [
  {
    name: "amendment-by-ordinary-vote",
    rule: "Every call to the constitution is an amendment.",
    attack: "Constitutional drift",
    contract,
    file: "ProtectedCalls.sol",
    find: "        return target == address(this) || protectedCalls[selector];",
    replace: "        return target == address(0) || protectedCalls[selector];",
    killedBy: { statement: "a proposal to change the constitution gets a jury" },
  },
  {
    name: "unbound-verdict",
    rule: "A juror's commitment is bound to the juror and to a salt.",
    attack: "LLM-jury common-mode",
    contract,
    file: "JuryVerdicts.sol",
    find: "keccak256(abi.encode(address(this), juryId, juror, approves, confidence, report, salt))",
    replace: "keccak256(abi.encode(address(this), juryId, approves, confidence, report))",
    killedBy: { statement: "a juror that copied a verdict cannot reveal it" },
  },
  {
    name: "calls-unprotected",
    rule: "Calls that hand over power, replace code or mint are amendments.",
    attack: "Constitutional drift",
    contract,
    file: "ProtectedCalls.sol",
    find: "        return target == address(this) || protectedCalls[selector];",
    replace: "        return target == address(this);",
    killedBy: { statement: "a proposal to mint gets a jury" },
  },
  {
    name: "constitution-bounds-ignored",
    rule: "Bounds that the constitution sets are those of the parameter.",
    attack: "Constitutional drift",
    contract,
    file: "ParameterBounds.sol",
    find: "        if (b.set) return (b.minimum, b.maximum);\n",
    replace: "",
    killedBy: { statement: "governance cannot set a parameter beyond bounds that the constitution narrowed" },
  },
  {
    name: "jury-silence-free",
    rule: "A juror that reveals no verdict loses a share of its stake.",
    attack: "LLM-jury common-mode",
    contract,
    file: "AmendmentJury.sol",
    find: '        if (amount > 0) staking.slash(seat.juror, amount, "silent on a jury");\n',
    replace: "",
    killedBy: { statement: "a silent juror is slashed" },
  },
]
