// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Parameters of the protocol that governance may change within declared bounds.
/// @notice Keys are short ASCII names as bytes32, padded with zeros on the right. Units are the parameter's own:
/// wei of ATN, blocks, seconds, basis points (…Bps), permille, or 0/1 switches.
abstract contract Parameterised {
    struct Parameter {
        uint256 value;
        uint128 minimum;
        uint128 maximum;
        bool declared;
    }

    address public governance;

    mapping(bytes32 key => Parameter) private _parameters;
    bytes32[] private _keys;

    event ParameterSet(bytes32 indexed key, uint256 value);
    event GovernanceChanged(address indexed governance);

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

    /// @notice Smallest and largest value that `setParameter` accepts.
    function parameterBounds(bytes32 key) external view returns (uint256 minimum, uint256 maximum) {
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

    function _requireGovernance() internal view {
        if (msg.sender != governance) revert NotGovernance(msg.sender, governance);
    }

    function _value(bytes32 key) internal view returns (uint256) {
        return _parameters[key].value;
    }

    function _setParameter(bytes32 key, uint256 value) internal {
        Parameter storage p = _parameters[key];
        if (!p.declared) revert UnknownParameter(key);
        if (value < p.minimum || value > p.maximum) {
            revert ParameterOutOfBounds(key, value, p.minimum, p.maximum);
        }
        p.value = value;
        emit ParameterSet(key, value);
    }

    /// @dev For constructors: declares a parameter with its default and its bounds.
    function _declare(bytes32 key, uint256 value, uint128 minimum, uint128 maximum) internal {
        _parameters[key] = Parameter(value, minimum, maximum, true);
        _keys.push(key);
    }
}
