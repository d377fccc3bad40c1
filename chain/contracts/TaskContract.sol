// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Parameterised} from "./Parameterised.sol";
import {TaskSchedule} from "./TaskSchedule.sol";
import {TrainingCheckpoints} from "./TrainingCheckpoints.sol";
import {IMultiplierSource} from "./interfaces/IMultiplierSource.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {IResultsRewards} from "./interfaces/IResultsRewards.sol";
import {
    BPS,
    ROLE_PROPOSER,
    ROLE_SOLVER,
    STATUS_PROPOSED,
    STATUS_ACTIVE,
    STATUS_SOLUTION_COMMITTED,
    STATUS_SOLUTION_REVEALED,
    STATUS_VERIFIED_CORRECT,
    STATUS_VERIFIED_INCORRECT,
    STATUS_ARCHIVED,
    STATUS_DISPUTED,
    PHASE_COMMIT
} from "./Enumerations.sol";

/// @title Tasks: proposals, their fixed schedules, and salted commitments to solutions. Rewards in wei of ATN.
/// @notice Every window is fixed in blocks at proposal. Money is moved by ResultsRewards alone.
contract TaskContract is TrainingCheckpoints {
    using SafeCast for uint256;

    struct Proposal {
        bytes32 specHash;
        bytes32 groundTruthSolHash;
        address proposer;
        uint256 proposedLearnabilityReward;
        uint256 proposedSolverReward;
        uint256 creationBlock;
        uint8 status;
        uint256 projectId;
    }

    IResultsRewards public resultsRewardsContract;
    /// @notice Gives the reward multiplier of a module; while it is unset every module is at 1.00.
    IMultiplierSource public multiplierSource;

    event SolutionCommitted(uint256 indexed taskId, address indexed solver, bytes32 solutionHash);
    event TaskActivated(uint256 indexed taskId);
    event TaskProposed(
        uint256 indexed taskId,
        uint256 indexed projectId,
        address indexed proposer,
        bytes32 specHash,
        bytes32 groundTruthHash
    );
    event ResultsRewardsChanged(address indexed resultsRewards);
    event MultiplierSourceChanged(address indexed source);

    error NotResultsRewards(address caller);
    error NotActive(address participant, uint8 role);
    error MayNotActivate(uint256 taskId, address caller);
    error TaskFull(uint256 taskId, uint256 maxSolvers);
    error EmptyHash();

    modifier onlyResultsRewards() {
        if (msg.sender != address(resultsRewardsContract)) revert NotResultsRewards(msg.sender);
        _;
    }

    constructor(address staking_, address governance_) Parameterised(governance_) {
        staking = IParticipantStaking(staking_);
        _declare("commitBlocks", 300, 1, 1e6);
        _declare("groundTruthBlocks", 50, 1, 1e6);
        _declare("solutionBlocks", 50, 1, 1e6);
        _declare("voteCommitBlocks", 50, 1, 1e6);
        _declare("voteRevealBlocks", 50, 1, 1e6);
        _declare("openingBlocks", 25, 0, 1e6);
        _declare("maxSolvers", 4, 1, 8);
        _declare("autoActivate", 1, 0, 1);
        _declare("maxCheckpoints", 256, 0, 1024);
        _declare("disputeBlocks", 1000, 0, 1e6);
        _declare("maxMultiplierBps", 3 * uint256(BPS), 0, 1e6);
    }

    // Proposers

    /// @notice An active proposer with the project's consent. The capability is module 0.
    function proposeTask(
        uint256 projectId,
        bytes32 specHash,
        bytes32 groundTruthHash,
        uint256 learnabilityReward,
        uint256 solverReward
    ) external returns (uint256 taskId) {
        return _propose(0, projectId, specHash, groundTruthHash, learnabilityReward, solverReward);
    }

    /// @notice As `proposeTask`, naming the capability that the task trains.
    function proposeTaskFor(
        uint256 moduleId,
        uint256 projectId,
        bytes32 specHash,
        bytes32 groundTruthHash,
        uint256 learnabilityReward,
        uint256 solverReward
    ) external returns (uint256 taskId) {
        return _propose(moduleId, projectId, specHash, groundTruthHash, learnabilityReward, solverReward);
    }

    /// @notice The proposer or governance, where autoActivate was 0 at proposal. The schedule runs from the proposal.
    function activateTask(uint256 taskId) external {
        Task storage task = _known(taskId);
        if (msg.sender != task.proposer && msg.sender != governance)
            revert MayNotActivate(taskId, msg.sender);
        if (task.status != STATUS_PROPOSED) revert StatusNotForward(taskId, task.status, STATUS_ACTIVE);
        _activate(taskId, task);
    }

    // Solvers

    /// @notice An active solver, once a task, while the commit window is open and a place is left.
    function commitSolution(uint256 taskId, bytes32 solutionHash) external {
        Task storage task = _requirePhase(taskId, PHASE_COMMIT);
        if (task.status == STATUS_PROPOSED) revert TaskNotActive(taskId);
        if (solutionHash == 0) revert EmptyHash();
        if (!staking.isActiveParticipant(msg.sender, ROLE_SOLVER)) revert NotActive(msg.sender, ROLE_SOLVER);
        if (submissions[taskId][msg.sender].solver != address(0)) revert AlreadyCommitted(taskId, msg.sender);
        if (_solvers[taskId].length >= task.maxSolvers) revert TaskFull(taskId, task.maxSolvers);
        submissions[taskId][msg.sender] = Submission(solutionHash, msg.sender, block.number, 0);
        _solvers[taskId].push(msg.sender);
        staking.openDuty(msg.sender);
        emit SolutionCommitted(taskId, msg.sender, solutionHash);
        _advance(taskId, task, STATUS_SOLUTION_COMMITTED);
    }

    /// @notice What a solver commits to: bound to the task, to itself and to a salt, so that a copy is worthless.
    function commitmentFor(
        uint256 taskId,
        address solver,
        bytes32 contentHash,
        bytes32 salt
    ) external view returns (bytes32) {
        return keccak256(abi.encode(address(this), taskId, solver, contentHash, salt));
    }

    // Settlement and governance

    /// @notice ResultsRewards: forward, and nothing if the task is there already. Governance: once a task, into
    /// dispute (11) from 4–8, and out of it to 7 or 8; a dispute suspends settlement for at most disputeBlocks.
    function updateTaskStatus(uint256 taskId, uint8 newStatus) external {
        Task storage task = _known(taskId);
        if (msg.sender == address(resultsRewardsContract)) {
            _advance(taskId, task, newStatus);
            return;
        }
        _requireGovernance();
        uint8 status = task.status;
        bool verified = newStatus == STATUS_VERIFIED_CORRECT || newStatus == STATUS_VERIFIED_INCORRECT;
        bool enters =
            newStatus == STATUS_DISPUTED &&
                task.disputedBlock == 0 &&
                status >= STATUS_SOLUTION_REVEALED &&
                status <= STATUS_VERIFIED_INCORRECT;
        if (!enters && !(status == STATUS_DISPUTED && verified))
            revert StatusNotForward(taskId, status, newStatus);
        if (enters) task.disputedBlock = uint32(block.number);
        _setStatus(taskId, task, newStatus);
    }

    /// @notice ResultsRewards only. Score 0–100.
    function recordScore(uint256 taskId, address solver, uint256 score) external onlyResultsRewards {
        submissions[taskId][solver].score = score;
    }

    /// @notice ResultsRewards only: ends the task and the duties of its proposer and solvers.
    function archiveTask(uint256 taskId) external onlyResultsRewards {
        Task storage task = _known(taskId);
        _advance(taskId, task, STATUS_ARCHIVED);
        staking.closeDuty(task.proposer);
        address[] storage solvers = _solvers[taskId];
        for (uint256 i; i < solvers.length; i++) staking.closeDuty(solvers[i]);
    }

    function setResultsRewardsContract(address resultsRewards) external onlyGovernance {
        resultsRewardsContract = IResultsRewards(resultsRewards);
        emit ResultsRewardsChanged(resultsRewards);
    }

    function setMultiplierSource(address source) external onlyGovernance {
        multiplierSource = IMultiplierSource(source);
        emit MultiplierSourceChanged(source);
    }

    // Views

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
        Task storage t = _known(taskId);
        return (taskId, t.projectId, t.proposer, t.status, t.solverReward, t.learnabilityReward);
    }

    function getTaskProposal(uint256 taskId) external view returns (Proposal memory) {
        Task storage t = _known(taskId);
        return
            Proposal(
                t.specHash,
                t.groundTruthHash,
                t.proposer,
                t.learnabilityReward,
                t.solverReward,
                t.proposedBlock,
                t.status,
                t.projectId
            );
    }

    /// @notice The capability of a task and its multiplier at proposal in basis points (10,000 = 1.00).
    function moduleOf(uint256 taskId) external view returns (uint256 moduleId, uint256 multiplierBps) {
        Task storage t = _known(taskId);
        return (t.moduleId, t.multiplierBps);
    }

    // Inside

    function _propose(
        uint256 moduleId,
        uint256 projectId,
        bytes32 specHash,
        bytes32 groundTruthHash,
        uint256 learnabilityReward,
        uint256 solverReward
    ) private returns (uint256 taskId) {
        if (!staking.isActiveParticipant(msg.sender, ROLE_PROPOSER))
            revert NotActive(msg.sender, ROLE_PROPOSER);
        if (specHash == 0 || groundTruthHash == 0) revert EmptyHash();
        taskId = nextTaskId++;
        Task storage task = _tasks[taskId];
        task.proposer = msg.sender;
        task.maxSolvers = uint8(_value("maxSolvers"));
        task.multiplierBps = uint32(_multiplierOf(moduleId));
        task.projectId = projectId;
        if (moduleId != 0) task.moduleId = moduleId;
        task.specHash = specHash;
        task.groundTruthHash = groundTruthHash;
        task.solverReward = solverReward.toUint128();
        task.learnabilityReward = learnabilityReward.toUint128();
        emit TaskProposed(taskId, projectId, msg.sender, specHash, groundTruthHash);
        _fixSchedule(taskId, task);
        staking.openDuty(msg.sender);
        resultsRewardsContract.openTask(
            taskId,
            projectId,
            msg.sender,
            learnabilityReward,
            (solverReward * task.multiplierBps) / BPS,
            task.maxSolvers
        );
        if (_value("autoActivate") == 1) _activate(taskId, task);
    }

    function _activate(uint256 taskId, Task storage task) private {
        emit TaskActivated(taskId);
        _advance(taskId, task, STATUS_ACTIVE);
    }

    function _multiplierOf(uint256 moduleId) private view returns (uint256 multiplier) {
        if (address(multiplierSource) == address(0)) return BPS;
        multiplier = multiplierSource.multiplierBps(moduleId);
        uint256 most = _value("maxMultiplierBps");
        if (multiplier > most) multiplier = most;
    }
}
