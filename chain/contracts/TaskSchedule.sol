// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Parameterised} from "./Parameterised.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {ITaskContract} from "./interfaces/ITaskContract.sol";
import {
    STATUS_PROPOSED,
    STATUS_ACTIVE,
    STATUS_SOLUTION_COMMITTED,
    STATUS_SOLUTION_REVEALED,
    STATUS_TRUTH_REVEALED,
    STATUS_VERIFICATION_PENDING,
    STATUS_VERIFIED_CORRECT,
    STATUS_VERIFIED_INCORRECT,
    STATUS_REWARDED,
    STATUS_ARCHIVED,
    STATUS_DISPUTED,
    PHASE_UNKNOWN,
    PHASE_COMMIT,
    PHASE_TRUTH,
    PHASE_SOLUTION,
    PHASE_VOTE_COMMIT,
    PHASE_VOTE_REVEAL,
    PHASE_OPENING,
    PHASE_SETTLEMENT,
    PHASE_ARCHIVED
} from "./Enumerations.sol";

/// @title A task's record, the windows of its schedule in blocks, and the order of its statuses.
abstract contract TaskSchedule is Parameterised, ITaskContract {
    using SafeCast for uint256;

    struct Task {
        address proposer;
        uint8 status;
        uint8 maxSolvers;
        uint32 multiplierBps;
        uint32 disputedBlock;
        uint32 proposedBlock;
        uint32 commitEnd;
        uint32 groundTruthEnd;
        uint32 solutionEnd;
        uint32 voteCommitEnd;
        uint32 voteRevealEnd;
        uint32 openingEnd;
        uint32 disputeBlocks;
        uint256 projectId;
        uint256 moduleId;
        bytes32 specHash;
        bytes32 groundTruthHash;
        uint128 solverReward;
        uint128 learnabilityReward;
    }

    IParticipantStaking public staking;
    /// @notice Identifiers are consecutive from 1.
    uint256 public nextTaskId = 1;

    mapping(uint256 taskId => Task) internal _tasks;
    mapping(uint256 taskId => mapping(address solver => Submission)) public submissions;
    mapping(uint256 taskId => address[]) internal _solvers;

    event TaskStatusUpdated(uint256 indexed taskId, uint8 newStatus);
    event TaskScheduled(
        uint256 indexed taskId,
        uint256 commitEnd,
        uint256 groundTruthEnd,
        uint256 solutionEnd,
        uint256 voteCommitEnd,
        uint256 voteRevealEnd,
        uint256 openingEnd
    );

    error UnknownTask(uint256 taskId);
    error WrongPhase(uint256 taskId, uint8 phase, uint8 required);
    error TaskNotActive(uint256 taskId);
    error AlreadyCommitted(uint256 taskId, address solver);
    error StatusNotForward(uint256 taskId, uint8 from, uint8 to);

    /// @notice 0 unknown task, 1 commit, 2 ground-truth reveal, 3 solution reveal, 4 vote commit, 5 vote reveal,
    /// 6 keeper's opening, 7 settlement, 8 archived.
    function phaseOf(uint256 taskId) external view returns (uint8) {
        return _phaseOf(_tasks[taskId]);
    }

    /// @notice The last block of each window.
    function scheduleOf(uint256 taskId) external view returns (Schedule memory) {
        Task storage t = _known(taskId);
        return
            Schedule(
                t.proposedBlock,
                t.commitEnd,
                t.groundTruthEnd,
                t.solutionEnd,
                t.voteCommitEnd,
                t.voteRevealEnd,
                t.openingEnd
            );
    }

    function termsOf(uint256 taskId) external view returns (Terms memory) {
        Task storage t = _known(taskId);
        uint256 suspendedUntil = t.status == STATUS_DISPUTED ? uint256(t.disputedBlock) + t.disputeBlocks : 0;
        return
            Terms(
                t.projectId,
                t.proposer,
                t.status,
                _phaseOf(t),
                t.multiplierBps,
                t.solverReward,
                t.learnabilityReward,
                suspendedUntil
            );
    }

    function groundTruthOf(uint256 taskId) external view returns (address proposer, bytes32 groundTruthHash) {
        Task storage t = _known(taskId);
        return (t.proposer, t.groundTruthHash);
    }

    function getCommittedSolvers(uint256 taskId) external view returns (address[] memory) {
        return _solvers[taskId];
    }

    function getSubmission(uint256 taskId, address solver) external view returns (Submission memory) {
        return submissions[taskId][solver];
    }

    function _fixSchedule(uint256 taskId, Task storage task) internal {
        uint256 at = block.number;
        uint256[6] memory ends;
        task.proposedBlock = at.toUint32();
        task.commitEnd = (ends[0] = at += _value("commitBlocks")).toUint32();
        task.groundTruthEnd = (ends[1] = at += _value("groundTruthBlocks")).toUint32();
        task.solutionEnd = (ends[2] = at += _value("solutionBlocks")).toUint32();
        task.voteCommitEnd = (ends[3] = at += _value("voteCommitBlocks")).toUint32();
        task.voteRevealEnd = (ends[4] = at += _value("voteRevealBlocks")).toUint32();
        task.openingEnd = (ends[5] = at += _value("openingBlocks")).toUint32();
        task.disputeBlocks = uint32(_value("disputeBlocks"));
        emit TaskScheduled(taskId, ends[0], ends[1], ends[2], ends[3], ends[4], ends[5]);
    }

    function _phaseOf(Task storage t) internal view returns (uint8) {
        if (t.proposer == address(0)) return PHASE_UNKNOWN;
        if (t.status == STATUS_ARCHIVED) return PHASE_ARCHIVED;
        if (block.number <= t.commitEnd) return PHASE_COMMIT;
        if (block.number <= t.groundTruthEnd) return PHASE_TRUTH;
        if (block.number <= t.solutionEnd) return PHASE_SOLUTION;
        if (block.number <= t.voteCommitEnd) return PHASE_VOTE_COMMIT;
        if (block.number <= t.voteRevealEnd) return PHASE_VOTE_REVEAL;
        return block.number <= t.openingEnd ? PHASE_OPENING : PHASE_SETTLEMENT;
    }

    function _requirePhase(uint256 taskId, uint8 phase) internal view returns (Task storage task) {
        task = _known(taskId);
        uint8 actual = _phaseOf(task);
        if (actual != phase) revert WrongPhase(taskId, actual, phase);
    }

    function _known(uint256 taskId) internal view returns (Task storage task) {
        task = _tasks[taskId];
        if (task.proposer == address(0)) revert UnknownTask(taskId);
    }

    /// @dev Forward along 0 → 1 → 3 → 5 → 4 → 6 → 7 or 8 → 9 → 10; nothing where the task is as far or farther.
    /// A dispute hides the order until it is resolved or settled.
    function _advance(uint256 taskId, Task storage task, uint8 newStatus) internal {
        if (_rank(newStatus) > _rank(task.status)) _setStatus(taskId, task, newStatus);
    }

    function _setStatus(uint256 taskId, Task storage task, uint8 newStatus) internal {
        task.status = newStatus;
        emit TaskStatusUpdated(taskId, newStatus);
    }

    function _rank(uint8 status) private pure returns (uint256) {
        if (status == STATUS_PROPOSED) return 0;
        if (status == STATUS_ACTIVE) return 1;
        if (status == STATUS_SOLUTION_COMMITTED) return 2;
        if (status == STATUS_TRUTH_REVEALED) return 3;
        if (status == STATUS_SOLUTION_REVEALED) return 4;
        if (status == STATUS_VERIFICATION_PENDING) return 5;
        if (status == STATUS_DISPUTED) return 6;
        if (status == STATUS_VERIFIED_CORRECT || status == STATUS_VERIFIED_INCORRECT) return 7;
        if (status == STATUS_REWARDED) return 8;
        return 9;
    }
}
