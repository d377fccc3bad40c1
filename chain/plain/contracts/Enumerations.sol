// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

uint8 constant ROLE_PROPOSER = 1;
uint8 constant ROLE_SOLVER = 2;
uint8 constant ROLE_COORDINATOR = 3;
uint8 constant ROLE_AGGREGATOR = 4;
uint8 constant ROLE_VALIDATOR = 5;
uint8 constant ROLE_CURATOR = 6;

uint8 constant TASK_PROPOSED = 0;
uint8 constant TASK_ACTIVE = 1;
uint8 constant TASK_SOLUTION_COMMITTED = 3;
uint8 constant TASK_SOLUTION_REVEALED = 4;
uint8 constant TASK_GROUND_TRUTH_REVEALED = 5;
uint8 constant TASK_VERIFICATION_PENDING = 6;
uint8 constant TASK_VERIFIED_CORRECT = 7;
uint8 constant TASK_VERIFIED_INCORRECT = 8;
uint8 constant TASK_REWARDED = 9;
uint8 constant TASK_LAST_STATUS = 11;

uint8 constant PROJECT_FUNDING = 0;
uint8 constant PROJECT_TRAINING = 1;
uint8 constant PROJECT_DEPLOYED = 3;
uint8 constant PROJECT_LAST_STATUS = 5;
