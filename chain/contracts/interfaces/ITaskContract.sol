// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What the settlement contracts need of the task contract.
interface ITaskContract {
    /// @notice The last block of every window; a window begins after the one before it ends.
    struct Schedule {
        uint256 proposedBlock;
        uint256 commitEnd;
        uint256 groundTruthEnd;
        uint256 solutionEnd;
        uint256 voteCommitEnd;
        uint256 voteRevealEnd;
        uint256 openingEnd;
    }

    struct Submission {
        bytes32 solutionHash;
        address solver;
        uint256 submissionBlock;
        uint256 score;
    }

    /// @notice What settling a task needs to know. Rewards in wei; solverReward is before the multiplier.
    struct Terms {
        uint256 projectId;
        address proposer;
        uint8 status;
        uint8 phase;
        uint256 multiplierBps;
        uint256 solverReward;
        uint256 learnabilityReward;
        uint256 suspendedUntil;
    }

    function nextTaskId() external view returns (uint256);

    function phaseOf(uint256 taskId) external view returns (uint8);

    function scheduleOf(uint256 taskId) external view returns (Schedule memory);

    function termsOf(uint256 taskId) external view returns (Terms memory);

    function groundTruthOf(uint256 taskId) external view returns (address proposer, bytes32 groundTruthHash);

    function getCommittedSolvers(uint256 taskId) external view returns (address[] memory);

    function getSubmission(uint256 taskId, address solver) external view returns (Submission memory);

    function commitmentFor(
        uint256 taskId,
        address solver,
        bytes32 contentHash,
        bytes32 salt
    ) external view returns (bytes32);

    function updateTaskStatus(uint256 taskId, uint8 newStatus) external;

    function recordScore(uint256 taskId, address solver, uint256 score) external;

    function archiveTask(uint256 taskId) external;
}
