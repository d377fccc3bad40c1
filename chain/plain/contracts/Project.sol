// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {GovernedWithSuccession, Governed} from "./Governed.sol";
import {ProjectToken} from "./ProjectToken.sol";
import {PROJECT_FUNDING, PROJECT_TRAINING, PROJECT_DEPLOYED, PROJECT_LAST_STATUS} from "./Enumerations.sol";

/// @title Projects of the plain set: funding, task budgets, inference.
/// @notice Known to be weak. All ATN lies in one pot: an initial budget needs no deposit, funding can be allocated
/// again and again, backers name the tokens that they get, revenue is a share of the whole pot, discounts have no bound.
contract Project is GovernedWithSuccession, Ownable {
    using SafeERC20 for IERC20;

    struct ProjectInfo {
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

    struct DiscountTier {
        uint256 ptThreshold;
        uint256 discountPermille;
    }

    IERC20 public immutable atnToken;
    uint256 public nextProjectId = 1;
    uint256 public nextInferenceRequestId = 1;
    mapping(uint256 projectId => ProjectInfo) public projects;
    mapping(uint256 projectId => DiscountTier[]) public discountTiers;
    mapping(address founder => uint256[]) public founderProjects;
    mapping(uint256 projectId => mapping(address shareholder => uint256)) public withdrawnRevenue;
    mapping(address disburser => bool) public authorizedDisbursers;
    mapping(address setter => bool) public authorizedModelSetters;

    event DisburserAuthorized(address indexed disburser, bool authorized);
    event InferencePriceSet(uint256 indexed projectId, uint256 price);
    event InferenceRequested(
        uint256 indexed projectId,
        address indexed user,
        uint256 requestId,
        string inputCid,
        uint256 fee
    );
    event MatureModelUpdated(uint256 indexed projectId, string weightsCid);
    event ModelSetterAuthorized(address indexed setter, bool authorized);
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
    event TaskBudgetAllocated(uint256 indexed projectId, uint256 amount);

    constructor(address atnToken_, address governance_) Governed(governance_) Ownable(msg.sender) {
        atnToken = IERC20(atnToken_);
    }

    modifier onlyFounderOrGovernance(uint256 projectId) {
        require(
            msg.sender == _existing(projectId).founder || msg.sender == governance,
            "Project: only founder or governance"
        );
        _;
    }

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
        ProjectInfo storage project = projects[projectId];
        project.id = projectId;
        project.name = name;
        project.descriptionCid = descriptionCid;
        project.founder = msg.sender;
        project.creationTime = block.timestamp;
        project.projectToken = address(new ProjectToken(ptName, ptSymbol));
        project.fundingGoalATN = fundingGoalATN;
        project.taskRewardBudgetATN = initialBudgetATN;
        project.inferenceFeeRecipient = address(this);
        founderProjects[msg.sender].push(projectId);
        _announce(project);
        _issue(project, msg.sender, founderPTAmount);
    }

    /// @notice While the project is funding or training. Reaching the goal starts training.
    function fundProject(uint256 projectId, uint256 atnAmount, uint256 expectedPTs) external {
        ProjectInfo storage project = _existing(projectId);
        require(project.status <= PROJECT_TRAINING, "Project: not open to funding");
        atnToken.safeTransferFrom(msg.sender, address(this), atnAmount);
        project.currentFundingATN += atnAmount;
        _issue(project, msg.sender, expectedPTs);
        emit ProjectFunded(projectId, msg.sender, atnAmount, expectedPTs);
        if (project.status == PROJECT_FUNDING && project.currentFundingATN >= project.fundingGoalATN) {
            _setStatus(project, PROJECT_TRAINING);
        }
    }

    /// @notice At most the funding, each time.
    function allocateTaskBudget(
        uint256 projectId,
        uint256 amount
    ) external onlyFounderOrGovernance(projectId) {
        ProjectInfo storage project = projects[projectId];
        require(amount <= project.currentFundingATN, "Project: more than the funding");
        project.taskRewardBudgetATN += amount;
        emit TaskBudgetAllocated(projectId, amount);
    }

    /// @return whether it was paid: not if the budget or the pot is short.
    function disburseFromBudget(
        uint256 projectId,
        address recipient,
        uint256 amount
    ) external returns (bool) {
        require(authorizedDisbursers[msg.sender], "Project: not a disburser");
        ProjectInfo storage project = _existing(projectId);
        if (project.taskRewardBudgetATN < amount || atnToken.balanceOf(address(this)) < amount) return false;
        project.taskRewardBudgetATN -= amount;
        atnToken.safeTransfer(recipient, amount);
        return true;
    }

    /// @notice By the founder, governance or an authorised setter. Deploys the project and sets its price.
    function setMatureModel(uint256 projectId, string calldata weightsCid, uint256 price) external {
        ProjectInfo storage project = _existing(projectId);
        require(
            msg.sender == project.founder || msg.sender == governance || authorizedModelSetters[msg.sender],
            "Project: may not set the model"
        );
        project.matureModelWeightsCid = weightsCid;
        project.atnPricePerInference = price;
        emit MatureModelUpdated(projectId, weightsCid);
        emit InferencePriceSet(projectId, price);
        if (project.status != PROJECT_DEPLOYED) _setStatus(project, PROJECT_DEPLOYED);
    }

    function setDiscountTiers(
        uint256 projectId,
        DiscountTier[] calldata tiers
    ) external onlyFounderOrGovernance(projectId) {
        delete discountTiers[projectId];
        for (uint256 i; i < tiers.length; i++) discountTiers[projectId].push(tiers[i]);
    }

    function updateStatus(uint256 projectId, uint8 newStatus) external onlyFounderOrGovernance(projectId) {
        require(newStatus <= PROJECT_LAST_STATUS, "Project: unknown status");
        _setStatus(projects[projectId], newStatus);
    }

    function requestInference(
        uint256 projectId,
        string calldata inputCid
    ) external returns (uint256 requestId) {
        require(_existing(projectId).status == PROJECT_DEPLOYED, "Project: not deployed");
        uint256 fee = getEffectivePrice(projectId, msg.sender);
        atnToken.safeTransferFrom(msg.sender, address(this), fee);
        requestId = nextInferenceRequestId++;
        emit InferenceRequested(projectId, msg.sender, requestId, inputCid, fee);
    }

    /// @notice Pays the holder's share of the pot, less what it took before.
    function withdrawRevenue(uint256 projectId) external {
        ProjectInfo storage project = _existing(projectId);
        require(project.status == PROJECT_DEPLOYED, "Project: not deployed");
        uint256 held = ProjectToken(project.projectToken).balanceOf(msg.sender);
        require(held > 0, "Project: no project tokens");
        uint256 share = (atnToken.balanceOf(address(this)) * held) / project.totalPTsIssued;
        uint256 taken = withdrawnRevenue[projectId][msg.sender];
        require(share > taken, "Project: nothing to withdraw");
        withdrawnRevenue[projectId][msg.sender] = share;
        atnToken.safeTransfer(msg.sender, share - taken);
        emit RevenueWithdrawn(projectId, msg.sender, share - taken);
    }

    function setAuthorizedDisburser(address disburser, bool authorized) external onlyGovernance {
        authorizedDisbursers[disburser] = authorized;
        emit DisburserAuthorized(disburser, authorized);
    }

    function setAuthorizedModelSetter(address setter, bool authorized) external onlyGovernance {
        authorizedModelSetters[setter] = authorized;
        emit ModelSetterAuthorized(setter, authorized);
    }

    /// @notice The price after the best discount that the user's project tokens reach.
    function getEffectivePrice(uint256 projectId, address user) public view returns (uint256) {
        ProjectInfo storage project = _existing(projectId);
        uint256 held = ProjectToken(project.projectToken).balanceOf(user);
        uint256 best;
        DiscountTier[] storage tiers = discountTiers[projectId];
        for (uint256 i; i < tiers.length; i++) {
            if (held >= tiers[i].ptThreshold && tiers[i].discountPermille > best)
                best = tiers[i].discountPermille;
        }
        return (project.atnPricePerInference * (1_000 - best)) / 1_000;
    }

    function getMatureModel(
        uint256 projectId
    ) external view returns (string memory weightsCid, uint256 price) {
        ProjectInfo storage project = projects[projectId];
        return (project.matureModelWeightsCid, project.atnPricePerInference);
    }

    function getProjectToken(uint256 projectId) external view returns (address) {
        return projects[projectId].projectToken;
    }

    function _announce(ProjectInfo storage project) private {
        emit ProjectCreated(project.id, project.founder, project.name, project.projectToken);
    }

    function _issue(ProjectInfo storage project, address to, uint256 amount) private {
        project.totalPTsIssued += amount;
        ProjectToken(project.projectToken).mint(to, amount);
    }

    function _setStatus(ProjectInfo storage project, uint8 status) private {
        project.status = status;
        emit ProjectStatusChanged(project.id, status);
    }

    function _existing(uint256 projectId) private view returns (ProjectInfo storage project) {
        project = projects[projectId];
        require(project.founder != address(0), "Project: unknown project");
    }
}
