// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ResultsRules} from "./ResultsRules.sol";
import {
    PHASE_TRUTH,
    PHASE_SOLUTION,
    STATUS_SOLUTION_REVEALED,
    STATUS_TRUTH_REVEALED
} from "./Enumerations.sol";

/// @title Reveals: first the proposer's ground truth, then the solvers' solutions, each in its window.
abstract contract SolutionReveals is ResultsRules {
    event GroundTruthRevealed(uint256 indexed taskId, address indexed proposer, string cid);
    event SolutionRevealed(uint256 indexed taskId, address indexed solver, string cid);

    error NotProposer(uint256 taskId, address caller, address proposer);
    error WrongReveal(uint256 taskId, bytes32 revealed, bytes32 committed);
    error AlreadyRevealed(uint256 taskId, address revealer);
    error NothingCommitted(uint256 taskId, address solver);
    error SaltRequired(uint256 taskId);

    /// @notice The task's proposer; keccak256 of the string must be the hash it proposed.
    function revealGroundTruth(uint256 taskId, string calldata cid) external {
        _requirePhase(taskId, PHASE_TRUTH);
        (address proposer, bytes32 committed) = taskContract.groundTruthOf(taskId);
        if (msg.sender != proposer) revert NotProposer(taskId, msg.sender, proposer);
        Progress storage progress = _progress[taskId];
        if (progress.truthRevealed) revert AlreadyRevealed(taskId, msg.sender);
        bytes32 revealed = keccak256(bytes(cid));
        if (revealed != committed) revert WrongReveal(taskId, revealed, committed);
        progress.truthRevealed = true;
        revealedGroundTruths[taskId][msg.sender] = cid;
        emit GroundTruthRevealed(taskId, msg.sender, cid);
        taskContract.updateTaskStatus(taskId, STATUS_TRUTH_REVEALED);
    }

    /// @notice A solver that committed to keccak256 of the string alone; only where allowUnsaltedCommitments is 1.
    function revealSolution(uint256 taskId, string calldata cid) external {
        if (!_rules[taskId].allowUnsaltedCommitments) revert SaltRequired(taskId);
        _reveal(taskId, cid, keccak256(bytes(cid)));
    }

    /// @notice A solver that committed to `TaskContract.commitmentFor`. Also where the ground truth was not revealed:
    /// this is how work is shown.
    function revealSaltedSolution(uint256 taskId, string calldata cid, bytes32 salt) external {
        _reveal(taskId, cid, taskContract.commitmentFor(taskId, msg.sender, keccak256(bytes(cid)), salt));
    }

    /// @notice keccak256 of the revealed string; 0 until revealed.
    function contentHashOf(uint256 taskId, address solver) external view returns (bytes32) {
        return _contentHashes[taskId][solver];
    }

    function _reveal(uint256 taskId, string calldata cid, bytes32 revealed) private {
        _requirePhase(taskId, PHASE_SOLUTION);
        bytes32 committed = taskContract.getSubmission(taskId, msg.sender).solutionHash;
        if (committed == 0) revert NothingCommitted(taskId, msg.sender);
        if (_contentHashes[taskId][msg.sender] != 0) revert AlreadyRevealed(taskId, msg.sender);
        if (revealed != committed) revert WrongReveal(taskId, revealed, committed);
        _contentHashes[taskId][msg.sender] = keccak256(bytes(cid));
        revealedSolutions[taskId][msg.sender] = cid;
        _progress[taskId].revealedSolutions++;
        emit SolutionRevealed(taskId, msg.sender, cid);
        taskContract.updateTaskStatus(taskId, STATUS_SOLUTION_REVEALED);
    }
}
