// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

interface IProject {
    function disburseFromBudget(uint256 projectId, address recipient, uint256 amount) external returns (bool);
}
