import type { Mutant } from "./mutant.ts"

const contract = "Project"
const ledger = "ProjectLedger.sol"
const investment = "ProjectInvestment.sol"
const project = "Project.sol"
const rounds = "ProjectRounds.sol"

export const projectMutants: readonly Mutant[] = [
  {
    name: "unbooked-payout",
    rule: "What a project pays is taken out of its ledger.",
    attack: "Budget reuse",
    contract,
    file: ledger,
    find: `        r.amount -= uint128(paid);
        _accounts[r.projectId].reserved -= uint128(paid);
`,
    replace: "",
    killedBy: { invariants: ["projects-backed"] },
  },
  {
    name: "disburse-by-anyone",
    rule: "Only contracts that governance authorised pay from a project's budget.",
    attack: "Pool drain",
    contract,
    file: ledger,
    find: "        if (!authorizedDisbursers[msg.sender]) revert NotDisburser(msg.sender);\n",
    replace: "",
    killedBy: { statement: "an outsider cannot pay itself from a project's budget" },
  },
  {
    name: "budget-reuse",
    rule: "Funding becomes task budget once.",
    attack: "Budget reuse",
    contract,
    file: ledger,
    find: "        a.funding -= uint128(amount);\n",
    replace: "",
    killedBy: { statement: "a founder cannot allocate the same funding twice" },
  },
  {
    name: "phantom-budget",
    rule: "A budget is backed by ATN that was paid in.",
    attack: "Phantom budget",
    contract,
    file: investment,
    find: "        _receive(msg.sender, initialBudgetATN);\n",
    replace: "",
    killedBy: { statement: "who creates a project pays its initial budget" },
  },
  {
    name: "free-project-tokens",
    rule: "Project tokens are sold at the project's price; the expected amount orders nothing.",
    attack: "Free project tokens",
    contract,
    file: investment,
    find: "        uint256 issued = Math.mulDiv(atnAmount, WAD, price);",
    replace: "        uint256 issued = expectedPTs;",
    killedBy: { statement: "nothing paid buys no project tokens, whatever was expected" },
  },
  {
    name: "cheaper-than-investors",
    rule: "A founder sells no project tokens for less than others paid.",
    attack: "Free project tokens",
    contract,
    file: investment,
    find: "            if (msg.sender != governance) revert TokenPriceBelowFloor(projectId, price, floor);\n",
    replace: "",
    killedBy: {
      statement: "a founder cannot buy most of a project for nearly nothing after others invested",
    },
  },
  {
    name: "shared-pot",
    rule: "Each project has its own ledger: who holds its tokens shares its revenue, and nothing else in the contract.",
    attack: "Pool drain",
    contract,
    file: investment,
    find: "        uint256 amount = _shares[projectId][msg.sender].owed;\n",
    replace: `        uint256 held = ProjectToken(p.projectToken).balanceOf(msg.sender);
        uint256 amount = p.totalPTsIssued == 0
            ? 0
            : Math.mulDiv(atnToken.balanceOf(address(this)), held, p.totalPTsIssued);
        uint256 taken = withdrawnRevenue[projectId][msg.sender];
        amount = amount > taken ? amount - taken : 0;
`,
    also: [
      {
        file: investment,
        find: "        _accounts[projectId].revenue -= uint128(amount);\n",
        replace: "",
      },
    ],
    killedBy: { statement: "who founds a project has no share of what others have paid in" },
  },
  {
    name: "revenue-paid-twice",
    rule: "A holder's share of revenue is paid once.",
    attack: "Pool drain",
    contract,
    file: investment,
    find: "        _shares[projectId][msg.sender].owed = 0;\n",
    replace: "",
    killedBy: { statement: "a holder that has withdrawn its revenue has nothing more to withdraw" },
  },
  {
    name: "revenue-without-checkpoint",
    rule: "Revenue is settled for both sides before a project token moves.",
    attack: "Pool drain",
    contract: "ProjectToken",
    file: "ProjectToken.sol",
    find: "        IRevenueShares(project).settleShares(projectId, from, to);\n",
    replace: "",
    killedBy: { statement: "a token that moves to another holder does not earn past revenue again" },
  },
  {
    name: "foreign-budget",
    rule: "A task is paid from a project's budget only with the project's consent to its proposer.",
    attack: "Foreign budget drain",
    contract,
    file: project,
    find: "        if (!allowedProposers[projectId][proposer] && !_isFounderOrGovernance(projectId, proposer)) {",
    replace: "        if (proposer == address(0)) {",
    killedBy: { statement: "a proposer without the project's consent cannot propose against its budget" },
  },
  {
    name: "reserve-by-anyone",
    rule: "Only ResultsRewards reserves a project's budget.",
    attack: "Foreign budget drain",
    contract,
    file: project,
    find: `        if (msg.sender != taskRewards) revert NotTaskRewards(msg.sender);
        ProjectRecord storage p = _known(projectId);`,
    replace: "        ProjectRecord storage p = _known(projectId);",
    killedBy: { statement: "an outsider cannot lock a project's budget in reservations" },
  },
  {
    name: "publish-by-anyone",
    rule: "Only the round's aggregator, the founder and governance publish a global model.",
    attack: "Aggregator fraud",
    contract,
    file: rounds,
    find: "        if (!isAggregator && !_isFounderOrGovernance(projectId, msg.sender)) {",
    replace: "        if (msg.sender == address(0)) {",
    killedBy: { statement: "an outsider cannot publish a global model" },
  },
  {
    name: "founder-ahead-of-aggregator",
    rule: "A founder publishes only where no aggregator that was drawn is due, and no dispute can reopen the last round.",
    attack: "Aggregator fraud",
    contract,
    file: rounds,
    find: "        if (!isAggregator && msg.sender != governance) _requireNobodyAhead(projectId, round);\n",
    replace: "",
    killedBy: { statement: "a founder cannot publish in place of an aggregator within its window" },
  },
  {
    name: "aggregator-paid-twice",
    rule: "A round is published once, and its aggregator paid once.",
    attack: "Aggregator fraud",
    contract,
    file: rounds,
    find: `        r.last = uint32(round);
        r.verifiedAtLast = r.verifiedTasks;
`,
    replace: "",
    killedBy: { statement: "an aggregator that has published its round cannot publish it again" },
  },
  {
    name: "unbooked-refund",
    rule: "The reward of a disproved round is the project's budget again.",
    attack: "Aggregator fraud",
    contract,
    file: rounds,
    find: "        _projects[projectId].taskRewardBudgetATN += refund;\n",
    replace: "",
    killedBy: { statement: "a disproved round leaves the project what it had before the round" },
  },
  {
    name: "junk-mature-model",
    rule: "An aggregator deploys the last round's model, at the price that was agreed before, and nothing else.",
    attack: "Aggregator fraud",
    contract,
    file: "ProjectInference.sol",
    find: "            _requireAgreedModel(projectId, weightsCid, price, p.atnPricePerInference);\n",
    replace: "",
    killedBy: { statement: "an aggregator cannot end a project with a model and a price of its own" },
  },
]
