// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The mean by stake of scores that are first clamped to a band around their mean by stake. Rounds down.
library ClippedMean {
    /// @param reachBps half of the band, as a share of the first mean.
    function weigh(
        uint256[] memory scores,
        uint256[] memory stakes,
        uint256 reachBps
    ) internal pure returns (uint256 mean, uint256[] memory clipped) {
        uint256 first = _mean(scores, stakes);
        uint256 reach = (first * reachBps) / 10_000;
        clipped = new uint256[](scores.length);
        for (uint256 i; i < scores.length; i++) {
            clipped[i] = scores[i];
            if (scores[i] < first - reach) clipped[i] = first - reach;
            if (scores[i] > first + reach) clipped[i] = first + reach;
        }
        mean = _mean(clipped, stakes);
    }

    function _mean(uint256[] memory scores, uint256[] memory stakes) private pure returns (uint256) {
        uint256 sum;
        uint256 total;
        for (uint256 i; i < scores.length; i++) {
            sum += scores[i] * stakes[i];
            total += stakes[i];
        }
        return sum / total;
    }
}
