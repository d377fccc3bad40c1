// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ProjectRounds} from "./ProjectRounds.sol";
import {PERMILLE, PROJECT_DEPLOYED, PROJECT_FAILED} from "./Enumerations.sol";

/// @title The deployed model: its price for one inference in wei of ATN, discounts for holders, and requests.
abstract contract ProjectInference is ProjectRounds {
    struct DiscountTier {
        uint256 ptThreshold;
        uint256 discountPermille;
    }

    uint256 public nextInferenceRequestId = 1;

    mapping(uint256 projectId => DiscountTier[]) public discountTiers;
    mapping(address setter => bool) public authorizedModelSetters;

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
    event DiscountTiersSet(uint256 indexed projectId, uint256 tiers);

    error NotModelSetter(uint256 projectId, address caller);
    error NotLastModel(uint256 projectId, string weightsCid, string lastCid);
    error PriceNotAgreed(uint256 projectId, uint256 price, uint256 agreed);
    error AlreadyDeployed(uint256 projectId);
    error NotDeployed(uint256 projectId, uint8 status);
    error TooManyTiers(uint256 projectId, uint256 tiers, uint256 maximum);
    error TierOutOfBounds(uint256 projectId, uint256 index, uint256 discountPermille, uint256 maximum);
    error TiersNotAscending(uint256 projectId, uint256 index);
    error PriceAboveLimit(uint256 projectId, uint256 price, uint256 maxPrice);

    /// @notice Founder, governance or an authorised setter; or the last round's aggregator, but only that round's model
    /// and only at the price that founder or governance has set before (0: it may not). Once. Deploys the project.
    function setMatureModel(uint256 projectId, string calldata weightsCid, uint256 price) external {
        ProjectRecord storage p = _known(projectId);
        if (!_isFounderOrGovernance(projectId, msg.sender) && !authorizedModelSetters[msg.sender]) {
            if (!_isLastAggregator(projectId, msg.sender)) revert NotModelSetter(projectId, msg.sender);
            _requireAgreedModel(projectId, weightsCid, price, p.atnPricePerInference);
        }
        if (bytes(p.matureModelWeightsCid).length > 0) revert AlreadyDeployed(projectId);
        if (p.status == PROJECT_FAILED) revert StatusNotAllowed(projectId, p.status, PROJECT_DEPLOYED);
        if (bytes(weightsCid).length == 0) revert EmptyCid();
        p.matureModelWeightsCid = weightsCid;
        p.atnPricePerInference = price;
        _setStatus(p, PROJECT_DEPLOYED);
        emit MatureModelUpdated(projectId, weightsCid);
        emit InferencePriceSet(projectId, price);
    }

    /// @notice Founder or governance. Price in wei of ATN. Set before deployment, it lets the last round's aggregator
    /// deploy that round's model, at this price.
    function setInferencePrice(uint256 projectId, uint256 price) external {
        _requireFounderOrGovernance(projectId);
        _projects[projectId].atnPricePerInference = price;
        emit InferencePriceSet(projectId, price);
    }

    /// @notice Founder or governance. Thresholds in wei of PT, ascending; discounts up to maxDiscountPermille.
    function setDiscountTiers(uint256 projectId, DiscountTier[] calldata tiers) external {
        _requireFounderOrGovernance(projectId);
        uint256 most = _value("maxDiscountTiers");
        if (tiers.length > most) revert TooManyTiers(projectId, tiers.length, most);
        uint256 deepest = _value("maxDiscountPermille");
        delete discountTiers[projectId];
        for (uint256 i; i < tiers.length; i++) {
            if (tiers[i].discountPermille > deepest) {
                revert TierOutOfBounds(projectId, i, tiers[i].discountPermille, deepest);
            }
            if (i > 0 && tiers[i].ptThreshold <= tiers[i - 1].ptThreshold)
                revert TiersNotAscending(projectId, i);
            discountTiers[projectId].push(tiers[i]);
        }
        emit DiscountTiersSet(projectId, tiers.length);
    }

    /// @notice Anyone: pays the effective price. Its token's holders own the fee.
    function requestInference(
        uint256 projectId,
        string calldata inputCid
    ) external returns (uint256 requestId) {
        return _requestInference(projectId, inputCid, type(uint256).max);
    }

    /// @notice As `requestInference`, but reverts if the price is above `maxPrice` wei.
    function requestInferenceWithLimit(
        uint256 projectId,
        string calldata inputCid,
        uint256 maxPrice
    ) external returns (uint256 requestId) {
        return _requestInference(projectId, inputCid, maxPrice);
    }

    function setAuthorizedModelSetter(address setter, bool authorized) external onlyGovernance {
        authorizedModelSetters[setter] = authorized;
        emit ModelSetterAuthorized(setter, authorized);
    }

    function getMatureModel(
        uint256 projectId
    ) external view returns (string memory weightsCid, uint256 price) {
        ProjectRecord storage p = _projects[projectId];
        return (p.matureModelWeightsCid, p.atnPricePerInference);
    }

    /// @notice The price after the best discount that the user's tokens give, in wei, rounded down.
    function getEffectivePrice(uint256 projectId, address user) public view returns (uint256) {
        ProjectRecord storage p = _projects[projectId];
        DiscountTier[] storage tiers = discountTiers[projectId];
        uint256 best;
        uint256 length = tiers.length;
        if (length > 0) {
            uint256 held = IERC20(p.projectToken).balanceOf(user);
            for (uint256 i; i < length && held >= tiers[i].ptThreshold; i++) {
                if (tiers[i].discountPermille > best) best = tiers[i].discountPermille;
            }
        }
        return (p.atnPricePerInference * (PERMILLE - best)) / PERMILLE;
    }

    /// @dev Deploying ends a project's training; without this, any of its aggregators ends it with any model and price.
    function _requireAgreedModel(
        uint256 projectId,
        string calldata weightsCid,
        uint256 price,
        uint256 agreed
    ) private view {
        string memory last = _lastModel(projectId);
        if (keccak256(bytes(weightsCid)) != keccak256(bytes(last))) {
            revert NotLastModel(projectId, weightsCid, last);
        }
        if (agreed == 0 || price != agreed) revert PriceNotAgreed(projectId, price, agreed);
    }

    function _requestInference(
        uint256 projectId,
        string calldata inputCid,
        uint256 maxPrice
    ) private returns (uint256 requestId) {
        ProjectRecord storage p = _known(projectId);
        if (p.status != PROJECT_DEPLOYED) revert NotDeployed(projectId, p.status);
        uint256 fee = getEffectivePrice(projectId, msg.sender);
        if (fee > maxPrice) revert PriceAboveLimit(projectId, fee, maxPrice);
        requestId = nextInferenceRequestId++;
        _receive(msg.sender, fee);
        _shareRevenue(projectId, fee);
        emit InferenceRequested(projectId, msg.sender, requestId, inputCid, fee);
    }
}
