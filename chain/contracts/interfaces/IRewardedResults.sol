// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITaskContract} from "./ITaskContract.sol";

/// @title What the shard registry needs to know of results: who won which task with what.
interface IRewardedResults {
    function outcomeOf(uint256 taskId, address solver) external view returns (uint8);

    function contentHashOf(uint256 taskId, address solver) external view returns (bytes32);

    function taskContract() external view returns (ITaskContract);
}
