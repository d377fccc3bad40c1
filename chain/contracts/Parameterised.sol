// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConstitution} from "./interfaces/IConstitution.sol";
import {IParameterised} from "./interfaces/IParameterised.sol";

/// @title Parameters of the protocol that governance may change within bounds: those of the constitution, which lie
/// within the technical limits that the contract declares.
/// @notice Keys are short ASCII names as bytes32, padded with zeros on the right. Units are the parameter's own:
/// wei of ATN, blocks, seconds, basis points (…Bps), permille, or 0/1 switches.
abstract contract Parameterised is IParameterised {
    struct Parameter {
        uint256 value;
        uint128 minimum;
        uint128 maximum;
        bool declared;
    }

    address public governance;
    /// @notice Holds the bounds of every parameter; while it is unset the technical limits are the bounds.
    IConstitution public constitution;

    mapping(bytes32 key => Parameter) private _parameters;
    bytes32[] private _keys;

    event ParameterSet(bytes32 indexed key, uint256 value);
    event GovernanceChanged(address indexed governance);
    event ConstitutionChanged(address indexed constitution);

    error NotGovernance(address caller, address governance);
    error UnknownParameter(bytes32 key);
    error ParameterOutOfBounds(bytes32 key, uint256 value, uint256 minimum, uint256 maximum);
    error ZeroAddress();

    modifier onlyGovernance() {
        _requireGovernance();
        _;
    }

    constructor(address governance_) {
        if (governance_ == address(0)) revert ZeroAddress();
        governance = governance_;
    }

    /// @notice Value of a parameter, in its own unit. Reverts for a key that the contract does not have.
    function parameter(bytes32 key) external view returns (uint256) {
        if (!_parameters[key].declared) revert UnknownParameter(key);
        return _parameters[key].value;
    }

    /// @notice Smallest and largest value that `setParameter` accepts now.
    function parameterBounds(bytes32 key) external view returns (uint256 minimum, uint256 maximum) {
        return _boundsOf(key);
    }

    /// @notice The technical limits of a parameter, which no constitution can widen.
    function parameterLimits(bytes32 key) public view returns (uint256 minimum, uint256 maximum) {
        Parameter storage p = _parameters[key];
        if (!p.declared) revert UnknownParameter(key);
        return (p.minimum, p.maximum);
    }

    /// @notice All keys of this contract, in order of declaration.
    function parameterKeys() external view returns (bytes32[] memory) {
        return _keys;
    }

    /// @notice Governance only. Tasks already proposed keep the values of their proposal.
    function setParameter(bytes32 key, uint256 value) external onlyGovernance {
        _setParameter(key, value);
    }

    /// @notice Governance hands over to another address.
    function setGovernance(address newGovernance) external onlyGovernance {
        if (newGovernance == address(0)) revert ZeroAddress();
        governance = newGovernance;
        emit GovernanceChanged(newGovernance);
    }

    /// @notice Governance names the constitution that bounds the parameters from now on.
    function setConstitution(address newConstitution) external onlyGovernance {
        constitution = IConstitution(newConstitution);
        emit ConstitutionChanged(newConstitution);
    }

    function _requireGovernance() internal view {
        if (msg.sender != governance) revert NotGovernance(msg.sender, governance);
    }

    function _value(bytes32 key) internal view returns (uint256) {
        return _parameters[key].value;
    }

    function _setParameter(bytes32 key, uint256 value) internal {
        (uint256 minimum, uint256 maximum) = _boundsOf(key);
        if (value < minimum || value > maximum) revert ParameterOutOfBounds(key, value, minimum, maximum);
        _parameters[key].value = value;
        emit ParameterSet(key, value);
    }

    function _boundsOf(bytes32 key) private view returns (uint256 minimum, uint256 maximum) {
        if (address(constitution) != address(0)) return constitution.boundsOf(address(this), key);
        return parameterLimits(key);
    }

    /// @dev For constructors: declares a parameter with its default and its technical limits.
    function _declare(bytes32 key, uint256 value, uint128 minimum, uint128 maximum) internal {
        _parameters[key] = Parameter(value, minimum, maximum, true);
        _keys.push(key);
    }
}
