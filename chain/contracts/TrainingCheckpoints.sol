// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TaskSchedule} from "./TaskSchedule.sol";
import {ROLE_SOLVER, PHASE_COMMIT} from "./Enumerations.sol";

/// @title Records of training on the way to a solution: step, weights, data and seed of each checkpoint.
abstract contract TrainingCheckpoints is TaskSchedule {
    struct Checkpoint {
        uint256 stepNumber;
        bytes32 weightsHash;
        bytes32 dataIndicesHash;
        bytes32 randomSeed;
        uint256 timestamp;
    }

    /// @notice Steps between checkpoints that a solver announced for a task; 0 = none announced.
    mapping(uint256 taskId => mapping(address solver => uint256)) public checkpointFrequency;
    mapping(uint256 taskId => mapping(address solver => Checkpoint[])) public checkpoints;

    event CheckpointSubmitted(
        uint256 indexed taskId,
        address indexed solver,
        uint256 stepNumber,
        bytes32 weightsHash
    );

    error NotActiveSolver(address participant);
    error StepsNotIncreasing(uint256 taskId, address solver, uint256 step, uint256 lastStep);
    error TooManyCheckpoints(uint256 taskId, address solver, uint256 maximum);
    error NoCheckpointUpTo(uint256 taskId, address solver, uint256 targetStep);

    /// @notice An active solver, in the commit window and before its own commitment; steps must increase.
    function submitCheckpoint(
        uint256 taskId,
        uint256 stepNumber,
        bytes32 weightsHash,
        bytes32 dataIndicesHash,
        bytes32 randomSeed
    ) external {
        _requireTraining(taskId);
        Checkpoint[] storage list = checkpoints[taskId][msg.sender];
        uint256 count = list.length;
        uint256 most = _value("maxCheckpoints");
        if (count >= most) revert TooManyCheckpoints(taskId, msg.sender, most);
        if (count > 0 && stepNumber <= list[count - 1].stepNumber) {
            revert StepsNotIncreasing(taskId, msg.sender, stepNumber, list[count - 1].stepNumber);
        }
        list.push(Checkpoint(stepNumber, weightsHash, dataIndicesHash, randomSeed, block.timestamp));
        emit CheckpointSubmitted(taskId, msg.sender, stepNumber, weightsHash);
    }

    /// @notice An active solver announces how many steps lie between its checkpoints, before it commits.
    function setCheckpointFrequency(uint256 taskId, uint256 frequency) external {
        _requireTraining(taskId);
        checkpointFrequency[taskId][msg.sender] = frequency;
    }

    function getCheckpoint(
        uint256 taskId,
        address solver,
        uint256 index
    ) external view returns (Checkpoint memory) {
        return checkpoints[taskId][solver][index];
    }

    function getCheckpointCount(uint256 taskId, address solver) external view returns (uint256) {
        return checkpoints[taskId][solver].length;
    }

    /// @notice At most maxCheckpoints of them.
    function getCheckpoints(uint256 taskId, address solver) external view returns (Checkpoint[] memory) {
        return checkpoints[taskId][solver];
    }

    /// @notice Index of the last checkpoint whose step is at most `targetStep`; reverts if there is none.
    function findCheckpointAtStep(
        uint256 taskId,
        address solver,
        uint256 targetStep
    ) external view returns (uint256 checkpointIndex) {
        Checkpoint[] storage list = checkpoints[taskId][solver];
        uint256 high = list.length;
        while (checkpointIndex < high) {
            uint256 middle = (checkpointIndex + high) / 2;
            if (list[middle].stepNumber <= targetStep) checkpointIndex = middle + 1;
            else high = middle;
        }
        if (checkpointIndex == 0) revert NoCheckpointUpTo(taskId, solver, targetStep);
        checkpointIndex--;
    }

    function _requireTraining(uint256 taskId) private view {
        Task storage task = _requirePhase(taskId, PHASE_COMMIT);
        if (task.status == 0) revert TaskNotActive(taskId);
        if (!staking.isActiveParticipant(msg.sender, ROLE_SOLVER)) revert NotActiveSolver(msg.sender);
        if (submissions[taskId][msg.sender].solver != address(0)) revert AlreadyCommitted(taskId, msg.sender);
    }
}
