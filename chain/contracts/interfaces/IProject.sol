// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What the task contracts need of the project ledger.
interface IProject {
    function reserveForTask(uint256 projectId, uint256 taskId, address proposer, uint256 amount) external;

    function payFromReserve(
        uint256 taskId,
        address recipient,
        uint256 amount
    ) external returns (uint256 paid);

    function closeReserve(uint256 taskId, bool verified) external;

    function disburseFromBudget(uint256 projectId, address recipient, uint256 amount) external returns (bool);
}
