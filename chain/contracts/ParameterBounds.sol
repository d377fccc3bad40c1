// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Parameterised} from "./Parameterised.sol";
import {IConstitution} from "./interfaces/IConstitution.sol";
import {IParameterised} from "./interfaces/IParameterised.sol";

/// @title The bounds of every parameter of every contract. Ordinary votes move values within them.
abstract contract ParameterBounds is Parameterised, IConstitution {
    struct Bounds {
        uint128 minimum;
        uint128 maximum;
        bool set;
    }

    mapping(address target => mapping(bytes32 key => Bounds)) private _bounds;

    event BoundsSet(address indexed target, bytes32 indexed key, uint256 minimum, uint256 maximum);

    error BoundsBeyondLimits(
        address target,
        bytes32 key,
        uint256 minimum,
        uint256 maximum,
        uint256 lowest,
        uint256 highest
    );
    error BoundsExcludeValue(address target, bytes32 key, uint256 value, uint256 minimum, uint256 maximum);

    /// @notice The bounds of a contract's parameter: those set here, else its technical limits.
    function boundsOf(address target, bytes32 key) external view returns (uint256 minimum, uint256 maximum) {
        Bounds storage b = _bounds[target][key];
        if (b.set) return (b.minimum, b.maximum);
        return IParameterised(target).parameterLimits(key);
    }

    /// @notice By amendment: new bounds, within the technical limits and around the current value.
    function setBounds(
        address target,
        bytes32 key,
        uint256 minimum,
        uint256 maximum
    ) external onlyGovernance {
        (uint256 lowest, uint256 highest) = IParameterised(target).parameterLimits(key);
        if (minimum < lowest || maximum > highest)
            revert BoundsBeyondLimits(target, key, minimum, maximum, lowest, highest);
        uint256 value = IParameterised(target).parameter(key);
        if (value < minimum || value > maximum)
            revert BoundsExcludeValue(target, key, value, minimum, maximum);
        _bounds[target][key] = Bounds(uint128(minimum), uint128(maximum), true);
        emit BoundsSet(target, key, minimum, maximum);
    }
}
