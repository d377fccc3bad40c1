// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BPS} from "./Enumerations.sol";

/// @title The consensus of votes: stake-weighted majority, and a stake-weighted score with outliers clipped.
/// @notice Integer arithmetic that rounds down. Scores 0–100, stakes in wei, both bounded so nothing overflows.
library ConsensusRule {
    struct Tally {
        address[] coordinators;
        uint256[] stakes;
        uint256[] scores;
        bool[] approvals;
    }

    struct Verdict {
        bool correct;
        bool tied;
        uint256 score;
        uint256 totalStake;
        uint256 correctStake;
        uint256 clippedVotes;
        uint256 lowest;
        uint256 highest;
    }

    /// @param clipBps scores are clamped to centre ∓ ⌊centre · clipBps / 10,000⌋.
    /// @param aroundMedian the centre is the stake-weighted median rounded down; otherwise the mean rounded down.
    function decide(
        Tally memory tally,
        uint256 clipBps,
        bool aroundMedian
    ) internal pure returns (Verdict memory verdict) {
        uint256 votes = tally.stakes.length;
        uint256 weighted;
        for (uint256 i; i < votes; i++) {
            uint256 stake = tally.stakes[i];
            verdict.totalStake += stake;
            weighted += stake * tally.scores[i];
            if (tally.approvals[i]) verdict.correctStake += stake;
        }
        if (verdict.totalStake == 0) {
            verdict.tied = true;
            return verdict;
        }
        verdict.correct = 2 * verdict.correctStake > verdict.totalStake;
        verdict.tied = 2 * verdict.correctStake == verdict.totalStake;
        uint256 centre = aroundMedian ? _median(tally, verdict.totalStake) : weighted / verdict.totalStake;
        uint256 reach = (centre * clipBps) / BPS;
        verdict.lowest = centre - reach;
        verdict.highest = centre + reach;
        weighted = 0;
        for (uint256 i; i < votes; i++) {
            uint256 score = clamp(tally.scores[i], verdict.lowest, verdict.highest);
            if (score != tally.scores[i]) verdict.clippedVotes++;
            weighted += tally.stakes[i] * score;
        }
        verdict.score = weighted / verdict.totalStake;
    }

    function clamp(uint256 value, uint256 lowest, uint256 highest) internal pure returns (uint256) {
        if (value < lowest) return lowest;
        return value > highest ? highest : value;
    }

    /// @dev Where exactly half of the stake lies on each side, halfway between the two scores there.
    function _median(Tally memory tally, uint256 totalStake) private pure returns (uint256) {
        uint256 votes = tally.stakes.length;
        uint256[] memory order = new uint256[](votes);
        for (uint256 i; i < votes; i++) {
            uint256 j = i;
            for (; j > 0 && tally.scores[order[j - 1]] > tally.scores[i]; j--) order[j] = order[j - 1];
            order[j] = i;
        }
        uint256 below;
        for (uint256 i; i < votes; i++) {
            below += tally.stakes[order[i]];
            uint256 score = tally.scores[order[i]];
            if (2 * below > totalStake) return score;
            // Nobody votes without a stake, so the next vote is the first one above.
            if (2 * below == totalStake) return (score + tally.scores[order[i + 1]]) / 2;
        }
        return 0;
    }
}
