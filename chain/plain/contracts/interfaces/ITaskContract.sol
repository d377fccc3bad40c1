// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

interface ITaskContract {
    struct TaskProposal {
        bytes32 specHash;
        bytes32 groundTruthSolHash;
        address proposer;
        uint256 proposedLearnabilityReward;
        uint256 proposedSolverReward;
        uint256 creationBlock;
        uint8 status;
        uint256 projectId;
    }

    struct Submission {
        bytes32 solutionHash;
        address solver;
        uint256 submissionBlock;
        uint256 score;
    }

    function getTaskProposal(uint256 taskId) external view returns (TaskProposal memory);

    function getSubmission(uint256 taskId, address solver) external view returns (Submission memory);

    function updateTaskStatus(uint256 taskId, uint8 newStatus) external;
}
