import type { Mutant } from "./mutant.ts"

const contract = "ATNToken"
const file = "ATNToken.sol"

export const atnTokenMutants: readonly Mutant[] = [
  {
    name: "mint-by-anyone",
    rule: "Only the DAO mints.",
    attack: "Low-quorum capture",
    contract,
    file,
    find: `        _requireDao();
        _mint(to, amount);`,
    replace: "        _mint(to, amount);",
    killedBy: { statement: "an outsider cannot mint" },
  },
  {
    name: "unbalanced-transfer",
    rule: "A transfer credits exactly what it debits.",
    attack: "Pool drain",
    contract,
    file,
    find: "        super._update(from, to, value);\n",
    // One wei too much for whoever is no contract; balances are the token's first storage slot.
    replace: `        super._update(from, to, value);
        if (to == address(0) || to.code.length > 0) return;
        assembly ("memory-safe") {
            mstore(0, to)
            mstore(0x20, 0)
            let slot := keccak256(0, 0x40)
            sstore(slot, add(sload(slot), 1))
        }
`,
    killedBy: { invariants: ["token-ledger"] },
  },
]
