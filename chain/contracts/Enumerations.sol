// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// Numbers that the interface fixes (they name things; no rule of the protocol is a constant).

uint8 constant ROLE_NONE = 0;
uint8 constant ROLE_PROPOSER = 1;
uint8 constant ROLE_SOLVER = 2;
uint8 constant ROLE_COORDINATOR = 3;
uint8 constant ROLE_AGGREGATOR = 4;
uint8 constant ROLE_VALIDATOR = 5;
uint8 constant ROLE_CURATOR = 6;

uint8 constant STATUS_PROPOSED = 0;
uint8 constant STATUS_ACTIVE = 1;
uint8 constant STATUS_SOLUTION_COMMITTED = 3;
uint8 constant STATUS_SOLUTION_REVEALED = 4;
uint8 constant STATUS_TRUTH_REVEALED = 5;
uint8 constant STATUS_VERIFICATION_PENDING = 6;
uint8 constant STATUS_VERIFIED_CORRECT = 7;
uint8 constant STATUS_VERIFIED_INCORRECT = 8;
uint8 constant STATUS_REWARDED = 9;
uint8 constant STATUS_ARCHIVED = 10;
uint8 constant STATUS_DISPUTED = 11;

uint8 constant PHASE_UNKNOWN = 0;
uint8 constant PHASE_COMMIT = 1;
uint8 constant PHASE_TRUTH = 2;
uint8 constant PHASE_SOLUTION = 3;
uint8 constant PHASE_VOTE_COMMIT = 4;
uint8 constant PHASE_VOTE_REVEAL = 5;
uint8 constant PHASE_OPENING = 6;
uint8 constant PHASE_SETTLEMENT = 7;
uint8 constant PHASE_ARCHIVED = 8;

uint8 constant PROJECT_FUNDING = 0;
uint8 constant PROJECT_TRAINING = 1;
uint8 constant PROJECT_MATURING = 2;
uint8 constant PROJECT_DEPLOYED = 3;
uint8 constant PROJECT_PAUSED = 4;
uint8 constant PROJECT_FAILED = 5;

uint8 constant OUTCOME_OPEN = 0;
uint8 constant OUTCOME_CORRECT = 1;
uint8 constant OUTCOME_INCORRECT = 2;
uint8 constant OUTCOME_UNDECIDED = 3;
uint8 constant OUTCOME_TRAP = 4;
uint8 constant OUTCOME_WORK_SHOWN = 5;
uint8 constant OUTCOME_NOT_REVEALED = 6;
uint8 constant OUTCOME_VOID = 7;

uint8 constant TRAP_NONE = 0;
uint8 constant TRAP_WAITING = 1;
uint8 constant TRAP_UNTRAPPED = 2;
uint8 constant TRAP_TRAPPED = 3;

uint8 constant PROPOSAL_PENDING = 0;
uint8 constant PROPOSAL_ACTIVE = 1;
uint8 constant PROPOSAL_CANCELED = 2;
uint8 constant PROPOSAL_DEFEATED = 3;
uint8 constant PROPOSAL_SUCCEEDED = 4;
uint8 constant PROPOSAL_QUEUED = 5;
uint8 constant PROPOSAL_EXPIRED = 6;
uint8 constant PROPOSAL_EXECUTED = 7;
uint8 constant PUBLICATION_NONE = 0;
uint8 constant PUBLICATION_DISPUTABLE = 1;
uint8 constant PUBLICATION_DISPUTED = 2;
uint8 constant PUBLICATION_UNDISPUTED = 3;
uint8 constant PUBLICATION_DISPROVED = 4;
uint8 constant PUBLICATION_UPHELD = 5;
uint8 constant PUBLICATION_UNDECIDED = 6;

uint256 constant BPS = 10_000;
uint256 constant PERMILLE = 1_000;
uint256 constant WAD = 1e18;
