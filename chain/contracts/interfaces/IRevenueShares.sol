// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What a project token tells its project before balances change.
interface IRevenueShares {
    function settleShares(uint256 projectId, address from, address to) external;
}
