import type { Mutant } from "./mutant.ts"

export const treasuryMutants: readonly Mutant[] = [
  {
    name: "treasury-pays-anyone",
    rule: "Only governance pays out of the treasury.",
    attack: "Pool drain",
    contract: "Treasury",
    file: "Treasury.sol",
    find: "    function pay(address to, uint256 amount) external onlyGovernance {",
    replace: "    function pay(address to, uint256 amount) external {",
    killedBy: { statement: "an outsider cannot pay itself out of the treasury" },
  },
]
