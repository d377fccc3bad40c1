import type { Mutant } from "./mutant.ts"

const contract = "every contract with parameters"
const file = "Parameterised.sol"

export const parameterisedMutants: readonly Mutant[] = [
  {
    name: "parameters-by-anyone",
    rule: "Only governance sets parameters.",
    attack: "Vote buying",
    contract,
    file,
    find: "    function setParameter(bytes32 key, uint256 value) external onlyGovernance {",
    replace: "    function setParameter(bytes32 key, uint256 value) external {",
    killedBy: { statement: "an outsider cannot set a parameter" },
  },
  {
    name: "parameters-unbounded",
    rule: "A parameter stays within the bounds that the constitution holds.",
    attack: "Constitutional drift",
    contract,
    file,
    find: "        if (value < minimum || value > maximum) revert ParameterOutOfBounds(key, value, minimum, maximum);\n",
    replace: "",
    killedBy: { statement: "governance cannot set a parameter beyond its bounds" },
  },
]
