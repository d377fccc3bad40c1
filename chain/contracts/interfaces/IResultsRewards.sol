// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What tasks and forced errors need of results and rewards.
interface IResultsRewards {
    function openTask(
        uint256 taskId,
        uint256 projectId,
        address proposer,
        uint256 learnabilityReward,
        uint256 scaledSolverReward,
        uint256 maxSolvers
    ) external;

    function contentHashOf(uint256 taskId, address solver) external view returns (bytes32);

    function voteOnContent(
        uint256 taskId,
        bytes32 contentHash,
        address coordinator
    ) external view returns (bool voted, bool approved);
}
