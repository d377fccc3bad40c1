// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Parameterised} from "./Parameterised.sol";
import {ITimelock} from "./interfaces/ITimelock.sol";

/// @title The only governor of the protocol after deployment. Times in seconds.
/// @notice The DAO alone queues, cancels and executes. What was queued can be executed once, after a delay in which
/// everyone sees what is coming, and until it expires. The timelock governs itself.
contract Timelock is Parameterised, ITimelock {
    struct Operation {
        uint64 readyAt;
        uint64 executableUntil;
        bool closed;
    }

    address public dao;
    mapping(bytes32 operation => Operation) public operations;

    event DaoChanged(address indexed dao);
    event OperationQueued(bytes32 indexed operation, uint256 readyAt, uint256 executableUntil);
    event OperationExecuted(bytes32 indexed operation);
    event OperationCanceled(bytes32 indexed operation);

    error NotDao(address caller, address dao);
    error AlreadyQueued(bytes32 operation);
    error NothingQueued(bytes32 operation);
    error NotReady(bytes32 operation, uint256 readyAt, uint256 currentTime);
    error OperationExpired(bytes32 operation, uint256 executableUntil, uint256 currentTime);
    error NoCode(address target);

    modifier onlyDao() {
        if (msg.sender != dao) revert NotDao(msg.sender, dao);
        _;
    }

    constructor(address governance_) Parameterised(governance_) {
        _declare("timelockDelay", 2 days, 0, 365 days);
        _declare("timelockExpiry", 14 days, 1 hours, 365 days);
    }

    /// @dev Proposals may carry native value, which is paid from here.
    receive() external payable {}

    /// @notice DAO only, once for the same call of the same proposal. Delay and expiry are fixed here.
    function queue(
        uint256 proposalId,
        address target,
        uint256 value,
        bytes32 calldataHash
    ) external onlyDao returns (uint256 readyAt, uint256 executableUntil) {
        bytes32 operation = operationOf(msg.sender, proposalId, target, value, calldataHash);
        if (operations[operation].readyAt != 0) revert AlreadyQueued(operation);
        readyAt = block.timestamp + _value("timelockDelay");
        executableUntil = readyAt + _value("timelockExpiry");
        operations[operation] = Operation(uint64(readyAt), uint64(executableUntil), false);
        emit OperationQueued(operation, readyAt, executableUntil);
    }

    /// @notice DAO only, from the first second after the delay to the last before the expiry. Reverts as the call
    /// reverts, and can then be tried again.
    function execute(
        uint256 proposalId,
        address target,
        uint256 value,
        bytes calldata data
    ) external onlyDao {
        bytes32 operation = operationOf(msg.sender, proposalId, target, value, keccak256(data));
        Operation storage o = _open(operation);
        if (block.timestamp < o.readyAt) revert NotReady(operation, o.readyAt, block.timestamp);
        if (block.timestamp > o.executableUntil)
            revert OperationExpired(operation, o.executableUntil, block.timestamp);
        if (data.length > 0 && target.code.length == 0) revert NoCode(target);
        o.closed = true;
        emit OperationExecuted(operation);
        (bool done, bytes memory reason) = target.call{value: value}(data);
        if (done) return;
        assembly ("memory-safe") {
            revert(add(reason, 0x20), mload(reason))
        }
    }

    /// @notice DAO only.
    function cancel(
        uint256 proposalId,
        address target,
        uint256 value,
        bytes32 calldataHash
    ) external onlyDao {
        bytes32 operation = operationOf(msg.sender, proposalId, target, value, calldataHash);
        _open(operation).closed = true;
        emit OperationCanceled(operation);
    }

    /// @notice Governance: hands the timelock to another DAO. What the former queued can't be executed any more.
    function setDao(address newDao) external onlyGovernance {
        if (newDao == address(0)) revert ZeroAddress();
        dao = newDao;
        emit DaoChanged(newDao);
    }

    /// @notice The identity of a queued call: everything about it.
    function operationOf(
        address byDao,
        uint256 proposalId,
        address target,
        uint256 value,
        bytes32 calldataHash
    ) public pure returns (bytes32) {
        return keccak256(abi.encode(byDao, proposalId, target, value, calldataHash));
    }

    function _open(bytes32 operation) private view returns (Operation storage o) {
        o = operations[operation];
        if (o.readyAt == 0 || o.closed) revert NothingQueued(operation);
    }
}
