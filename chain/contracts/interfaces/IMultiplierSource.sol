// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Where a task's reward multiplier comes from (the capability scorecard).
interface IMultiplierSource {
    /// @return basis points; 10,000 = 1.00, also for an unknown module.
    function multiplierBps(uint256 moduleId) external view returns (uint256);
}
