// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ATNToken} from "./ATNToken.sol";
import {Parameterised} from "./Parameterised.sol";
import {IProject} from "./interfaces/IProject.sol";

/// @title Every project's own ledger, in wei of ATN: funding, budget, reserved, revenue.
/// @notice The contract's ATN balance is the sum of all four over all projects. Money enters through `_receive`,
/// leaves through `_send`, and moves between accounts in the same call that takes it from another.
abstract contract ProjectLedger is Parameterised, IProject {
    using SafeCast for uint256;

    struct ProjectRecord {
        uint256 id;
        string name;
        string descriptionCid;
        address founder;
        uint8 status;
        uint256 creationTime;
        address projectToken;
        uint256 totalPTsIssued;
        uint256 fundingGoalATN;
        uint256 currentFundingATN;
        uint256 taskRewardBudgetATN;
        string matureModelWeightsCid;
        uint256 atnPricePerInference;
        address inferenceFeeRecipient;
    }

    struct Accounts {
        uint128 reserved;
        uint128 revenue;
        uint128 funding;
    }

    struct Reserve {
        uint128 projectId;
        uint128 amount;
    }

    ATNToken public immutable atnToken;
    uint256 public nextProjectId = 1;

    /// @dev taskRewardBudgetATN is the free budget; currentFundingATN all that was ever paid in for tokens or
    /// as initial budget.
    mapping(uint256 projectId => ProjectRecord) internal _projects;
    mapping(uint256 projectId => Accounts) internal _accounts;
    mapping(uint256 taskId => Reserve) public taskReserves;
    mapping(address disburser => bool) public authorizedDisbursers;

    event DisburserAuthorized(address indexed disburser, bool authorized);
    event TaskBudgetAllocated(uint256 indexed projectId, uint256 amount);
    event BudgetDisbursed(uint256 indexed projectId, address indexed recipient, uint256 amount);
    event TaskReserved(uint256 indexed projectId, uint256 indexed taskId, uint256 amount);
    event TaskReserveClosed(uint256 indexed projectId, uint256 indexed taskId, uint256 returned);

    error UnknownProject(uint256 projectId);
    error NotFounder(uint256 projectId, address caller);
    error NotDisburser(address caller);
    error FundingTooSmall(uint256 projectId, uint256 needed, uint256 available);
    error BudgetTooSmall(uint256 projectId, uint256 needed, uint256 available);
    error AlreadyReserved(uint256 taskId);

    modifier onlyDisburser() {
        if (!authorizedDisbursers[msg.sender]) revert NotDisburser(msg.sender);
        _;
    }

    /// @notice A project's accounts in wei. `reserved` belongs to open tasks, `budget` is free, `funding` is not
    /// yet allocated, `revenue` is owed to holders of the project's token.
    function ledgerOf(
        uint256 projectId
    ) external view returns (uint256 funding, uint256 budget, uint256 reserved, uint256 revenue) {
        Accounts storage a = _accounts[projectId];
        return (a.funding, _projects[projectId].taskRewardBudgetATN, a.reserved, a.revenue);
    }

    /// @notice Founder or governance: moves paid-in funding to the task budget.
    function allocateTaskBudget(uint256 projectId, uint256 amount) external {
        _requireFounderOrGovernance(projectId);
        Accounts storage a = _accounts[projectId];
        if (amount > a.funding) revert FundingTooSmall(projectId, amount, a.funding);
        a.funding -= uint128(amount);
        _projects[projectId].taskRewardBudgetATN += amount;
        emit TaskBudgetAllocated(projectId, amount);
    }

    /// @notice Authorised disbursers: pays from the free budget; false, and nothing moved, if it is short.
    function disburseFromBudget(
        uint256 projectId,
        address recipient,
        uint256 amount
    ) external onlyDisburser returns (bool) {
        return _payFromBudget(projectId, recipient, amount);
    }

    /// @notice Authorised disbursers: pays from what a task reserved, at most what is left of it.
    function payFromReserve(
        uint256 taskId,
        address recipient,
        uint256 amount
    ) external onlyDisburser returns (uint256 paid) {
        Reserve storage r = taskReserves[taskId];
        paid = amount < r.amount ? amount : r.amount;
        if (paid == 0) return 0;
        r.amount -= uint128(paid);
        _accounts[r.projectId].reserved -= uint128(paid);
        emit BudgetDisbursed(r.projectId, recipient, paid);
        _send(recipient, paid);
    }

    function setAuthorizedDisburser(address disburser, bool authorized) external onlyGovernance {
        authorizedDisbursers[disburser] = authorized;
        emit DisburserAuthorized(disburser, authorized);
    }

    function _reserve(uint256 projectId, uint256 taskId, uint256 amount) internal {
        if (taskReserves[taskId].projectId != 0) revert AlreadyReserved(taskId);
        ProjectRecord storage p = _projects[projectId];
        if (amount > p.taskRewardBudgetATN) revert BudgetTooSmall(projectId, amount, p.taskRewardBudgetATN);
        p.taskRewardBudgetATN -= amount;
        _accounts[projectId].reserved += uint128(amount);
        taskReserves[taskId] = Reserve(projectId.toUint128(), amount.toUint128());
        emit TaskReserved(projectId, taskId, amount);
    }

    function _closeReserve(uint256 taskId) internal returns (uint256 projectId) {
        Reserve storage r = taskReserves[taskId];
        projectId = r.projectId;
        uint128 returned = r.amount;
        r.amount = 0;
        _accounts[projectId].reserved -= returned;
        _projects[projectId].taskRewardBudgetATN += returned;
        emit TaskReserveClosed(projectId, taskId, returned);
    }

    function _payFromBudget(uint256 projectId, address recipient, uint256 amount) internal returns (bool) {
        ProjectRecord storage p = _projects[projectId];
        if (amount > p.taskRewardBudgetATN) return false;
        p.taskRewardBudgetATN -= amount;
        emit BudgetDisbursed(projectId, recipient, amount);
        _send(recipient, amount);
        return true;
    }

    function _receive(address from, uint256 amount) internal {
        if (amount > 0) atnToken.transferFrom(from, address(this), amount);
    }

    function _send(address to, uint256 amount) internal {
        if (amount > 0) atnToken.transfer(to, amount);
    }

    function _known(uint256 projectId) internal view returns (ProjectRecord storage p) {
        p = _projects[projectId];
        if (p.id == 0) revert UnknownProject(projectId);
    }

    function _isFounderOrGovernance(uint256 projectId, address account) internal view returns (bool) {
        return account == governance || account == _projects[projectId].founder;
    }

    function _requireFounderOrGovernance(uint256 projectId) internal view {
        _known(projectId);
        if (!_isFounderOrGovernance(projectId, msg.sender)) revert NotFounder(projectId, msg.sender);
    }
}
