// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ProjectLedger} from "./ProjectLedger.sol";
import {ProjectToken} from "./ProjectToken.sol";
import {IRevenueShares} from "./interfaces/IRevenueShares.sol";
import {
    WAD,
    PROJECT_FUNDING,
    PROJECT_TRAINING,
    PROJECT_MATURING,
    PROJECT_DEPLOYED,
    PROJECT_PAUSED,
    PROJECT_FAILED
} from "./Enumerations.sol";

/// @title Creating and funding projects, and sharing their revenue among token holders.
/// @notice Prices in wei of ATN per whole project token. Revenue per token only grows; each holder's share is
/// settled before its balance changes, so a token never earns twice. Who bought tokens is not diluted by cheaper ones:
/// only governance takes the price below the highest one that was paid.
abstract contract ProjectInvestment is ProjectLedger, IRevenueShares {
    using SafeCast for uint256;

    struct Share {
        uint256 settledPerToken;
        uint256 owed;
    }

    /// @dev Revenue per token is kept in 1/2^128 wei.
    uint256 private constant SCALE = 1 << 128;

    mapping(address founder => uint256[]) public founderProjects;
    mapping(uint256 projectId => uint256) public tokenPrice;
    /// @notice Below this price only governance goes: the highest at which tokens were sold since governance last went
    /// below it; 0 before the first sale.
    mapping(uint256 projectId => uint256) public tokenPriceFloor;
    mapping(uint256 projectId => mapping(address holder => uint256)) public withdrawnRevenue;
    mapping(uint256 projectId => uint256) private _revenuePerToken;
    mapping(uint256 projectId => mapping(address holder => Share)) private _shares;

    event ProjectCreated(
        uint256 indexed projectId,
        address indexed founder,
        string name,
        address projectToken
    );
    event ProjectFunded(
        uint256 indexed projectId,
        address indexed funder,
        uint256 atnAmount,
        uint256 ptsIssued
    );
    event ProjectStatusChanged(uint256 indexed projectId, uint8 newStatus);
    event RevenueWithdrawn(uint256 indexed projectId, address indexed shareholder, uint256 amount);
    event TokenPriceSet(uint256 indexed projectId, uint256 price);

    error NotOpenForFunding(uint256 projectId, uint8 status);
    error TooFewTokens(uint256 projectId, uint256 issued, uint256 expected);
    error ZeroTokenPrice(uint256 projectId);
    error TokenPriceBelowFloor(uint256 projectId, uint256 price, uint256 floor);
    error NothingToWithdraw(uint256 projectId, address holder);
    error NotProjectToken(uint256 projectId, address caller);
    error StatusNotAllowed(uint256 projectId, uint8 from, uint8 to);

    /// @notice Anyone. Takes the initial budget from the founder at once, as free task budget; it counts as funding
    /// towards the goal. Mints the founder's tokens and nothing else.
    function createProject(
        string calldata name,
        string calldata descriptionCid,
        uint256 fundingGoalATN,
        uint256 initialBudgetATN,
        uint256 founderPTAmount,
        string calldata ptName,
        string calldata ptSymbol
    ) external returns (uint256 projectId) {
        projectId = nextProjectId++;
        ProjectRecord storage p = _projects[projectId];
        p.id = projectId;
        p.name = name;
        p.descriptionCid = descriptionCid;
        p.founder = msg.sender;
        p.creationTime = block.timestamp;
        p.fundingGoalATN = fundingGoalATN;
        p.inferenceFeeRecipient = address(this);
        p.projectToken = address(new ProjectToken(ptName, ptSymbol, projectId));
        tokenPrice[projectId] = _value("defaultTokenPrice");
        founderProjects[msg.sender].push(projectId);
        emit ProjectCreated(projectId, msg.sender, name, p.projectToken);
        p.taskRewardBudgetATN = initialBudgetATN;
        _receive(msg.sender, initialBudgetATN);
        if (initialBudgetATN > 0) emit TaskBudgetAllocated(projectId, initialBudgetATN);
        _issue(p, msg.sender, founderPTAmount);
        _countFunding(p, initialBudgetATN);
    }

    /// @notice Anyone, while the project is funding, training or maturing: buys tokens at the project's price.
    /// Reverts if that gives fewer than `expectedPTs`.
    function fundProject(uint256 projectId, uint256 atnAmount, uint256 expectedPTs) external {
        ProjectRecord storage p = _known(projectId);
        if (p.status > PROJECT_MATURING) revert NotOpenForFunding(projectId, p.status);
        uint256 price = tokenPrice[projectId];
        uint256 issued = Math.mulDiv(atnAmount, WAD, price);
        if (issued < expectedPTs) revert TooFewTokens(projectId, issued, expectedPTs);
        if (issued > 0 && price > tokenPriceFloor[projectId]) tokenPriceFloor[projectId] = price;
        _accounts[projectId].funding += atnAmount.toUint128();
        _receive(msg.sender, atnAmount);
        _issue(p, msg.sender, issued);
        emit ProjectFunded(projectId, msg.sender, atnAmount, issued);
        _countFunding(p, atnAmount);
    }

    /// @notice Founder or governance. Price in wei of ATN for one whole token, not zero; the founder's not below the
    /// floor, or it could buy most of the project for nearly nothing after others have paid for it. Governance may
    /// go below, where a project finds no investors any more or somebody bought dust at a mistaken price.
    function setTokenPrice(uint256 projectId, uint256 price) external {
        _requireFounderOrGovernance(projectId);
        if (price == 0) revert ZeroTokenPrice(projectId);
        uint256 floor = tokenPriceFloor[projectId];
        if (price < floor) {
            if (msg.sender != governance) revert TokenPriceBelowFloor(projectId, price, floor);
            tokenPriceFloor[projectId] = price;
        }
        tokenPrice[projectId] = price;
        emit TokenPriceSet(projectId, price);
    }

    /// @notice Founder: training, maturing, paused and back. Governance: also failed, which is final and shares
    /// what is neither spent nor reserved among the token's holders. Deployment is `setMatureModel`.
    function updateStatus(uint256 projectId, uint8 newStatus) external {
        _requireFounderOrGovernance(projectId);
        ProjectRecord storage p = _projects[projectId];
        bool deployed = bytes(p.matureModelWeightsCid).length > 0;
        bool allowed =
            newStatus == PROJECT_PAUSED ||
                (newStatus == PROJECT_DEPLOYED && deployed) ||
                ((newStatus == PROJECT_TRAINING || newStatus == PROJECT_MATURING) && !deployed) ||
                (newStatus == PROJECT_FAILED && msg.sender == governance);
        if (!allowed || p.status == PROJECT_FAILED || p.status == newStatus) {
            revert StatusNotAllowed(projectId, p.status, newStatus);
        }
        _setStatus(p, newStatus);
        if (newStatus == PROJECT_FAILED) _liquidate(projectId);
    }

    /// @notice A holder of the project's token: pays out its share of revenue up to now.
    function withdrawRevenue(uint256 projectId) external {
        ProjectRecord storage p = _known(projectId);
        _settle(projectId, p.projectToken, msg.sender);
        uint256 amount = _shares[projectId][msg.sender].owed;
        if (amount == 0) revert NothingToWithdraw(projectId, msg.sender);
        _shares[projectId][msg.sender].owed = 0;
        withdrawnRevenue[projectId][msg.sender] += amount;
        _accounts[projectId].revenue -= uint128(amount);
        _send(msg.sender, amount);
        emit RevenueWithdrawn(projectId, msg.sender, amount);
    }

    /// @notice The project's token only, before balances change.
    function settleShares(uint256 projectId, address from, address to) external {
        address token = _projects[projectId].projectToken;
        if (msg.sender != token) revert NotProjectToken(projectId, msg.sender);
        if (from != address(0)) _settle(projectId, token, from);
        if (to != address(0)) _settle(projectId, token, to);
    }

    function getProjectToken(uint256 projectId) external view returns (address) {
        return _projects[projectId].projectToken;
    }

    /// @notice What `withdrawRevenue` would pay, in wei.
    function withdrawableRevenue(uint256 projectId, address holder) external view returns (uint256) {
        return
            _shares[projectId][holder].owed + _accrued(projectId, _projects[projectId].projectToken, holder);
    }

    /// @dev Books ATN that the contract holds already. Without token holders it is funding, not revenue.
    function _shareRevenue(uint256 projectId, uint256 amount) internal {
        uint256 supply = ProjectToken(_projects[projectId].projectToken).totalSupply();
        if (supply == 0) {
            _accounts[projectId].funding += amount.toUint128();
            return;
        }
        _accounts[projectId].revenue += amount.toUint128();
        _revenuePerToken[projectId] += Math.mulDiv(amount, SCALE, supply);
    }

    function _setStatus(ProjectRecord storage p, uint8 newStatus) internal {
        p.status = newStatus;
        emit ProjectStatusChanged(p.id, newStatus);
    }

    function _liquidate(uint256 projectId) internal {
        ProjectRecord storage p = _projects[projectId];
        uint256 left = p.taskRewardBudgetATN + _accounts[projectId].funding;
        p.taskRewardBudgetATN = 0;
        _accounts[projectId].funding = 0;
        _shareRevenue(projectId, left);
    }

    function _issue(ProjectRecord storage p, address to, uint256 amount) private {
        if (amount == 0) return;
        p.totalPTsIssued += amount;
        ProjectToken(p.projectToken).mint(to, amount);
    }

    function _countFunding(ProjectRecord storage p, uint256 amount) private {
        p.currentFundingATN += amount;
        if (p.status == PROJECT_FUNDING && p.currentFundingATN >= p.fundingGoalATN)
            _setStatus(p, PROJECT_TRAINING);
    }

    function _settle(uint256 projectId, address token, address holder) private {
        uint256 accrued = _accrued(projectId, token, holder);
        Share storage s = _shares[projectId][holder];
        if (accrued > 0) s.owed += accrued;
        uint256 perToken = _revenuePerToken[projectId];
        if (s.settledPerToken != perToken) s.settledPerToken = perToken;
    }

    function _accrued(uint256 projectId, address token, address holder) private view returns (uint256) {
        uint256 since = _revenuePerToken[projectId] - _shares[projectId][holder].settledPerToken;
        if (since == 0) return 0;
        return Math.mulDiv(ProjectToken(token).balanceOf(holder), since, SCALE);
    }
}
