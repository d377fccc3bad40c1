// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What a project's rounds need of the disputes about them.
interface IAggregationDisputes {
    function recordPublication(uint256 projectId, uint256 round, address aggregator, uint256 reward) external;

    function isDisputed(uint256 projectId, uint256 round) external view returns (bool);

    function isDisputable(uint256 projectId, uint256 round) external view returns (bool);

    function isFinal(uint256 projectId, uint256 round) external view returns (bool);
}
