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
]
