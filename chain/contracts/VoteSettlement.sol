// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsensusRule} from "./ConsensusRule.sol";
import {ResultsState} from "./ResultsState.sol";
import {BPS, WAD} from "./Enumerations.sol";

/// @title What votes earn and cost: bonds, fees, slashes. None of it can revert for want of stake or budget.
/// @notice Bonds have 18 decimals: b ← decay · b + (1 − decay) · [with the consensus].
abstract contract VoteSettlement is ResultsState {
    function _tallyOf(
        uint256 taskId,
        address solver
    ) internal view returns (ConsensusRule.Tally memory tally) {
        Vote[] memory cast = _revealedVotes(taskId, solver);
        uint256 count = cast.length;
        tally.coordinators = new address[](count);
        tally.stakes = new uint256[](count);
        tally.scores = new uint256[](count);
        tally.approvals = new bool[](count);
        for (uint256 i; i < count; i++) {
            tally.coordinators[i] = cast[i].coordinator;
            tally.stakes[i] = cast[i].stake;
            tally.scores[i] = cast[i].score;
            tally.approvals[i] = cast[i].isCorrect;
        }
    }

    /// @dev Drawn or committed and not revealed costs a share of the stake. Ends the duties of open votes.
    function _settleSilence(uint256 taskId, address solver, Rules memory rules) internal {
        Ballot[] storage ballots = _ballots[taskId][solver];
        uint256 length = ballots.length;
        if (rules.panelSize == 0) {
            for (uint256 i; i < length; i++) {
                address coordinator = ballots[i].coordinator;
                if (!ballots[i].revealed) _slashSilent(taskId, solver, coordinator, rules);
                staking.closeDuty(coordinator);
            }
            return;
        }
        Seat[] storage seats = _panels[taskId];
        for (uint256 s; s < seats.length; s++) {
            address coordinator = seats[s].coordinator;
            bool voted;
            for (uint256 i; i < length && !voted; i++) {
                voted = ballots[i].coordinator == coordinator && ballots[i].revealed;
            }
            if (!voted) _slashSilent(taskId, solver, coordinator, rules);
        }
    }

    /// @dev With the consensus: bond up and fee. Against it: bond down and slash.
    function _settleVotes(
        uint256 taskId,
        uint256 projectId,
        ConsensusRule.Tally memory tally,
        ConsensusRule.Verdict memory verdict,
        Rules memory rules
    ) internal {
        uint256 allowance = _feeAllowance(rules);
        uint256 votesCast = tally.stakes.length;
        for (uint256 i; i < votesCast; i++) {
            address coordinator = tally.coordinators[i];
            if (tally.approvals[i] != verdict.correct) {
                _moveBond(coordinator, false, rules.bondDecay);
                _slashShare(coordinator, tally.stakes[i], rules.consensusSlashBps, "vote against consensus");
                continue;
            }
            uint256 fee = rules.coordinatorFee;
            if (rules.feeByStake) fee = (fee * votesCast * tally.stakes[i]) / verdict.totalStake;
            fee = _feeWithBond(
                fee,
                _nextBond(_bonds[coordinator].strength, true, rules.bondDecay),
                rules.bondBonus
            );
            bool reserved = fee <= allowance;
            if (reserved) allowance -= fee;
            if (_payFee(taskId, projectId, coordinator, fee, reserved)) {
                _moveBond(coordinator, true, rules.bondDecay);
                emit RewardsDistributed(taskId, coordinator, fee, "coordinator");
            }
        }
    }

    function _emitClipped(
        uint256 taskId,
        ConsensusRule.Tally memory tally,
        ConsensusRule.Verdict memory verdict
    ) internal {
        for (uint256 i; i < tally.scores.length; i++) {
            uint256 score = tally.scores[i];
            uint256 clipped = ConsensusRule.clamp(score, verdict.lowest, verdict.highest);
            if (clipped != score) emit VoteClipped(taskId, tally.coordinators[i], score, clipped);
        }
    }

    /// @return taken what the slash can take now, in wei.
    function _slashShare(
        address participant,
        uint256 ofStake,
        uint256 shareBps,
        string memory reason
    ) internal returns (uint256 taken) {
        uint256 there = staking.getStake(participant).amount;
        taken = (ofStake * shareBps) / BPS;
        if (taken > there) taken = there;
        if (taken > 0) staking.slash(participant, taken, reason);
    }

    /// @dev A reserved fee is always covered; the others are paid while the free budget lasts. Unpaid, no bond grows.
    function _payFee(
        uint256 taskId,
        uint256 projectId,
        address coordinator,
        uint256 fee,
        bool reserved
    ) private returns (bool) {
        if (fee == 0) return false;
        if (reserved) return projectContract.payFromReserve(taskId, coordinator, fee) == fee;
        return projectContract.disburseFromBudget(projectId, coordinator, fee);
    }

    function _slashSilent(uint256 taskId, address solver, address coordinator, Rules memory rules) private {
        uint256 stake = staking.getStake(coordinator).amount;
        _slashShare(coordinator, stake, rules.missedVoteSlashBps, "vote not revealed");
        emit VoteMissed(taskId, solver, coordinator);
    }

    function _moveBond(address coordinator, bool aligned, uint256 decay) private {
        PackedBond memory b = _bonds[coordinator];
        b.strength = uint128(_nextBond(b.strength, aligned, decay));
        b.totalVotes++;
        if (aligned) b.correctVotes++;
        b.lastUpdateBlock = uint48(block.number);
        _bonds[coordinator] = b;
        emit BondUpdated(coordinator, b.strength, aligned);
    }

    function _nextBond(uint256 bond, bool aligned, uint256 decay) private pure returns (uint256) {
        return (bond * decay + (aligned ? (WAD - decay) * WAD : 0)) / WAD;
    }
}
