// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsensusRule} from "./ConsensusRule.sol";
import {ResultsState} from "./ResultsState.sol";
import {VoteSettlement} from "./VoteSettlement.sol";
import {ITaskContract} from "./interfaces/ITaskContract.sol";
import {
    BPS,
    STATUS_VERIFIED_CORRECT,
    STATUS_VERIFIED_INCORRECT,
    STATUS_REWARDED,
    PHASE_TRUTH,
    PHASE_VOTE_COMMIT,
    PHASE_OPENING,
    PHASE_SETTLEMENT,
    OUTCOME_OPEN,
    OUTCOME_CORRECT,
    OUTCOME_INCORRECT,
    OUTCOME_UNDECIDED,
    OUTCOME_TRAP,
    OUTCOME_WORK_SHOWN,
    OUTCOME_NOT_REVEALED,
    OUTCOME_VOID,
    TRAP_NONE,
    TRAP_WAITING,
    TRAP_TRAPPED
} from "./Enumerations.sol";

/// @title The code that settles tasks. ResultsRewards deploys it and runs it in its own storage by delegatecall,
/// because both do not fit into one contract. Called directly it has no rights and no money.
contract ResultsSettlement is VoteSettlement {
    struct Trap {
        uint8 state;
        bytes32 badContentHash;
        address solver;
    }

    constructor(
        address taskContract_,
        address staking_,
        address governance_
    ) ResultsState(taskContract_, staking_, governance_) {}

    /// @notice Anyone, after the keeper's opening or its deadline. Settling the last solution archives the task.
    function finalizeVoting(uint256 taskId, address solver) external {
        Progress storage progress = _progress[taskId];
        if (progress.archived) revert AlreadyClosed(taskId);
        if (!progress.truthRevealed) revert NothingToVoteOn(taskId);
        if (_contentHashes[taskId][solver] == 0) revert SolutionNotRevealed(taskId, solver);
        if (_results[taskId][solver].outcome != OUTCOME_OPEN) revert AlreadyFinalised(taskId, solver);
        ITaskContract.Terms memory terms = taskContract.termsOf(taskId);
        Trap memory trap = _trapOf(taskId);
        _requireSettlement(taskId, terms, trap);
        _finalise(taskId, solver, terms, trap, false);
        if (progress.finalisedSolutions == progress.revealedSolutions) _archive(taskId, terms);
    }

    /// @notice Anyone, as soon as nothing is left to wait for: settles all that is open and archives the task.
    function closeTask(uint256 taskId) external {
        Progress storage progress = _progress[taskId];
        if (progress.archived) revert AlreadyClosed(taskId);
        ITaskContract.Terms memory terms = taskContract.termsOf(taskId);
        address[] memory solvers = taskContract.getCommittedSolvers(taskId);
        if (progress.truthRevealed && progress.revealedSolutions > 0) {
            Trap memory trap = _trapOf(taskId);
            _requireSettlement(taskId, terms, trap);
            for (uint256 i; i < solvers.length; i++) {
                bool open = _results[taskId][solvers[i]].outcome == OUTCOME_OPEN;
                if (open && _contentHashes[taskId][solvers[i]] != 0)
                    _finalise(taskId, solvers[i], terms, trap, false);
            }
        } else {
            uint8 due = solvers.length == 0 ? PHASE_TRUTH : PHASE_VOTE_COMMIT;
            if (terms.phase < due) {
                ITaskContract.Schedule memory s = taskContract.scheduleOf(taskId);
                revert TooEarly(
                    taskId,
                    block.number,
                    (solvers.length == 0 ? s.commitEnd : s.solutionEnd) + 1
                );
            }
            _requireUndisputed(taskId, terms);
        }
        _archive(taskId, terms);
    }

    /// @notice Settles a solution by the one vote just cast on it.
    function settleSingle(uint256 taskId, address solver) external {
        Progress storage progress = _progress[taskId];
        ITaskContract.Terms memory terms = taskContract.termsOf(taskId);
        _requireUndisputed(taskId, terms);
        Trap memory trap = _trapOf(taskId);
        if (trap.state == TRAP_WAITING) {
            revert TooEarly(taskId, block.number, taskContract.scheduleOf(taskId).openingEnd + 1);
        }
        _finalise(taskId, solver, terms, trap, true);
        if (progress.finalisedSolutions == progress.revealedSolutions) _archive(taskId, terms);
    }

    // Inside

    function _requireSettlement(
        uint256 taskId,
        ITaskContract.Terms memory terms,
        Trap memory trap
    ) private view {
        uint8 due = trap.state == TRAP_WAITING ? PHASE_SETTLEMENT : PHASE_OPENING;
        if (terms.phase < due) {
            ITaskContract.Schedule memory s = taskContract.scheduleOf(taskId);
            uint256 last = due == PHASE_SETTLEMENT ? s.openingEnd : s.voteRevealEnd;
            revert TooEarly(taskId, block.number, last + 1);
        }
        _requireUndisputed(taskId, terms);
    }

    function _requireUndisputed(uint256 taskId, ITaskContract.Terms memory terms) private view {
        if (block.number <= terms.suspendedUntil) revert TaskDisputed(taskId, terms.suspendedUntil);
    }

    function _trapOf(uint256 taskId) private view returns (Trap memory trap) {
        if (address(forcedErrorRegistry) == address(0)) return Trap(TRAP_NONE, 0, address(0));
        (trap.state, trap.badContentHash, trap.solver) = forcedErrorRegistry.trapOf(taskId);
    }

    function _finalise(
        uint256 taskId,
        address solver,
        ITaskContract.Terms memory terms,
        Trap memory trap,
        bool single
    ) private {
        Rules memory rules = _rules[taskId];
        Progress storage progress = _progress[taskId];
        progress.finalisedSolutions++;
        if (terms.status == STATUS_VERIFIED_INCORRECT) {
            _conclude(taskId, solver, OUTCOME_VOID);
            rules.missedVoteSlashBps = 0;
            if (rules.panelSize == 0) _settleSilence(taskId, solver, rules);
            return;
        }
        ConsensusRule.Tally memory tally = _tallyOf(taskId, solver);
        if (!single || rules.panelSize == 0) _settleSilence(taskId, solver, rules);
        ConsensusRule.Verdict memory verdict = ConsensusRule.decide(
            tally,
            rules.clipBps,
            rules.clipAroundMedian
        );
        bool decided = !verdict.tied && (single || _hasQuorum(progress, tally, verdict, rules));
        bool trapped = _isTrap(trap, taskId, solver);
        uint8 outcome = decided ? (verdict.correct ? OUTCOME_CORRECT : OUTCOME_INCORRECT) : OUTCOME_UNDECIDED;
        if (trapped) outcome = OUTCOME_TRAP;
        _record(taskId, solver, outcome, verdict, decided);
        if (decided && (!trapped || rules.trapConsensusSettlement)) {
            _emitClipped(taskId, tally, verdict);
            _settleVotes(taskId, terms.projectId, tally, verdict, rules);
        }
        if (trapped) _settleTrap(taskId, tally);
        else if (decided && verdict.correct) _reward(taskId, solver, terms, verdict.score);
    }

    function _hasQuorum(
        Progress storage progress,
        ConsensusRule.Tally memory tally,
        ConsensusRule.Verdict memory verdict,
        Rules memory rules
    ) private view returns (bool) {
        if (tally.stakes.length < rules.minVotes) return false;
        if (rules.panelSize == 0) return true;
        return verdict.totalStake * BPS >= rules.quorumBps * uint256(progress.panelStake);
    }

    function _isTrap(Trap memory trap, uint256 taskId, address solver) private view returns (bool) {
        return
            trap.state == TRAP_TRAPPED &&
            (trap.solver == solver || trap.solver == address(0)) &&
            _contentHashes[taskId][solver] == trap.badContentHash;
    }

    function _record(
        uint256 taskId,
        address solver,
        uint8 outcome,
        ConsensusRule.Verdict memory verdict,
        bool decided
    ) private {
        Result storage r = _results[taskId][solver];
        r.correct = decided && verdict.correct;
        r.score = uint8(verdict.score);
        r.clippedVotes = uint8(verdict.clippedVotes);
        r.totalStake = uint112(verdict.totalStake);
        r.correctStake = uint112(verdict.correctStake);
        if (decided) {
            taskContract.recordScore(taskId, solver, verdict.score);
            emit YumaConsensusReached(taskId, solver, verdict.correct, verdict.score);
        }
        _conclude(taskId, solver, outcome);
    }

    function _conclude(uint256 taskId, address solver, uint8 outcome) private {
        _results[taskId][solver].outcome = outcome;
        emit SubmissionFinalised(taskId, solver, outcome);
    }

    function _settleTrap(uint256 taskId, ConsensusRule.Tally memory tally) private {
        uint256 length = tally.coordinators.length;
        address[] memory approvers = new address[](length);
        address[] memory catchers = new address[](length);
        uint256 approving;
        uint256 catching;
        for (uint256 i; i < length; i++) {
            if (tally.approvals[i]) approvers[approving++] = tally.coordinators[i];
            else catchers[catching++] = tally.coordinators[i];
        }
        assembly ("memory-safe") {
            mstore(approvers, approving)
            mstore(catchers, catching)
        }
        forcedErrorRegistry.settleTrap(taskId, approvers, catchers);
    }

    function _reward(
        uint256 taskId,
        address solver,
        ITaskContract.Terms memory terms,
        uint256 score
    ) private {
        Progress storage progress = _progress[taskId];
        progress.anyCorrect = true;
        uint256 reward = (terms.solverReward * terms.multiplierBps * score) / (BPS * 100);
        _pay(taskId, solver, reward, "solver");
        if (progress.learnabilityPaid) return;
        progress.learnabilityPaid = true;
        _pay(taskId, terms.proposer, terms.learnabilityReward, "proposer");
    }

    function _pay(uint256 taskId, address recipient, uint256 amount, string memory kind) private {
        if (amount == 0) return;
        uint256 paid = projectContract.payFromReserve(taskId, recipient, amount);
        if (paid > 0) emit RewardsDistributed(taskId, recipient, paid, kind);
    }

    function _archive(uint256 taskId, ITaskContract.Terms memory terms) private {
        Progress storage progress = _progress[taskId];
        progress.archived = true;
        bool voted = progress.truthRevealed && progress.revealedSolutions > 0;
        bool rewarded = voted;
        _settleUnrevealed(taskId);
        if (!progress.truthRevealed) rewarded = _settleMissingTruth(taskId, terms);
        if (address(forcedErrorRegistry) != address(0)) forcedErrorRegistry.closeForcedError(taskId, voted);
        projectContract.closeReserve(taskId, progress.anyCorrect);
        Seat[] storage seats = _panels[taskId];
        for (uint256 i; i < seats.length; i++) staking.closeDuty(seats[i].coordinator);
        uint8 status;
        if (voted) status = progress.anyCorrect ? STATUS_VERIFIED_CORRECT : STATUS_VERIFIED_INCORRECT;
        if (voted) taskContract.updateTaskStatus(taskId, status);
        if (rewarded) {
            progress.rewarded = true;
            taskContract.updateTaskStatus(taskId, STATUS_REWARDED);
        }
        taskContract.archiveTask(taskId);
        emit TaskClosed(taskId, status);
    }

    function _settleUnrevealed(uint256 taskId) private {
        address[] memory solvers = taskContract.getCommittedSolvers(taskId);
        uint256 shareBps = _rules[taskId].unrevealedSolutionSlashBps;
        for (uint256 i; i < solvers.length; i++) {
            if (_contentHashes[taskId][solvers[i]] != 0) continue;
            uint256 stake = staking.getStake(solvers[i]).amount;
            _slashShare(solvers[i], stake, shareBps, "solution not revealed");
            _conclude(taskId, solvers[i], OUTCOME_NOT_REVEALED);
        }
    }

    /// @dev The proposer is slashed if anyone committed to its task. Who revealed is paid for work shown, together at
    /// most a parameterised share of what the slash took: a proposer gains nothing by paying its own solvers unseen.
    function _settleMissingTruth(
        uint256 taskId,
        ITaskContract.Terms memory terms
    ) private returns (bool paidAny) {
        address[] memory solvers = taskContract.getCommittedSolvers(taskId);
        if (solvers.length == 0) return false;
        Rules memory rules = _rules[taskId];
        uint256 stake = staking.getStake(terms.proposer).amount;
        uint256 taken = _slashShare(
            terms.proposer,
            stake,
            rules.unrevealedTruthSlashBps,
            "ground truth not revealed"
        );
        uint256 revealed = _progress[taskId].revealedSolutions;
        if (revealed == 0) return false;
        uint256 most = (taken * rules.workShownCapBps) / BPS / revealed;
        uint256 pay = (terms.solverReward * terms.multiplierBps * rules.workShownBps) / (BPS * BPS);
        if (pay > most) pay = most;
        for (uint256 i; i < solvers.length; i++) {
            if (_contentHashes[taskId][solvers[i]] == 0) continue;
            _conclude(taskId, solvers[i], OUTCOME_WORK_SHOWN);
            _pay(taskId, solvers[i], pay, "workShown");
        }
        return pay > 0;
    }
}
