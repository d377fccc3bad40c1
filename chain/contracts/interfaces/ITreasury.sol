// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What the treasury offers to contracts that may spend from it.
interface ITreasury {
    function payFee(address to, uint256 amount) external returns (bool paid);
}
