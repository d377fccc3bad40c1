// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What the DAO needs of the timelock.
interface ITimelock {
    function queue(
        uint256 proposalId,
        address target,
        uint256 value,
        bytes32 calldataHash
    ) external returns (uint256 readyAt, uint256 executableUntil);

    function execute(uint256 proposalId, address target, uint256 value, bytes calldata data) external;

    function cancel(uint256 proposalId, address target, uint256 value, bytes32 calldataHash) external;
}
