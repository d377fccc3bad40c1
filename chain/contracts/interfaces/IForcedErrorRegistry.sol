// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What settling a task needs to know and to tell of forced errors.
interface IForcedErrorRegistry {
    function trapOf(
        uint256 taskId
    ) external view returns (uint8 state, bytes32 badContentHash, address trapSolver);

    function settleTrap(uint256 taskId, address[] calldata approvers, address[] calldata catchers) external;

    function closeForcedError(uint256 taskId, bool openingWasDue) external;
}
