// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What disputes and the shard registry need of a project's rounds.
interface IProjectRounds {
    function reopenRound(uint256 projectId, uint256 round, uint256 refund) external;

    function mayPublish(uint256 projectId, address account) external view returns (bool);

    function lastRoundOf(uint256 projectId) external view returns (uint256);

    function globalModelOf(uint256 projectId, uint256 round) external view returns (string memory);

    function getMatureModel(
        uint256 projectId
    ) external view returns (string memory weightsCid, uint256 price);
}
