// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Governed} from "./Governed.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {
    ROLE_PROPOSER,
    ROLE_SOLVER,
    TASK_PROPOSED,
    TASK_ACTIVE,
    TASK_SOLUTION_COMMITTED,
    TASK_LAST_STATUS
} from "./Enumerations.sol";

/// @title Tasks of the plain set: proposed active, answered by the first solver that commits.
/// @notice Known to be weak. A commitment is the bare hash of the solution, bound to nobody; no phase has a deadline;
/// any project can be named; the status goes wherever results and governance put it.
contract TaskContract is Governed {
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

    struct Checkpoint {
        uint256 stepNumber;
        bytes32 weightsHash;
        bytes32 dataIndicesHash;
        bytes32 randomSeed;
        uint256 timestamp;
    }

    IParticipantStaking public immutable staking;
    address public resultsRewardsContract;
    uint256 public nextTaskId = 1;
    mapping(uint256 taskId => mapping(address solver => Submission)) public submissions;
    mapping(uint256 taskId => mapping(address solver => Checkpoint[])) public checkpoints;
    mapping(uint256 taskId => mapping(address solver => uint256)) public checkpointFrequency;
    mapping(uint256 taskId => TaskProposal) private _tasks;
    mapping(uint256 taskId => address[]) private _solvers;

    event CheckpointSubmitted(
        uint256 indexed taskId,
        address indexed solver,
        uint256 stepNumber,
        bytes32 weightsHash
    );
    event SolutionCommitted(uint256 indexed taskId, address indexed solver, bytes32 solutionHash);
    event TaskActivated(uint256 indexed taskId);
    event TaskProposed(
        uint256 indexed taskId,
        uint256 indexed projectId,
        address indexed proposer,
        bytes32 specHash,
        bytes32 groundTruthHash
    );
    event TaskStatusUpdated(uint256 indexed taskId, uint8 newStatus);

    constructor(address staking_, address governance_) Governed(governance_) {
        staking = IParticipantStaking(staking_);
    }

    function proposeTask(
        uint256 projectId,
        bytes32 specHash,
        bytes32 groundTruthHash,
        uint256 learnabilityReward,
        uint256 solverReward
    ) external returns (uint256 taskId) {
        require(staking.isActiveParticipant(msg.sender, ROLE_PROPOSER), "TaskContract: not a proposer");
        taskId = nextTaskId++;
        TaskProposal storage task = _tasks[taskId];
        task.specHash = specHash;
        task.groundTruthSolHash = groundTruthHash;
        task.proposer = msg.sender;
        task.proposedLearnabilityReward = learnabilityReward;
        task.proposedSolverReward = solverReward;
        task.creationBlock = block.number;
        task.status = TASK_ACTIVE;
        task.projectId = projectId;
        emit TaskProposed(taskId, projectId, msg.sender, specHash, groundTruthHash);
        emit TaskActivated(taskId);
    }

    /// @notice Governance, for a task that it put back to proposed.
    function activateTask(uint256 taskId) external onlyGovernance {
        require(_existing(taskId).status == TASK_PROPOSED, "TaskContract: not proposed");
        _tasks[taskId].status = TASK_ACTIVE;
        emit TaskActivated(taskId);
    }

    /// @notice The first staked solver gets the task.
    function commitSolution(uint256 taskId, bytes32 solutionHash) external {
        TaskProposal storage task = _requireTraining(taskId);
        submissions[taskId][msg.sender] = Submission(solutionHash, msg.sender, block.number, 0);
        _solvers[taskId].push(msg.sender);
        task.status = TASK_SOLUTION_COMMITTED;
        emit SolutionCommitted(taskId, msg.sender, solutionHash);
        emit TaskStatusUpdated(taskId, TASK_SOLUTION_COMMITTED);
    }

    /// @notice Before the commitment; steps must increase.
    function submitCheckpoint(
        uint256 taskId,
        uint256 stepNumber,
        bytes32 weightsHash,
        bytes32 dataIndicesHash,
        bytes32 randomSeed
    ) external {
        _requireTraining(taskId);
        Checkpoint[] storage list = checkpoints[taskId][msg.sender];
        require(
            list.length == 0 || stepNumber > list[list.length - 1].stepNumber,
            "TaskContract: steps must increase"
        );
        list.push(Checkpoint(stepNumber, weightsHash, dataIndicesHash, randomSeed, block.timestamp));
        emit CheckpointSubmitted(taskId, msg.sender, stepNumber, weightsHash);
    }

    function setCheckpointFrequency(uint256 taskId, uint256 frequency) external {
        _requireTraining(taskId);
        checkpointFrequency[taskId][msg.sender] = frequency;
    }

    /// @notice ResultsRewards or governance; to any status.
    function updateTaskStatus(uint256 taskId, uint8 newStatus) external {
        require(
            msg.sender == resultsRewardsContract || msg.sender == governance,
            "TaskContract: may not set the status"
        );
        require(newStatus <= TASK_LAST_STATUS, "TaskContract: unknown status");
        _existing(taskId).status = newStatus;
        emit TaskStatusUpdated(taskId, newStatus);
    }

    function setResultsRewardsContract(address contract_) external onlyGovernance {
        resultsRewardsContract = contract_;
    }

    function getTask(
        uint256 taskId
    )
        external
        view
        returns (
            uint256 id,
            uint256 projectId,
            address proposer,
            uint8 status,
            uint256 solverReward,
            uint256 learnabilityReward
        )
    {
        TaskProposal storage task = _existing(taskId);
        return (
            taskId,
            task.projectId,
            task.proposer,
            task.status,
            task.proposedSolverReward,
            task.proposedLearnabilityReward
        );
    }

    function getTaskProposal(uint256 taskId) external view returns (TaskProposal memory) {
        return _existing(taskId);
    }

    function getSubmission(uint256 taskId, address solver) external view returns (Submission memory) {
        return submissions[taskId][solver];
    }

    function getCommittedSolvers(uint256 taskId) external view returns (address[] memory) {
        return _solvers[taskId];
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

    function getCheckpoints(uint256 taskId, address solver) external view returns (Checkpoint[] memory) {
        return checkpoints[taskId][solver];
    }

    /// @notice Index of the last checkpoint at or before the step.
    function findCheckpointAtStep(
        uint256 taskId,
        address solver,
        uint256 targetStep
    ) external view returns (uint256 checkpointIndex) {
        Checkpoint[] storage list = checkpoints[taskId][solver];
        checkpointIndex = list.length;
        while (checkpointIndex > 0 && list[checkpointIndex - 1].stepNumber > targetStep) checkpointIndex--;
        require(checkpointIndex > 0, "TaskContract: no checkpoint up to the step");
        checkpointIndex--;
    }

    function _requireTraining(uint256 taskId) private view returns (TaskProposal storage task) {
        task = _existing(taskId);
        require(staking.isActiveParticipant(msg.sender, ROLE_SOLVER), "TaskContract: not a solver");
        require(task.status == TASK_ACTIVE, "TaskContract: not active");
    }

    function _existing(uint256 taskId) private view returns (TaskProposal storage task) {
        task = _tasks[taskId];
        require(task.proposer != address(0), "TaskContract: unknown task");
    }
}
