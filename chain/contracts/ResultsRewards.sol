// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CoordinatorVoting} from "./CoordinatorVoting.sol";
import {ResultsSettlement} from "./ResultsSettlement.sol";
import {ResultsState} from "./ResultsState.sol";
import {WAD, PHASE_VOTE_COMMIT, PHASE_VOTE_REVEAL, OUTCOME_OPEN} from "./Enumerations.sol";

/// @title Results and rewards: reveals, votes, consensus, settlement. Amounts in wei of ATN.
/// @notice Anyone may finalise and close; whatever phase was missed, closing settles it.
contract ResultsRewards is CoordinatorVoting {
    struct ConsensusResult {
        uint256 taskId;
        address solver;
        bool consensusCorrect;
        uint256 consensusScore;
        uint256 totalStake;
        uint256 correctStake;
        uint256 clippedVotes;
        bool finalized;
    }

    struct CoordinatorBond {
        uint256 emaBondStrength;
        uint256 totalVotes;
        uint256 correctVotes;
        uint256 lastUpdateBlock;
    }

    struct VerificationReport {
        address coordinator;
        bool isCorrect;
        uint256 score;
        bytes32 supportingDataHash;
        uint256 verificationBlock;
    }

    address private immutable _settlement;

    mapping(uint256 taskId => mapping(address solver => VerificationReport)) public verificationReports;

    event VerificationSubmitted(
        uint256 indexed taskId,
        address indexed coordinator,
        bool correct,
        uint256 score
    );

    error SingleVerificationOff(uint256 taskId);

    constructor(
        address taskContract_,
        address staking_,
        address governance_
    ) ResultsState(taskContract_, staking_, governance_) {
        _settlement = address(new ResultsSettlement(taskContract_, staking_, address(this)));
    }

    /// @notice Anyone, after the keeper's opening or its deadline. Settling the last solution archives the task.
    function finalizeVoting(uint256 taskId, address solver) external {
        _settleBy(abi.encodeCall(ResultsSettlement.finalizeVoting, (taskId, solver)));
    }

    /// @notice Anyone, as soon as nothing is left to wait for: settles all that is open and archives the task.
    function closeTask(uint256 taskId) external {
        _settleBy(abi.encodeCall(ResultsSettlement.closeTask, (taskId)));
    }

    /// @notice One active coordinator settles a solution alone; only where allowSingleVerification is 1, and only
    /// before any vote.
    function submitVerification(
        uint256 taskId,
        address solver,
        bool isCorrect,
        uint256 score,
        string calldata reportCid
    ) external {
        if (!_rules[taskId].allowSingleVerification) revert SingleVerificationOff(taskId);
        if (taskContract.phaseOf(taskId) != PHASE_VOTE_COMMIT) _requirePhase(taskId, PHASE_VOTE_REVEAL);
        Ballot[] storage ballots = _ballots[taskId][solver];
        if (ballots.length > 0) revert AlreadyVoted(taskId, solver, ballots[0].coordinator);
        _cast(taskId, solver, _openBallot(taskId, solver), isCorrect, score, reportCid);
        bytes32 report = keccak256(bytes(reportCid));
        verificationReports[taskId][solver] = VerificationReport(
            msg.sender,
            isCorrect,
            score,
            report,
            block.number
        );
        emit VerificationSubmitted(taskId, msg.sender, isCorrect, score);
        _settleBy(abi.encodeCall(ResultsSettlement.settleSingle, (taskId, solver)));
    }

    // Views

    /// @notice 0 open, 1 correct, 2 incorrect, 3 undecided, 4 trap, 5 work shown, 6 not revealed, 7 void.
    function outcomeOf(uint256 taskId, address solver) external view returns (uint8) {
        return _results[taskId][solver].outcome;
    }

    function consensusResults(
        uint256 ofTask,
        address ofSolver
    )
        external
        view
        returns (
            uint256 taskId,
            address solver,
            bool consensusCorrect,
            uint256 consensusScore,
            uint256 totalStake,
            uint256 correctStake,
            uint256 clippedVotes,
            bool finalized
        )
    {
        Result storage r = _results[ofTask][ofSolver];
        finalized = r.outcome != OUTCOME_OPEN;
        return (
            ofTask,
            ofSolver,
            r.correct,
            r.score,
            r.totalStake,
            r.correctStake,
            r.clippedVotes,
            finalized
        );
    }

    function getConsensusResult(
        uint256 taskId,
        address solver
    ) external view returns (ConsensusResult memory) {
        Result storage r = _results[taskId][solver];
        bool finalized = r.outcome != OUTCOME_OPEN;
        return
            ConsensusResult(
                taskId,
                solver,
                r.correct,
                r.score,
                r.totalStake,
                r.correctStake,
                r.clippedVotes,
                finalized
            );
    }

    function rewardsProcessed(uint256 taskId) external view returns (bool) {
        return _progress[taskId].rewarded;
    }

    /// @notice The highest fee factor that a bond gives, with 18 decimals.
    function BOND_MULTIPLIER_MAX() external view returns (uint256) {
        return WAD + _value("bondBonus");
    }

    function CLIP_THRESHOLD_BPS() external view returns (uint256) {
        return _value("clipBps");
    }

    /// @notice With 18 decimals.
    function EMA_DECAY() external view returns (uint256) {
        return _value("bondDecay");
    }

    function MIN_COORDINATORS() external view returns (uint256) {
        return _value("minVotes");
    }

    /// @notice Blocks in which a task proposed now can be voted on: commit and reveal together.
    function VOTING_PERIOD_BLOCKS() external view returns (uint256) {
        return _parameterOfTasks("voteCommitBlocks") + _parameterOfTasks("voteRevealBlocks");
    }

    function coordinatorBonds(
        address coordinator
    )
        external
        view
        returns (uint256 emaBondStrength, uint256 totalVotes, uint256 correctVotes, uint256 lastUpdateBlock)
    {
        PackedBond storage b = _bonds[coordinator];
        return (b.strength, b.totalVotes, b.correctVotes, b.lastUpdateBlock);
    }

    function getCoordinatorBond(address coordinator) external view returns (CoordinatorBond memory) {
        PackedBond storage b = _bonds[coordinator];
        return CoordinatorBond(b.strength, b.totalVotes, b.correctVotes, b.lastUpdateBlock);
    }

    /// @dev Runs the settlement code on this contract's storage; reverts as it reverts.
    function _settleBy(bytes memory call) private {
        (bool done, bytes memory reason) = _settlement.delegatecall(call);
        if (done) return;
        assembly ("memory-safe") {
            revert(add(reason, 0x20), mload(reason))
        }
    }

    function _parameterOfTasks(bytes32 key) private view returns (uint256) {
        (bool known, bytes memory value) = address(taskContract).staticcall(
            abi.encodeWithSignature("parameter(bytes32)", key)
        );
        return known ? abi.decode(value, (uint256)) : 0;
    }
}
